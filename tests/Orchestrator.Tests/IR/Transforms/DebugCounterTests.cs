using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Transforms;

/// <summary>Every change of a pass can be left out by a counter that is called as the pass is.</summary>
public sealed class DebugCounterTests
{
    private const string Sums = """
        %0 = "arith.muli"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        %1 = "arith.muli"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        %2 = "arith.muli"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        "test.use"(%0, %1, %2) : (i32, i32, i32) -> ()
        """;

    private const string Unused = """
        %0 = "arith.muli"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        %1 = "arith.muli"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        %2 = "arith.muli"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
        """;

    private const string Loops = """
        "scf.for"(%i, %i, %i) ({
        ^bb0(%j: index):
          %0 = "arith.muli"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
          %1 = "arith.subi"(%a, %b) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32
          "test.use"(%0, %1) : (i32, i32) -> ()
          "scf.yield"() : () -> ()
        }) : (index, index, index) -> ()
        """;

    private const string Casts = """
        %0 = "builtin.unrealized_conversion_cast"(%a) : (i32) -> i64
        %1 = "builtin.unrealized_conversion_cast"(%0) : (i64) -> i32
        "test.use"(%1) : (i32) -> ()
        """;

    private static (string Text, DebugCounters Counters) Run(string body, string pipeline, string counters)
    {
        string text = $$"""
            "builtin.module"() ({
            "func.func"() <{function_type = (i32, i32, index) -> (), sym_name = "f"}> ({
            ^bb0(%a: i32, %b: i32, %i: index):
            {{body}}
            "func.return"() : () -> ()
            }) : () -> ()
            }) : () -> ()
            """;
        var bag = new DiagnosticBag();
        DebugCounters parsed = DebugCounters.Parse(counters, bag)!; // The tests write them right.
        OptResult result = OptRun.Run(new SourceText("x", text), new PassRegistry(), DialectSet.NewContext,
            new OptOptions { Pipeline = pipeline, Passes = new PassRunOptions { Counters = parsed, CheckClaims = true } }, TestContext.Current.CancellationToken);
        Assert.True(result.Ok, DiagnosticText.Render(result.Diagnostics));
        return (result.Text!, parsed); // It went well.
    }

    [Theory]
    [InlineData("cse", Sums, "arith.muli", 1)]
    [InlineData("dce", Unused, "arith.muli", 0)]
    [InlineData("cse", Unused, "arith.muli", 0)]
    [InlineData("canonicalize", Unused, "arith.muli", 0)]
    [InlineData("loop-invariant-code-motion", Loops, "^bb", 2)]
    public void EachChangeCanBeLeftOut(string pass, string body, string what, int left)
    {
        string before = Run(body, "", "x-skip=0").Text;
        Assert.Equal(left, Oracle.Count(Run(body, pass, "x-skip=0").Text, what));
        Assert.Equal(before, Run(body, pass, pass + "-count=0").Text);

        // One action more each time, up to all of them: every one does something, and none is forgotten by the counter.
        var seen = new List<string> { before };
        string all = Run(body, pass, "x-skip=0").Text;
        for (int count = 1; seen[^1] != all; count++)
        {
            Assert.True(count <= 50, "the counter never lets everything through");
            seen.Add(Run(body, pass, $"{pass}-count={count}").Text);
        }

        Assert.True(seen.Distinct(StringComparer.Ordinal).Count() > 2, "there is something between nothing and everything");
    }

    [Theory]
    [InlineData("sccp", "%0 = \"arith.constant\"() <{value = 1 : i32}> : () -> i32\n%1 = \"arith.addi\"(%0, %0) <{overflowFlags = #arith.overflow<none>}> : (i32, i32) -> i32\n\"test.use\"(%1) : (i32) -> ()")]
    [InlineData("reconcile-unrealized-casts", Casts)]
    [InlineData("symbol-privatize", "")]
    public void NothingIsDoneWhenNothingMayBe(string pass, string body)
    {
        string before = Run(body, "", "x-skip=0").Text;
        Assert.NotEqual(before, Run(body, pass, "x-skip=0").Text);
        (string text, DebugCounters counters) = Run(body, pass, pass + "-count=0");
        Assert.Equal(before, text);
        Assert.Contains($"       0 done  {pass}\n", counters.Render(), StringComparison.Ordinal);
    }

    [Fact]
    public void ActionsAreSkippedInOrder()
    {
        // The first of the two that are equal to the one before them stays; the second one is merged.
        Assert.Equal(2, Oracle.Count(Run(Sums, "cse", "cse-skip=1").Text, "arith.muli"));
        Assert.Equal(2, Oracle.Count(Run(Sums, "cse", "cse-skip=1,cse-count=1").Text, "arith.muli"));
        Assert.Equal(3, Oracle.Count(Run(Sums, "cse", "cse-skip=2").Text, "arith.muli"));
    }

    [Fact]
    public void InliningCanBeLeftOut()
    {
        const string Text = """
            "builtin.module"() ({
            "func.func"() <{function_type = (i32) -> i32, sym_name = "g"}> ({
            ^bb0(%a: i32):
              "func.return"(%a) : (i32) -> ()
            }) : () -> ()
            "func.func"() <{function_type = (i32) -> i32, sym_name = "f"}> ({
            ^bb0(%a: i32):
              %0 = "func.call"(%a) <{callee = @g}> : (i32) -> i32
              %1 = "func.call"(%0) <{callee = @g}> : (i32) -> i32
              "func.return"(%1) : (i32) -> ()
            }) : () -> ()
            }) : () -> ()
            """;
        foreach ((string counters, int left) in new[] { ("x-skip=0", 0), ("inline-skip=1", 1), ("inline-count=1", 1), ("inline-count=0", 2) })
        {
            var options = new OptOptions { Pipeline = "inline{max-iterations=1}", Passes = new PassRunOptions { Counters = DebugCounters.Parse(counters, new DiagnosticBag()), CheckClaims = true } };
            OptResult result = Opt(Text, options);
            Assert.Equal(left, Oracle.Count(result.Text ?? "", "\"func.call\""));
        }
    }

    private static OptResult Opt(string text, OptOptions options) =>
        OptRun.Run(new SourceText("x", text), new PassRegistry(), DialectSet.NewContext, options, TestContext.Current.CancellationToken);
}
