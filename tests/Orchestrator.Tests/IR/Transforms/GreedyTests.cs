using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Transforms;

public sealed class GreedyTests
{
    private const string Diamond = """
        "builtin.module"() ({
          "func.func"() <{function_type = (i32, i1) -> i32, sym_name = "f"}> ({
          ^bb0(%a: i32, %c: i1):
            "cf.cond_br"(%c, %a, %a)[^l, ^r] <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (i1, i32, i32) -> ()
          ^l(%x: i32):
            "test.effect"(%x) : (i32) -> ()
            "cf.br"(%x)[^m] : (i32) -> ()
          ^r(%y: i32):
            "test.effect"(%y) : (i32) -> ()
            "cf.br"(%y)[^m] : (i32) -> ()
          ^gone:
            "cf.br"(%a)[^m] : (i32) -> ()
          ^m(%v: i32):
            "cf.br"(%v)[^n] : (i32) -> ()
          ^n(%w: i32):
            "func.return"(%w) : (i32) -> ()
          }) : () -> ()
        }) : () -> ()
        """;

    private const string Loop = """
        "builtin.module"() ({
          "func.func"() <{function_type = (i32, i1) -> (), sym_name = "f"}> ({
          ^bb0(%a: i32, %c: i1):
            "cf.br"(%a, %a)[^loop] : (i32, i32) -> ()
          ^loop(%x: i32, %y: i32):
            %0 = "arith.addi"(%x, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
            %1 = "arith.muli"(%y, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
            "test.effect"(%y) : (i32) -> ()
            "cf.cond_br"(%c, %0, %1)[^loop, ^end] <{operandSegmentSizes = array<i32: 1, 2, 0>}> : (i1, i32, i32) -> ()
          ^end:
            "func.return"() : () -> ()
          }) : () -> ()
        }) : () -> ()
        """;

    private sealed class Rename(string from, string to) : RewritePattern
    {
        public override string Name => $"{from}-to-{to}";

        public override string RootName => from;

        public override bool Apply(Operation op, Rewriter rewriter)
        {
            rewriter.ReplaceWith(op, b => b.Create(to, operands: [.. op.Operands], resultTypes: [.. op.Results.Select(r => r.Type)]));
            return true;
        }
    }

    private sealed class Note(string name, int benefit, List<string> log) : RewritePattern
    {
        public override string Name => name;

        public override int Benefit => benefit;

        public override bool Apply(Operation op, Rewriter rewriter)
        {
            log.Add($"{name} {op.Name}");
            return false;
        }
    }

    private static Block[] BlocksOf(Operation module) => [.. module.Walk().First(o => o.Name.Text == "func.func").Regions[0].Blocks];

    [Theory]
    [InlineData("disabled", 6)]
    [InlineData("normal", 4)]
    [InlineData("aggressive", 1)]
    public void ControlFlowIsSimplifiedAsFarAsAsked(string how, int blocks)
    {
        // Without the simplifications of the dialects, which do some of it too.
        Operation module = Oracle.Parse(Diamond);
        var bag = new DiagnosticBag();
        GreedyResult result = GreedyRewrite.Run(module, new PatternSet([]), bag, new GreedyOptions { Regions = Enum.Parse<RegionSimplify>(how, ignoreCase: true) },
            TestContext.Current.CancellationToken);
        Assert.True(result.Converged && IRVerifier.Verify(module, bag), DiagnosticText.Render(bag));
        Block[] left = BlocksOf(module);
        Assert.True(blocks == left.Length || (how == "aggressive" && left.Length <= 3), IRPrinter.Print(module));
        if (how == "aggressive")
        {
            Assert.Equal(1, module.Walk().Count(o => o.Name.Text == "test.effect"));
        }
    }

    [Fact]
    public void ArgumentsThatOnlyFeedThemselvesGo()
    {
        Operation module = Oracle.Parse(Loop);
        var bag = new DiagnosticBag();
        GreedyRewrite.Run(module, new PatternSet([]), bag, new GreedyOptions(), TestContext.Current.CancellationToken);
        Assert.True(IRVerifier.Verify(module, bag), DiagnosticText.Render(bag));
        Assert.Single(BlocksOf(module)[1].Arguments);
        Assert.DoesNotContain(module.Walk(), o => o.Name.Text == "arith.addi");
        Assert.Contains(module.Walk(), o => o.Name.Text == "arith.muli");
    }

    [Fact]
    public void EqualConstantsAreOneAtTheStartOfTheFunction()
    {
        const string Text = """
            "builtin.module"() ({
              "func.func"() <{function_type = (i1) -> (), sym_name = "f"}> ({
              ^bb0(%c: i1):
                %0 = "arith.constant"() <{value = 7 : i32}> : () -> i32
                "test.use"(%0) : (i32) -> ()
                "scf.if"(%c) ({
                  %1 = "arith.constant"() <{value = 7 : i32}> : () -> i32
                  %2 = "arith.constant"() <{value = 3 : i32}> : () -> i32
                  %3 = "arith.constant"() <{value = 4 : i32}> : () -> i32
                  %4 = "arith.addi"(%2, %3) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                  %5 = "arith.constant"() <{value = 7 : i64}> : () -> i64
                  "test.use"(%1, %4, %5) : (i32, i32, i64) -> ()
                  "scf.yield"() : () -> ()
                }, {
                }) : (i1) -> ()
                "func.return"() : () -> ()
              }) : () -> ()
            }) : () -> ()
            """;
        Oracle.Same(Text, "--canonicalize", new CanonicalizePass());
        string text = Oracle.Run(Text, new CanonicalizePass());
        Assert.Equal(2, Oracle.Count(text, "arith.constant"));
    }

    [Fact]
    public void ExactlyTheCircleIsNamedInAnyProgram()
    {
        string many = string.Concat(Enumerable.Range(0, 3000).Select(i => $"%v{i} = \"t.same\"() : () -> i32\n\"t.use\"(%v{i}) : (i32) -> ()\n"));
        Operation module = Oracle.Parse($"\"builtin.module\"() ({{\n{many}%x = \"t.a\"() : () -> i32\n\"t.use\"(%x) : (i32) -> ()\n}}) : () -> ()\n");
        var bag = new DiagnosticBag();
        GreedyResult result = GreedyRewrite.Run(module, new PatternSet([new Rename("t.a", "t.b"), new Rename("t.b", "t.c"), new Rename("t.c", "t.a"), new Rename("t.same", "t.done")]),
            bag, new GreedyOptions(), TestContext.Current.CancellationToken);
        Assert.False(result.Converged);
        Diagnostic error = Assert.Single(bag.Items);
        Assert.Equal(IRCodes.RewriteLimit, error.Code);
        Assert.Contains("'t.a-to-t.b' and 't.b-to-t.c' and 't.c-to-t.a' undo each other", error.Message, StringComparison.Ordinal);
        Assert.True(IRVerifier.Verify(module, bag));
        Assert.InRange(result.Rewrites, 3000, 100_000);
    }

    [Fact]
    public void PatternsAreTriedByBenefitOnTheOperationsTheyLookAt()
    {
        var log = new List<string>();
        Operation module = Oracle.Parse("""
            "builtin.module"() ({
              "t.a"() : () -> ()
              "t.b"() : () -> ()
            }) : () -> ()
            """);
        var set = new PatternSet([new Note("low", 1, log), new Rename("t.none", "t.x"), new Note("high", 5, log)]);
        GreedyRewrite.Run(module, set, new DiagnosticBag(), new GreedyOptions(), TestContext.Current.CancellationToken);
        Assert.Equal(["high t.a", "low t.a", "high t.b", "low t.b"], log);
        log.Clear();
        GreedyRewrite.Run(module, set, new DiagnosticBag(), new GreedyOptions { TopDown = false }, TestContext.Current.CancellationToken);
        Assert.Equal(["high t.b", "low t.b", "high t.a", "low t.a"], log);
        Assert.Equal(["low"], PatternSet.Choose(set.Patterns, ["low", "high"], ["high"]).Select(p => p.Name));
    }

    [Fact]
    public void LimitsEndTheWorkAndTestConvergenceSaysSo()
    {
        const string Text = """
            "builtin.module"() ({
              "func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
              ^bb0(%a: i32):
                %0 = "arith.addi"(%a, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                %1 = "arith.addi"(%0, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                "func.return"() : () -> ()
              }) : () -> ()
            }) : () -> ()
            """;
        Operation module = Oracle.Parse(Text);
        var bag = new DiagnosticBag();
        new CanonicalizePass { RewritesMax = 1, IterationsMax = 1, TestConvergence = true }.Run(module, new PassContext(bag));
        Assert.Equal(IRCodes.NotConverged, Assert.Single(bag.Items).Code);
        Assert.Equal(1, module.Walk().Count(o => o.Name.Text == "arith.addi"));

        new CanonicalizePass { DisabledPatterns = "NoSuchPattern" }.Run(module, new PassContext(bag));
        Assert.Equal(IRCodes.UnknownPattern, bag.Items[^1].Code);
        new CanonicalizePass { RegionSimplify = "sometimes" }.Run(module, new PassContext(bag));
        Assert.Equal(IRCodes.OptionValue, bag.Items[^1].Code);
    }

    [Fact]
    public void RandomProgramsKeepNoMoreThanMlirOptDoes()
    {
        for (int seed = 200; seed < 230; seed++)
        {
            string text = new RandomPrograms(seed).Module();
            string ours = Oracle.Run(text, new CsePass(), new CanonicalizePass());
            if (Oracle.IsThere)
            {
                string theirs = Oracle.Mlir(text, "--cse", "--canonicalize");
                Assert.Equal(theirs.Length > 0, Oracle.Mlir(ours).Length > 0);
                Assert.Equal(Oracle.Count(theirs, "test.unknown"), Oracle.Count(ours, "test.unknown"));
            }
        }
    }

    [Fact]
    public void AWalkVisitsOnceAndNotWhatItMade()
    {
        Operation module = Oracle.Parse("""
            "builtin.module"() ({
              "t.a"() ({ "t.b"() : () -> () }) : () -> ()
              "t.b"() : () -> ()
            }) : () -> ()
            """);
        int rewrites = WalkRewrite.Run(module, new PatternSet([new Rename("t.b", "t.c"), new Rename("t.c", "t.b")]), TestContext.Current.CancellationToken);
        Assert.Equal(2, rewrites);
        Assert.Equal(["builtin.module", "t.a", "t.c", "t.c"], module.Walk().Select(o => o.Name.Text));
    }
}
