using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Transforms;

public sealed class InlineTests
{
    private const string Text = """
        "builtin.module"() ({
          "func.func"() <{function_type = (i32) -> i32, sym_name = "leaf"}> ({
          ^bb0(%a: i32):
            %c = "arith.constant"() <{value = 1 : i32}> : () -> i32
            %r = "arith.addi"(%a, %c) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
            "func.return"(%r) : (i32) -> ()
          }) : () -> ()
          "func.func"() <{function_type = (i1, i32) -> i32, sym_name = "multi", sym_visibility = "private"}> ({
          ^bb0(%c: i1, %a: i32):
            "cf.cond_br"(%c)[^a, ^b] <{operandSegmentSizes = array<i32: 1, 0, 0>}> : (i1) -> ()
          ^a:
            "func.return"(%a) : (i32) -> ()
          ^b:
            %d = "arith.addi"(%a, %a) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
            "func.return"(%d) : (i32) -> ()
          }) : () -> ()
          "func.func"() <{function_type = (i32) -> i32, sym_name = "rec", sym_visibility = "private"}> ({
          ^bb0(%a: i32):
            %r = "func.call"(%a) <{callee = @rec}> : (i32) -> i32
            "func.return"(%r) : (i32) -> ()
          }) : () -> ()
          "func.func"() <{function_type = (i32) -> i32, sym_name = "ra", sym_visibility = "private"}> ({
          ^bb0(%a: i32):
            %r = "func.call"(%a) <{callee = @rb}> : (i32) -> i32
            "func.return"(%r) : (i32) -> ()
          }) : () -> ()
          "func.func"() <{function_type = (i32) -> i32, sym_name = "rb", sym_visibility = "private"}> ({
          ^bb0(%a: i32):
            %r = "func.call"(%a) <{callee = @ra}> : (i32) -> i32
            "func.return"(%r) : (i32) -> ()
          }) : () -> ()
          "func.func"() <{function_type = (i32, i1) -> i32, sym_name = "main"}> ({
          ^bb0(%a: i32, %c: i1):
            %0 = "func.call"(%a) <{callee = @leaf}> : (i32) -> i32
            %1 = "func.call"(%c, %0) <{callee = @multi}> : (i1, i32) -> i32
            %2 = "func.call"(%1) <{callee = @rec}> : (i32) -> i32
            %4 = "scf.if"(%c) ({
              %x = "func.call"(%2) <{callee = @leaf}> : (i32) -> i32
              %y = "func.call"(%c, %x) <{callee = @multi}> : (i1, i32) -> i32
              "scf.yield"(%y) : (i32) -> ()
            }, {
              "scf.yield"(%2) : (i32) -> ()
            }) : (i1) -> i32
            "func.return"(%4) : (i32) -> ()
          }) : () -> ()
        }) : () -> ()
        """;

    private static InlinePass Plain() => new() { DefaultPipeline = "" };

    [Fact]
    public void CalleesOfOneAndOfSeveralBlocksAreCopied() => Oracle.Same(Text, "--inline=default-pipeline=", Plain());

    [Fact]
    public void PlacesSayWhoCalled()
    {
        Operation module = Oracle.Parse(Text);
        Oracle.Run(module, Plain());
        Operation main = module.Walk().First(o => o.SymbolName == "main");
        Operation add = main.Walk().First(o => o.Name.Text == "arith.addi");
        Assert.Equal("""loc(callsite("test.mlir":5:10 at "test.mlir":34:10))""", add.Location.ToString());
    }

    [Fact]
    public void APrivateCalleeThatNobodyNamesAnyMoreGoes()
    {
        const string Chain = """
            "builtin.module"() ({
              "func.func"() <{function_type = (i32) -> i32, sym_name = "g", sym_visibility = "private"}> ({
              ^bb0(%a: i32):
                "func.return"(%a) : (i32) -> ()
              }) : () -> ()
              "func.func"() <{function_type = (i32) -> i32, sym_name = "h", sym_visibility = "private"}> ({
              ^bb0(%a: i32):
                %r = "func.call"(%a) <{callee = @g}> : (i32) -> i32
                "func.return"(%r) : (i32) -> ()
              }) : () -> ()
              "func.func"() <{function_type = (i32) -> i32, sym_name = "main"}> ({
              ^bb0(%a: i32):
                %r = "func.call"(%a) <{callee = @h}> : (i32) -> i32
                "func.return"(%r) : (i32) -> ()
              }) : () -> ()
            }) : () -> ()
            """;
        Oracle.Same(Chain, "--inline", new InlinePass());
        Assert.DoesNotContain("func.call", Oracle.Run(Chain, new InlinePass()), StringComparison.Ordinal);
    }

    // Every function calls the one before it twice: the copies double with each.
    [Fact]
    public void GrowthHasALimitThatIsReported()
    {
        var text = new System.Text.StringBuilder("\"builtin.module\"() ({\n");
        for (int i = 0; i < 40; i++)
        {
            string call = i == 0 ? "\"test.work\"() : () -> ()\n" : $"\"func.call\"() <{{callee = @f{i - 1}}}> : () -> ()\n";
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"\"func.func\"() <{{function_type = () -> (), sym_name = \"f{i}\"}}> ({{\n{call}{call}\"func.return\"() : () -> ()\n}}) : () -> ()\n");
        }

        // Nobody says that an operation of an unknown dialect may be copied.
        Operation module = Oracle.Parse(text.Append("}) : () -> ()\n").ToString().Replace("\"test.work\"() : () -> ()", "\"func.call\"() <{callee = @f39}> : () -> ()", StringComparison.Ordinal));
        var bag = new DiagnosticBag();
        var pass = new InlinePass { DefaultPipeline = "", OperationsMax = 5000 };
        pass.Run(module, new PassContext(bag));
        Assert.Equal(IRCodes.InliningLimit, Assert.Single(bag.Items).Code);
        Assert.True(IRVerifier.Verify(module, bag));
        Assert.InRange(module.Walk().Count(), 1000, 20_000);
    }

    [Fact]
    public void AnUnknownPipelineIsRefused()
    {
        var bag = new DiagnosticBag();
        new InlinePass { DefaultPipeline = "canonicalise" }.Run(Oracle.Parse(Text), new PassContext(bag));
        Assert.Equal(IRCodes.OptionValue, Assert.Single(bag.Items).Code);
    }
}
