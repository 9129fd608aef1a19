using Orchestrator.Compiler.Passes;
using Orchestrator.Dialects;
using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.Compiler.Passes;

/// <summary>The lowering example of arXiv 2507.19635, figure 7, at both levels.</summary>
public sealed class DecomposeCallsTests
{
    [Fact]
    public void TheConversationHasTheEightOperationsOfTheFigure() =>
        Assert.Equal(
            ["agent.graph", "agent.input", "agent.recall", "agent.call", "agent.tool", "agent.tool", "agent.remember", "agent.yield"],
            NamesIn(Conversation()));

    [Fact]
    public void AMixtureOfExpertsBecomesThePiecesOfTheFigure()
    {
        Operation module = Decomposed(Conversation());
        Assert.Equal(
            [
                "agent.graph", "agent.input", "agent.recall",
                "model.gate_select", "model.prefill", "model.merge", "comm.all_reduce",
                "model.gate_select", "model.decode", "model.merge", "comm.all_reduce",
                "task.lookup", "task.compute", "agent.remember", "agent.yield",
            ],
            NamesIn(module));
    }

    [Fact]
    public void ADenseModelBecomesPrefillAndDecode()
    {
        string dense = Text().Replace("options = {experts = 8 : i64, top_k = 2 : i64}, ref = \"mistralai/Mixtral-8x7B-Instruct-v0.1\"", "ref = \"meta-llama/Llama-3.1-8B-Instruct\"", StringComparison.Ordinal);
        Assert.Equal(["model.prefill", "model.decode"], NamesIn(Decomposed(Parse(dense))).Where(n => n.StartsWith("model.", StringComparison.Ordinal)));
    }

    [Fact]
    public void BothLevelsPrintAndReadBackTheSame()
    {
        foreach (Operation module in new[] { Conversation(), Decomposed(Conversation()) })
        {
            string text = IRPrinter.Print(module);
            Assert.Equal(text, IRPrinter.Print(Parse(text)));
        }
    }

    private static Operation Decomposed(Operation module)
    {
        var mistakes = new DiagnosticBag();
        new DecomposeCalls().Run(module, new PassContext(mistakes));
        Assert.True(IRVerifier.Verify(module, mistakes), DiagnosticText.Render(mistakes));
        return module;
    }

    private static Operation Conversation() => Parse(Text());

    private static string Text() => File.ReadAllText(Repository.PathOf("tests", "Orchestrator.Tests", "Compiler", "Passes", "conversation.mlir"));

    private static Operation Parse(string text)
    {
        var mistakes = new DiagnosticBag();
        Operation? module = IRParser.Parse(new SourceText("conversation.mlir", text), DialectSet.NewContext(), mistakes)?.Module;
        Assert.False(mistakes.HasErrors, DiagnosticText.Render(mistakes));
        Assert.NotNull(module);
        Assert.True(IRVerifier.Verify(module, mistakes), DiagnosticText.Render(mistakes));
        return module;
    }

    private static string[] NamesIn(Operation module) =>
        [.. module.Walk().Select(op => op.Name.Text).SkipWhile(n => n != "agent.graph")];
}
