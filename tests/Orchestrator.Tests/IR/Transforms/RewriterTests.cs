using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Transforms;

public sealed class RewriterTests
{
    private const string Text = """
        "builtin.module"() ({
          "t.f"() ({
          ^bb0(%a: i32):
            %0 = "t.x"(%a) : (i32) -> i32
            %1 = "t.y"(%0) : (i32) -> i32
            "t.br"(%1)[^bb1] : (i32) -> ()
          ^bb1(%b: i32):
            "t.end"(%b) : (i32) -> ()
          }) : () -> ()
        }) : () -> ()
        """;

    private sealed class Log : IRewriteListener
    {
        public List<string> Lines { get; } = [];

        public void Inserted(Operation op) => Lines.Add($"+{op.Name}");

        public void Modified(Operation op) => Lines.Add($"~{op.Name}");

        public void Erasing(Operation op) => Lines.Add($"-{op.Name}({op.OperandCount})");
    }

    private static Operation Find(Operation module, string name) => module.Walk().First(o => o.Name.Text == name);

    private static string[] Names(Block block) => [.. block.Operations.Select(o => o.Name.Text)];

    [Fact]
    public void EveryChangeIsTold()
    {
        Operation module = Oracle.Parse(Text);
        var log = new Log();
        var rewriter = new Rewriter(module.Context, log);
        Operation x = Find(module, "t.x");
        rewriter.ReplaceWith(x, b => b.Create("t.z", operands: [x.GetOperand(0)], resultTypes: [x.Result.Type]));
        rewriter.SetAttr(Find(module, "t.z"), "k", module.Context.Unit);
        Operation other = Find(module, "t.z").Clone();
        rewriter.Insert(Find(module, "t.y"), other);
        rewriter.Erase(other);
        Assert.Equal(["+t.z", "~t.y", "-t.x(1)", "~t.z", "+t.z", "-t.z(1)"], log.Lines);
        Assert.Throws<InvalidOperationException>(() => rewriter.Erase(Find(module, "t.z")));
    }

    [Fact]
    public void BlocksAreSplitMergedAndInlined()
    {
        Operation module = Oracle.Parse(Text);
        var rewriter = new Rewriter(module.Context);
        Region body = Find(module, "t.f").Regions[0];
        Block first = body.First!; // There are two blocks.
        Block rest = rewriter.Split(Find(module, "t.y"));
        Assert.Equal(3, body.Count);
        Assert.Same(rest, first.Next);
        Assert.Equal(["t.x"], Names(first));
        Assert.Equal(["t.y", "t.br"], Names(rest));
        Assert.True(Find(module, "t.y").IsBefore(Find(module, "t.br")));

        rewriter.MergeBlocks(rest, first);
        Assert.Equal(["t.x", "t.y", "t.br"], Names(first));
        Assert.Equal(2, body.Count);

        // The second block, in the place of the branch, with the branch's operand for its argument.
        Operation branch = Find(module, "t.br");
        Block last = body.Last!; // There are two blocks.
        Value passed = branch.GetOperand(0);
        rewriter.InlineBlock(last, branch, passed);
        rewriter.Erase(branch);
        Assert.Equal(1, body.Count);
        Assert.Equal(["t.x", "t.y", "t.end"], Names(first));
        Assert.Same(passed, Find(module, "t.end").GetOperand(0));

        Block made = rewriter.CreateBlock(first, module.Context.I1);
        Assert.Same(made, body.First);
        rewriter.EraseBlock(made);
        Assert.Same(first, body.First);
    }

    [Fact]
    public void RegionsMoveWithTheirBlocks()
    {
        Operation module = Oracle.Parse(Text);
        var rewriter = new Rewriter(module.Context);
        Operation copy = rewriter.Clone(Find(module, "t.f"), Find(module, "t.f"), new ValueMapping());
        Region target = module.Walk().Last(o => o.Name.Text == "t.f").Regions[0];
        rewriter.InlineRegion(copy.Regions[0], target.First!); // There are two blocks.
        Assert.True(copy.Regions[0].IsEmpty);
        Assert.Equal([3, 1, 3, 1], target.Blocks.Select(b => b.Count));
    }

    [Fact]
    public void ACopyIsEqualAndSharesNothing()
    {
        // Uses before definitions, in a graph, and from inside; successors forwards and backwards.
        const string Graph = """
            "builtin.module"() ({
              %0 = "t.a"(%1) ({
                "t.in"(%1) : (i32) -> ()
              }) {k = "v"} : (i32) -> i32
              %1 = "t.b"(%0) : (i32) -> i32
              "t.f"() ({
                "t.br"(%0)[^x] <{p = 1 : i8}> : (i32) -> ()
              ^x(%a: i32):
                "t.br2"(%a)[^x, ^y] : (i32) -> ()
              ^y:
                "t.end"(%a) : (i32) -> ()
              }) : () -> ()
            }) : () -> ()
            """;
        Operation module = Oracle.Parse(Graph);
        string before = IRPrinter.Print(module);
        Operation copy = module.Clone();
        Assert.Equal(before, IRPrinter.Print(copy));
        foreach (Operation op in copy.Walk().Where(o => o.OperandCount > 0))
        {
            op.SetAttr("changed", module.Context.Unit);
            Assert.All(op.Operands, v => Assert.True(copy.Encloses(v.DefiningOp ?? v.ParentBlock!.ParentOp!))); // A value has a place.
        }

        Assert.Equal(before, IRPrinter.Print(module));
    }

    [Fact]
    public void MappedOperandsAreReplacedInACopy()
    {
        Operation module = Oracle.Parse(Text);
        Operation y = Find(module, "t.y");
        var mapping = new ValueMapping();
        mapping.Map(y.GetOperand(0), y.Block!.Arguments[0]); // The operation is in a block.
        Operation copy = y.Clone(mapping);
        Assert.Same(y.Block.Arguments[0], copy.GetOperand(0));
        Assert.Same(copy.Result, mapping.Of(y.Result));
        Assert.Null(copy.Block);
    }

    [Fact]
    public void DeepTreesAreCopiedAndErased()
    {
        Operation deep = Operation.Create(new OperationState(Oracle.Parse(Text).Context.Name("t.leaf")));
        for (int i = 0; i < 20_000; i++)
        {
            var region = new Region();
            region.AddBlock().Append(deep);
            deep = Operation.Create(new OperationState(deep.Context.Name("t.node")) { Regions = [region] });
        }

        Operation copy = deep.Clone();
        Assert.Equal(20_001, copy.Walk().Count());
        new Rewriter(copy.Context, new Log()).Erase(copy);
        Assert.Equal(20_001, deep.Walk().Count());
    }
}
