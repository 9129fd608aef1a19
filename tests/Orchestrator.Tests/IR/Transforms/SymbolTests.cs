using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Transforms;

public sealed class SymbolTests
{
    private const string Text = """
        "builtin.module"() ({
          "func.func"() <{function_type = () -> (), sym_name = "pub"}> ({
            "func.return"() : () -> ()
          }) : () -> ()
          "func.func"() <{function_type = () -> (), sym_name = "dead", sym_visibility = "private"}> ({
            "func.call"() <{callee = @deader}> : () -> ()
            "func.return"() : () -> ()
          }) : () -> ()
          "func.func"() <{function_type = () -> (), sym_name = "deader", sym_visibility = "private"}> ({
            "func.call"() <{callee = @dead}> : () -> ()
            "func.return"() : () -> ()
          }) : () -> ()
          "func.func"() <{function_type = () -> (), sym_name = "live", sym_visibility = "private"}> ({
            "func.return"() : () -> ()
          }) : () -> ()
          "func.func"() <{function_type = () -> (), sym_name = "nest", sym_visibility = "nested"}> ({
            "func.return"() : () -> ()
          }) : () -> ()
          "func.func"() <{function_type = () -> (), sym_name = "user"}> ({
            "func.call"() <{callee = @live}> : () -> ()
            "func.return"() : () -> ()
          }) : () -> ()
          "builtin.module"() <{sym_name = "inner", sym_visibility = "private"}> ({
            "func.func"() <{function_type = () -> (), sym_name = "a", sym_visibility = "nested"}> ({
              "func.return"() : () -> ()
            }) : () -> ()
            "func.func"() <{function_type = () -> (), sym_name = "b", sym_visibility = "private"}> ({
              "func.return"() : () -> ()
            }) : () -> ()
          }) : () -> ()
          "builtin.module"() <{sym_name = "gone", sym_visibility = "private"}> ({
          ^bb0:
          }) : () -> ()
          "test.op"() {s = [{deep = @inner::@a}], sym_name = "kept"} : () -> ()
        }) : () -> ()
        """;

    [Fact]
    public void DeadSymbolsGo()
    {
        Oracle.Same(Text, "--symbol-dce", new SymbolDcePass());
        string text = Oracle.Run(Text, new SymbolDcePass());
        Assert.DoesNotContain("\"dead", text, StringComparison.Ordinal);
        Assert.Contains("\"inner\"", text, StringComparison.Ordinal);
    }

    [Fact]
    public void SymbolsBecomePrivateButForThoseExcluded()
    {
        Oracle.Same(Text, "--symbol-privatize=exclude=pub,user", new SymbolPrivatizePass { Excluded = "pub, user" });
        Oracle.Same(Text, "--symbol-privatize", new SymbolPrivatizePass());
    }

    [Fact]
    public void OnlyHoldersOfSymbolsAreTaken()
    {
        Operation function = Oracle.Parse(Text).Walk().First(o => o.Name.Text == "func.func");
        var bag = new DiagnosticBag();
        new SymbolDcePass().Run(function, new PassContext(bag));
        new SymbolPrivatizePass().Run(function, new PassContext(bag));
        Assert.Equal([IRCodes.WrongAnchor, IRCodes.WrongAnchor], bag.Items.Select(d => d.Code));
    }

    [Fact]
    public void LocationsAreForgotten()
    {
        Operation module = Oracle.Parse("""
            "builtin.module"() ({
              "test.r"() ({
              ^bb0(%a: i32 loc("here")):
                "test.a"() : () -> () loc("x":1:2)
              }) : () -> () loc(fused["a", "b"])
            }) : () -> ()
            """);
        Oracle.Run(module, new StripDebugInfoPass());
        string text = IRPrinter.Print(module, new PrintOptions(true));
        Assert.DoesNotContain("here", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\"x\"", text, StringComparison.Ordinal);
        Assert.DoesNotContain("fused", text, StringComparison.Ordinal);
    }
}
