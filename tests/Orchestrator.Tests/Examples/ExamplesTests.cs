using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Orchestrator.Plan;
using Orchestrator.Runtime;
using Xunit;

namespace Orchestrator.Tests.Examples;

/// <summary>What the README shows compiles, is found by its attribute, and works.</summary>
public sealed class ExamplesTests
{
    [Theory]
    [InlineData("CountCalls.cs")]
    [InlineData("ShopDialect.cs")]
    [InlineData("EchoTarget.cs")]
    public void TheReadmeShowsTheExample(string file)
    {
        string source = File.ReadAllText(Repository.PathOf("tests", "Orchestrator.Tests", "Examples", file));
        string shown = source[source.IndexOf("/// <summary>", StringComparison.Ordinal)..].TrimEnd();
        Assert.Contains(shown, File.ReadAllText(Repository.PathOf("README.md")), StringComparison.Ordinal);
    }

    [Fact]
    public void ThePassIsFoundAndCounts()
    {
        var mistakes = new DiagnosticBag();
        string text = File.ReadAllText(Repository.PathOf("tests", "Orchestrator.Tests", "Compiler", "Passes", "conversation.mlir"));
        Operation module = IRParser.Parse(new SourceText("conversation.mlir", text), DialectSet.NewContext(), mistakes)!.Module; // asserted below
        var options = new PassRunOptions();
        PassPipeline? pipeline = PassPipeline.Parse(new SourceText("<pipeline>", "count-calls"), new PassRegistry(GeneratedRegistry.Passes), mistakes);
        Assert.False(mistakes.HasErrors, DiagnosticText.Render(mistakes));
        Assert.True(pipeline?.Run(module, mistakes, options));
        Assert.Equal(1, options.Statistics["count-calls.calls"]);
    }

    [Fact]
    public void TheDialectReadsVerifiesAndPrints()
    {
        var context = new Context([.. Dialects.GeneratedRegistry.Dialects.Select(d => d()), .. GeneratedRegistry.Dialects.Select(d => d())]);
        const string text = "%0 = \"shop.article\"() : () -> !agent.text\n%1 = \"shop.price\"(%0) <{currency = \"EUR\"}> : (!agent.text) -> !agent.decimal\n";
        var mistakes = new DiagnosticBag();
        Operation? module = IRParser.Parse(new SourceText("shop.mlir", text), context, mistakes)?.Module;
        Assert.False(IRVerifier.Verify(module!, mistakes)); // shop.article is not declared, and the message says so
        Assert.Contains(mistakes.Items, d => d.Message.Contains("shop.article", StringComparison.Ordinal));
        Assert.Equal("EUR", module!.Walk().OfType<PriceOp>().Single().Currency); // it parsed, as the line above needs
    }

    [Fact]
    public async Task TheTargetIsFoundAndAnswers()
    {
        (string name, Func<ITarget> create) = Assert.Single(GeneratedRegistry.Targets, t => t.Name == "echo");
        await using ITarget target = create();
        var step = new Step(0, StepKind.Tool, "say", 0, [0], 1, [], "say", [], ImmutableSortedDictionary<string, JsonElement>.Empty, "text", "");
        var environment = new TargetEnvironment(".", TimeProvider.System, _ => null);
        StepResult result = await target.ExecuteAsync(new StepRequest(step, null, [new TextDatum("hello")], environment), TestContext.Current.CancellationToken);
        Assert.Equal(("echo", new TextDatum("hello")), (name, result.Value));
    }
}
