using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Transforms;

/// <summary>Passes that follow control, beside MLIR's: the same text must come out.</summary>
public sealed class ControlFlowTests
{
    private const string Constants = """
        "builtin.module"() ({
          "func.func"() <{function_type = (i32, i1) -> i32, sym_name = "a"}> ({
          ^bb0(%u: i32, %b: i1):
            %c1 = "arith.constant"() <{value = 1 : i32}> : () -> i32
            %t = "arith.constant"() <{value = true}> : () -> i1
            %i = "arith.constant"() <{value = 3 : index}> : () -> index
            %z = "arith.constant"() <{value = 0 : index}> : () -> index
            "cf.cond_br"(%t, %c1, %u)[^l, ^r] <{operandSegmentSizes = array<i32: 1, 1, 1>}> : (i1, i32, i32) -> ()
          ^l(%x: i32):
            %y = "arith.addi"(%x, %x) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
            "cf.br"(%y)[^m] : (i32) -> ()
          ^r(%w: i32):
            "cf.br"(%w)[^m] : (i32) -> ()
          ^m(%v: i32):
            %q = "arith.addi"(%v, %c1) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
            %if = "scf.if"(%t) ({
              "scf.yield"(%c1) : (i32) -> ()
            }, {
              "scf.yield"(%u) : (i32) -> ()
            }) : (i1) -> i32
            %fo = "scf.for"(%z, %i, %i, %c1) ({
            ^bb0(%k: index, %acc: i32):
              %n = "arith.muli"(%acc, %c1) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
              "scf.yield"(%n) : (i32) -> ()
            }) : (index, index, index, i32) -> i32
            %cc = "func.call"(%q) <{callee = @p}> : (i32) -> i32
            %s = "arith.addi"(%if, %fo) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
            %s2 = "arith.addi"(%s, %cc) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
            "func.return"(%s2) : (i32) -> ()
          }) : () -> ()
          "func.func"() <{function_type = (i32) -> i32, sym_name = "p", sym_visibility = "private"}> ({
          ^bb0(%a: i32):
            %k = "arith.addi"(%a, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
            "func.return"(%k) : (i32) -> ()
          }) : () -> ()
        }) : () -> ()
        """;

    private const string Loops = """
        "builtin.module"() ({
          "func.func"() <{function_type = (i32, i32, index, i1) -> i32, sym_name = "f"}> ({
          ^bb0(%a: i32, %b: i32, %n: index, %c: i1):
            %z = "arith.constant"() <{value = 0 : index}> : () -> index
            %r = "scf.for"(%z, %n, %n, %a) ({
            ^bb0(%i: index, %acc: i32):
              %x = "arith.addi"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
              %d = "arith.divsi"(%a, %b) : (i32, i32) -> i32
              %unknown = "test.unknown"(%a) : (i32) -> i32
              %in = "scf.for"(%z, %n, %n, %acc) ({
              ^bb0(%j: index, %ac2: i32):
                %y = "arith.muli"(%x, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                %y2 = "arith.muli"(%y, %acc) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                %if = "scf.if"(%c) ({
                  %q = "arith.addi"(%y, %y) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                  "scf.yield"(%q) : (i32) -> ()
                }, {
                  "scf.yield"(%y2) : (i32) -> ()
                }) : (i1) -> i32
                %e = "arith.addi"(%if, %ac2) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                "scf.yield"(%e) : (i32) -> ()
              }) : (index, index, index, i32) -> i32
              %t = "arith.addi"(%in, %d) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
              %t2 = "arith.addi"(%t, %unknown) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
              "scf.yield"(%t2) : (i32) -> ()
            }) : (index, index, index, i32) -> i32
            "func.return"(%r) : (i32) -> ()
          }) : () -> ()
        }) : () -> ()
        """;

    [Fact]
    public void ConstantsGoOverBranchesRegionsAndCalls()
    {
        Oracle.Same(Constants, "--sccp", new SccpPass());
        string text = Oracle.Run(Constants, new SccpPass());
        Assert.Contains("value = 6 : i32", text, StringComparison.Ordinal);
        Assert.DoesNotContain("arith.muli", text, StringComparison.Ordinal);
    }

    [Fact]
    public void LoopsLoseWhatEveryRoundRepeats()
    {
        Oracle.Same(Loops, "--loop-invariant-code-motion", new LoopInvariantCodeMotionPass());
        Operation module = Oracle.Parse(Loops);
        Oracle.Run(module, new LoopInvariantCodeMotionPass());
        Operation outer = module.Walk().First(o => o.Name.Text == "scf.for");
        Assert.Equal("func.func", outer.ParentOp?.Name.Text);
        Assert.Contains(outer.Walk(), o => o.Name.Text == "arith.divsi");
        Assert.Equal("func.func", module.Walk().First(o => o.Name.Text == "arith.muli").ParentOp?.Name.Text);
    }

    [Fact]
    public void RandomProgramsComeOutAsMlirOptPrintsThem()
    {
        for (int seed = 100; seed < 120 && Oracle.IsThere; seed++)
        {
            string text = new RandomPrograms(seed).Module();
            Assert.True(Oracle.Mlir(text, "--sccp") == Oracle.Run(text, new SccpPass()), $"sccp, seed {seed}");
            Assert.True(Oracle.Mlir(text, "--loop-invariant-code-motion") == Oracle.Run(text, new LoopInvariantCodeMotionPass()), $"licm, seed {seed}");
        }
    }

    [Fact]
    public void DceRemovesWhatIsUnusedAndUnreachable()
    {
        const string Text = """
            "builtin.module"() ({
              "func.func"() <{function_type = (i32) -> (), sym_name = "f"}> ({
              ^bb0(%a: i32):
                %0 = "arith.addi"(%a, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                %1 = "arith.addi"(%0, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                "func.return"() : () -> ()
              ^x(%b: i32):
                "test.effect"(%c) : (i32) -> ()
                "cf.br"(%b)[^y] : (i32) -> ()
              ^y(%c: i32):
                "cf.br"(%c)[^x] : (i32) -> ()
              }) : () -> ()
            }) : () -> ()
            """;
        Operation module = Oracle.Parse(Text);
        Oracle.Run(module, new DcePass());
        Assert.Equal(["builtin.module", "func.func", "func.return"], module.Walk().Select(o => o.Name.Text));
    }

    [Fact]
    public void GraphRegionsAreSortedOrTheCircleIsNamed()
    {
        const string Good = """
            "builtin.module"() ({
              "test.c"(%b) : (i32) -> ()
              %b = "test.b"(%a) : (i32) -> i32
              "test.d"() ({ "test.inner"(%a) : (i32) -> () }) : () -> ()
              %a = "test.a"() : () -> i32
            }) : () -> ()
            """;
        Operation module = Oracle.Parse(Good);
        Oracle.Run(module, new TopologicalSortPass());
        Assert.Equal(["test.a", "test.b", "test.c", "test.d"], module.Regions[0].First!.Operations.Select(o => o.Name.Text)); // The module has a block.

        var bag = new DiagnosticBag();
        new TopologicalSortPass().Run(Oracle.Parse(Good.Replace("\"test.a\"() : () ->", "\"test.a\"(%b) : (i32) ->", StringComparison.Ordinal)), new PassContext(bag));
        Assert.Equal(IRCodes.CyclicOperations, Assert.Single(bag.Items).Code);
    }
}
