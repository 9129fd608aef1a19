using Orchestrator.Diagnostics;
using Orchestrator.Frontend;
using Xunit;

namespace Orchestrator.Tests.Samples;

/// <summary>The sample's workflow file.</summary>
public sealed class InvoiceWorkflowTests
{
    [Fact]
    public void TheWorkflowHasNoMistakesAndItsStepsAreThere()
    {
        string folder = Repository.PathOf("samples", "invoice-intake");
        string text = File.ReadAllText(Path.Combine(folder, "workflow.flow"));
        var mistakes = new DiagnosticBag();
        bool isRight = FlowFrontend.Check(new SourceText("workflow.flow", text), mistakes);
        Assert.True(isRight, string.Join('\n', mistakes.Items.Select(m => m.Message)));
        Assert.Empty(mistakes.Items);
        string[] scripts = [.. System.Text.RegularExpressions.Regex.Matches(text, @"process ""node (?<file>[^""]+)""").Select(m => m.Groups["file"].Value)];
        Assert.NotEmpty(scripts);
        Assert.All([.. scripts, "vendors.csv", "input.json"], f => Assert.True(File.Exists(Path.Combine(folder, f)), f + " is missing"));
    }
}
