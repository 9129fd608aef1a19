using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Transforms;

public sealed class CseTests
{
    [Fact]
    public void RandomProgramsComeOutAsMlirOptPrintsThem()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            string text = new RandomPrograms(seed).Module();
            string ours = Oracle.Run(text, new CsePass());
            if (Oracle.IsThere)
            {
                Assert.True(Oracle.Mlir(text, "--cse") == ours, $"seed {seed}");
            }
        }
    }

    [Theory]
    [InlineData("commuted", """
        %0 = "arith.addi"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        %1 = "arith.addi"(%b, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        %2 = "arith.subi"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        %3 = "arith.subi"(%b, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        "test.use"(%0, %1, %2, %3) : (i32, i32, i32, i32) -> ()
        """, 3)]
    [InlineData("equal bodies", """
        %0 = "scf.if"(%c) ({ %x = "arith.muli"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
          "scf.yield"(%x) : (i32) -> () }, { "scf.yield"(%a) : (i32) -> () }) : (i1) -> i32
        %1 = "scf.if"(%c) ({ %x = "arith.muli"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
          "scf.yield"(%x) : (i32) -> () }, { "scf.yield"(%a) : (i32) -> () }) : (i1) -> i32
        %2 = "scf.if"(%c) ({ %x = "arith.muli"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
          "scf.yield"(%x) : (i32) -> () }, { "scf.yield"(%b) : (i32) -> () }) : (i1) -> i32
        "test.use"(%0, %1, %2) : (i32, i32, i32) -> ()
        """, 4)]
    [InlineData("what nobody declares", """
        %0 = "test.pure"(%a) : (i32) -> i32
        %1 = "test.pure"(%a) : (i32) -> i32
        "test.isolated"() ({ %2 = "arith.addi"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
          "test.use"(%2) : (i32) -> () }) : () -> ()
        %3 = "arith.addi"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        "test.region"() ({ %4 = "arith.addi"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
          "test.use"(%4) : (i32) -> () }) : () -> ()
        "test.use"(%0, %1, %3) : (i32, i32, i32) -> ()
        """, 5)]
    public void MergesWhatMlirOptMerges(string what, string body, int left)
    {
        string text = $$"""
            "builtin.module"() ({
            "func.func"() <{function_type = (i32, i32, i1) -> (), sym_name = "f"}> ({
            ^bb0(%a: i32, %b: i32, %c: i1):
            {{body}}
            "func.return"() : () -> ()
            }) : () -> ()
            }) : () -> ()
            """;
        Oracle.Same(text, "--cse", new CsePass());
        Assert.True(left == Oracle.Count(Oracle.Run(text, new CsePass()), " = \"")
            - Oracle.Count(Oracle.Run(text, new CsePass()), "sym_name = \""), what);
    }

    // Reads may be merged up to the next write; the agent dialect has operations that read and write.
    [Fact]
    public void ReadsMergeUntilSomethingIsWritten()
    {
        const string Text = """
            "builtin.module"() ({
              "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
                %k = "agent.input"() <{name = "k"}> : () -> !agent.text
                %0 = "agent.recall"(%k) <{memory = @kv}> : (!agent.text) -> !agent.text
                %1 = "agent.recall"(%k) <{memory = @kv}> : (!agent.text) -> !agent.text
                "agent.remember"(%k, %0) <{memory = @kv}> : (!agent.text, !agent.text) -> ()
                %2 = "agent.recall"(%k) <{memory = @kv}> : (!agent.text) -> !agent.text
                %3 = "agent.template"(%0, %1, %2) <{parts = ["", "", "", ""]}> : (!agent.text, !agent.text, !agent.text) -> !agent.text
                "agent.yield"(%3) : (!agent.text) -> ()
              }) : () -> ()
            }) : () -> ()
            """;
        var bag = new DiagnosticBag();
        Operation module = IRParser.Parse(new SourceText("x", Text), DialectSet.NewContext(), bag)!.Module; // The text is right.
        new CsePass().Run(module, new PassContext(bag));
        Assert.Equal(2, Oracle.Count(IRPrinter.Print(module), "agent.recall"));
    }

    [Fact]
    public void ScopesDoNotReachIntoIsolatedOrOverBranches()
    {
        const string Text = """
            "builtin.module"() ({
              "func.func"() <{function_type = (i32, i1) -> i32, sym_name = "f"}> ({
              ^bb0(%a: i32, %c: i1):
                "cf.cond_br"(%c)[^l, ^r] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
              ^l:
                %0 = "arith.muli"(%a, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                "cf.br"(%0)[^m] : (i32) -> ()
              ^r:
                %1 = "arith.muli"(%a, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                "cf.br"(%1)[^m] : (i32) -> ()
              ^m(%x: i32):
                %2 = "arith.muli"(%a, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                %3 = "arith.addi"(%x, %2) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
                "func.return"(%3) : (i32) -> ()
              }) : () -> ()
            }) : () -> ()
            """;
        Oracle.Same(Text, "--cse", new CsePass());
        Assert.Equal(3, Oracle.Count(Oracle.Run(Text, new CsePass()), "arith.muli"));
    }

    [Fact]
    public void DepthHasNoLimit()
    {
        const int Depth = 5_000;
        string text = """
            "builtin.module"() ({ "func.func"() <{function_type = (i1, i32) -> (), sym_name = "f"}> ({ ^bb0(%c: i1, %a: i32):
            """
            + "\"scf.if\"(%c) ({ %x = \"arith.addi\"(%a, %a) : (i32, i32) -> i32\n"
            + "\"scf.yield\"() : () -> () }, {}) : (i1) -> ()\n"
            + string.Concat(Enumerable.Repeat("\"test.r\"() ({ ", Depth)) + string.Concat(Enumerable.Repeat("}) : () -> ()\n", Depth))
            + "\"func.return\"() : () -> () }) : () -> () }) : () -> ()";
        var bag = new DiagnosticBag();
        Operation module = IRParser.Parse(new SourceText("deep", text), DialectSet.NewContext(), bag)!.Module; // The text is right.
        new CsePass().Run(module, new PassContext(bag));
        Assert.Equal(Depth, module.Walk().Count(o => o.Name.Text == "test.r"));
        Assert.DoesNotContain(module.Walk(), o => o.Name.Text == "arith.addi");
    }
}
