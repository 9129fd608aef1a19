using Xunit;

namespace Orchestrator.Tests.Cli;

public sealed class ViewTests
{
    [Fact]
    public async Task TheResultIsPrintedAndDrawn()
    {
        string picture = Path.Combine(Directory.CreateTempSubdirectory("orc-view-").FullName, "graph.svg");
        const string File = "tests/Orchestrator.Tests/Dialects/Builtin/module.mlir";
        Outcome plain = await Orc.RunAsync("opt", File);
        Outcome drawn = await Orc.RunAsync("opt", File, "--view", picture);
        Assert.Equal((0, plain.Output), (drawn.Code, drawn.Output));
        Assert.StartsWith("<svg", await System.IO.File.ReadAllTextAsync(picture, TestContext.Current.CancellationToken), StringComparison.Ordinal);
        Outcome wrong = await Orc.RunAsync("opt", File, "--view", "graph.png");
        Assert.Equal(1, wrong.Code);
        Assert.Contains("ORC2220", wrong.Error, StringComparison.Ordinal);
    }
}
