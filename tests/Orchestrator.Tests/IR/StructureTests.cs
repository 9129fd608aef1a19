using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR;

public sealed class StructureTests
{
    private static readonly Context Context = new();

    private static Operation Tree(int depth)
    {
        Operation inner = Operation.Create(new OperationState(Context.Name("t.leaf")));
        for (int i = 0; i < depth; i++)
        {
            var region = new Region();
            region.AddBlock().Append(inner);
            inner = Operation.Create(new OperationState(Context.Name("t.node")) { Regions = [region] });
        }

        return inner;
    }

    [Fact]
    public void OrderSurvivesManyInsertionsAtOnePlace()
    {
        var block = new Block();
        OpBuilder builder = OpBuilder.AtEnd(Context, block);
        Operation first = builder.Create("t.a");
        Operation last = builder.Create("t.z");
        builder.SetInsertionPoint(last);
        Operation[] middle = [.. Enumerable.Range(0, 200).Select(_ => builder.Create("t.m"))];
        Assert.All(middle, m => Assert.True(first.IsBefore(m) && m.IsBefore(last)));
        for (int i = 1; i < middle.Length; i++)
        {
            Assert.True(middle[i - 1].IsBefore(middle[i]));
        }

        Assert.Equal(202, block.Count);
        Assert.Equal(block.Operations, [first, .. middle, last]);
    }

    [Fact]
    public void WalksVisitEachOnceAndPostOrderMayErase()
    {
        var region = new Region();
        Block a = region.AddBlock();
        region.AddBlock();
        Block c = region.AddBlock();
        a.Append(Tree(2));
        a.Append(Tree(0));
        c.Append(Tree(1));
        Operation root = Operation.Create(new OperationState(Context.Name("t.root")) { Regions = [new Region(), region, new Region()] });
        Assert.Equal(["t.root", "t.node", "t.node", "t.leaf", "t.leaf", "t.node", "t.leaf"], root.Walk().Select(o => o.Name.Text));
        Assert.Equal(["t.leaf", "t.node", "t.node", "t.leaf", "t.leaf", "t.node", "t.root"], root.WalkPostOrder().Select(o => o.Name.Text));
        foreach (Operation op in root.WalkPostOrder().Where(o => o != root))
        {
            op.Erase();
        }

        Assert.Single(root.Walk());
    }

    [Fact]
    public void DeepNestingIsWalkedPrintedAndParsed()
    {
        const int Depth = IRParser.RegionDepthMax - 1;
        string text = string.Concat(Enumerable.Repeat("\"a.b\"() ({\n", Depth)) + string.Concat(Enumerable.Repeat("}) : () -> ()\n", Depth));
        var bag = new global::Orchestrator.Diagnostics.DiagnosticBag();
        ParsedModule parsed = IRParser.Parse(new global::Orchestrator.Diagnostics.SourceText("deep", text), new Context(), bag)!;
        Assert.Equal(Depth + 1, parsed.Module.Walk().Count());
        Assert.Equal(Depth + 1, parsed.Module.WalkPostOrder().Count());
        Assert.True(IRVerifier.Verify(parsed.Module, bag));
        IRPrinter.Print(parsed.Module, Stream.Null);
    }

    [Fact]
    public void RegionsBeyondTheLimitAreRefusedWhereTheyOpen()
    {
        string text = string.Concat(Enumerable.Repeat("\"a.b\"() ({\n", 100_000)) + string.Concat(Enumerable.Repeat("}) : () -> ()\n", 100_000));
        var bag = new global::Orchestrator.Diagnostics.DiagnosticBag();
        Assert.Null(IRParser.Parse(new global::Orchestrator.Diagnostics.SourceText("deep", text), new Context(), bag));
        Assert.Equal((IRCodes.TooDeep, IRParser.RegionDepthMax + 1), (bag.Items[0].Code, bag.Items[0].Span.Source!.Locate(bag.Items[0].Span.Start).Line)); // It has a place.
    }

    [Fact]
    public void EqualTypesAndAttributesAreOneObject()
    {
        Assert.Same(Context.Integer(17), Context.Integer(17));
        Assert.NotSame(Context.Integer(17), Context.Integer(17, Signedness.Unsigned));
        Assert.Same(Context.Function([Context.I1], []), Context.Function([Context.I1], []));
        Assert.Same(Context.Dictionary([("b", Context.Int(1)), ("a", Context.Unit)]), Context.Dictionary([("a", Context.Unit), ("b", Context.Int(1))]));
        Assert.Same(Context.Int(-1, Context.Integer(8)), Context.Int(255, Context.Integer(8)));
        Assert.NotSame(Context.Double(0.0), Context.Double(-0.0));
        Assert.Same(Context.DenseArray(1, 2), Context.DenseArray(1, 2));
        Assert.Same(Context.Symbol("a", "b"), Context.Symbol("a", "b"));
    }

    [Fact]
    public void DominanceFollowsEveryWay()
    {
        const string Text = """
            "t.f"() ({
              "t.br"()[^bb1, ^bb2] : () -> ()
            ^bb1:
              "t.br"()[^bb3] : () -> ()
            ^bb2:
              "t.br"()[^bb3, ^bb2] : () -> ()
            ^bb3:
              "t.end"() : () -> ()
            ^bb4:
              "t.end"() : () -> ()
            }) : () -> ()
            """;
        ParsedModule parsed = IRParser.Parse(new global::Orchestrator.Diagnostics.SourceText("x", Text), new Context(), new global::Orchestrator.Diagnostics.DiagnosticBag())!;
        Block[] b = [.. parsed.Module.Walk().First(o => o.Name.Text == "t.f").Regions[0].Blocks];
        var dominance = new DominanceInfo();
        Assert.True(dominance.Dominates(b[0], b[3]));
        Assert.False(dominance.Dominates(b[1], b[3]));
        Assert.False(dominance.Dominates(b[2], b[3]));
        Assert.False(dominance.Dominates(b[3], b[0]));
        Assert.True(dominance.Dominates(b[1], b[4]), "what cannot be reached is dominated by all");
    }
}
