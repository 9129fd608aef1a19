using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.Dialects.Agent;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR;

public sealed class RewriteTests
{
    private const string Text = """
        "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
          %q = "agent.input"() <{name = "q"}> : () -> !agent.text
          %t = "agent.template"(%q) <{parts = ["a", ""]}> : (!agent.text) -> !agent.text
          "agent.yield"(%t) : (!agent.text) -> ()
        }) : () -> ()
        """;

    private sealed class Swap(string from, string to, string name) : RewritePattern<TemplateOp>
    {
        public override string Name => name;

        protected override bool Apply(TemplateOp op, Rewriter rewriter)
        {
            if (op.Parts[0] != from)
            {
                return false;
            }

            op.Parts = [to, .. op.Parts[1..]];
            rewriter.Touch(op);
            return true;
        }
    }

    private sealed class Boast : RewritePattern<TemplateOp>
    {
        protected override bool Apply(TemplateOp op, Rewriter rewriter) => true;
    }

    private static Operation Module() =>
        IRParser.Parse(new SourceText("x", Text), DialectSet.NewContext(), new DiagnosticBag())!.Module;

    [Fact]
    public void PatternsThatUndoEachOtherAreNamed()
    {
        Operation module = Module();
        var bag = new DiagnosticBag();
        GreedyRewrite.Run(module, [new Swap("a", "b", "Forth"), new Swap("b", "a", "Back"), new Swap("c", "d", "Innocent")], bag, cancellation: TestContext.Current.CancellationToken);
        Diagnostic error = Assert.Single(bag.Items);
        Assert.Equal(IRCodes.RewriteLimit, error.Code);
        Assert.Contains("'Back' and 'Forth'", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("Innocent", error.Message, StringComparison.Ordinal);
        Assert.True(IRVerifier.Verify(module, bag));
    }

    [Fact]
    public void APatternThatClaimsSuccessAndChangesNothingIsNamed()
    {
        var bag = new DiagnosticBag();
        int rewrites = GreedyRewrite.Run(Module(), [new Boast()], bag, cancellation: TestContext.Current.CancellationToken);
        Assert.Equal(0, rewrites);
        Assert.Contains("'Boast'", Assert.Single(bag.Items).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GeneratedBuildersGiveWhatTheParserGives()
    {
        Context context = DialectSet.NewContext();
        Operation module = context.CreateModule();
        OpBuilder builder = OpBuilder.AtEnd(context, module.Regions[0].First!);
        IRType text = TextType.Get(context);
        GraphOp graph = GraphOp.Create(builder, "g", text);
        builder.SetInsertionPointToEnd(graph.Body.EnsureBlock());
        InputOp input = InputOp.Create(builder, "q", text);
        TemplateOp template = TemplateOp.Create(builder, ["a", ""], [input.Given], text);
        YieldOp.Create(builder, [template.Text]);
        var bag = new DiagnosticBag();
        Assert.True(IRVerifier.Verify(module, bag), DiagnosticText.Render(bag));
        Assert.Equal(IRPrinter.Print(Module()), IRPrinter.Print(module));

        Operation byName = builder.Create("agent.constant", resultTypes: [text], attributes: [("value", context.String("x")), ("note", context.Unit)]);
        Assert.Equal("x", ((StringAttr)Assert.IsType<ConstantOp>(byName).Value).Value);
        Assert.True(byName.Attributes.Get("note") is UnitAttr && byName.Attributes.Get("value") is null, "only the operation's own attributes are properties");
    }
}
