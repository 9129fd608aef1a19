using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Passes;

public sealed class PassRunTests
{
    private const string Plain = "\"t.a\"() : () -> ()";

    internal const string Broken = "%0 = \"t.def\"() : () -> i1\n\"t.other\"() ({\n^a:\n  %1 = \"t.def\"() : () -> i1\n  \"t.use\"(%1) : (i1) -> ()\n  \"t.end\"()[^b] : () -> ()\n^b:\n  \"t.end\"() : () -> ()\n}) : () -> ()\n";

    [Fact]
    public void ARunSaysHowMuch()
    {
        var passes = new PassRunOptions();
        OptResult result = PassRuns.Run("\"t.dead\"() : () -> ()\n\"t.dead\"() : () -> ()\n", "test-erase,test-erase", passes);
        Assert.True(result.Ok, DiagnosticText.Render(result.Diagnostics));
        Assert.Equal(2, passes.Statistics["test-erase.erased"]);
        Assert.Equal("What passes counted\n         2  test-erase.erased\n", passes.Report.Statistics.Render(ReportForm.List));
        Assert.Equal("What passes counted, as the pipeline nests\n  test-erase\n           2  erased\n  test-erase\n           0  erased\n",
            passes.Report.Statistics.Render(ReportForm.Tree));
        Assert.Contains("\"test-erase.erased\": 2", passes.Report.Statistics.Render(ReportForm.Json), StringComparison.Ordinal);
    }

    [Fact]
    public void StatisticsAddUpOverTheParts()
    {
        var passes = new PassRunOptions();
        Assert.True(PassRuns.Run("\"t.dead\"() : () -> ()\n// -----\n\"t.dead\"() : () -> ()\n",
            new OptOptions { Pipeline = "any(test-erase)", SplitInputFile = true, Passes = passes }).Ok);
        Assert.Equal("What passes counted, as the pipeline nests\n  'any' pipeline\n    test-erase\n             2  erased\n", passes.Report.Statistics.Render(ReportForm.Tree));
    }

    [Fact]
    public void BrokenIRNamesThePassThatLeftIt()
    {
        OptResult result = PassRuns.Run(Broken, "test-erase,test-break");
        Assert.False(result.Ok);
        Assert.Equal((IRCodes.BrokenByPass, "pass 'test-break' left IR that is not valid", "<pipeline>:1:12"),
            (result.Diagnostics.Items[0].Code, result.Diagnostics.Items[0].Message, result.Diagnostics.Items[0].Span.ToString()));
        Assert.Equal(IRCodes.Dominance, result.Diagnostics.Items[1].Code);
        Assert.True(PassRuns.Run(Broken, "test-break", new PassRunOptions { VerifyEach = false }).Ok);
    }

    [Fact]
    public void APassThatChangedNothingIsNotVerifiedAfter()
    {
        var passes = new PassRunOptions();
        Assert.True(PassRuns.Run("\"t.dead\"() : () -> ()\n", "test-erase,test-erase,test-report", passes).Ok);
        TimingNode[] parts = [.. passes.Report.Timing.Phases.Single(p => p.Name == "Passes").Parts];
        Assert.Equal([1, 0, 0], parts.Select(p => p.Parts.Count(v => v.Name == "(V) verify")));
    }

    [Fact]
    public void AFalseClaimIsFound()
    {
        OptResult result = PassRuns.Run("", "test-lie", new PassRunOptions { CheckClaims = true });
        Assert.Equal(IRCodes.FalseClaim, Assert.Single(result.Diagnostics.Items).Code);
        Assert.True(PassRuns.Run("\"t.dead\"() : () -> ()\n", "test-erase,test-erase", new PassRunOptions { CheckClaims = true }).Ok);
    }

    [Fact]
    public void AnExceptionNamesThePassAndTheOperation()
    {
        OptResult result = PassRuns.Run(PassRuns.Modules(2, "\"t.a\"() : () -> ()", "\"t.boom\"() : () -> ()"), "any(any(test-throw))");
        Assert.False(result.Ok);
        Assert.Equal("pass 'test-throw' threw InvalidOperationException on 'builtin.module' @m1: boom", result.Crash?.Message);
        Assert.Equal("x:4:1", result.Crash?.Span.ToString());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(7)]
    public void TheOutcomeIsTheSameOnAnyNumberOfThreads(int threads)
    {
        string text = PassRuns.Modules(300, "\"t.warn\"() : () -> ()", "\"t.dead\"() : () -> ()", "\"t.a\"() : () -> ()");
        const string pipeline = "any(any(test-report,cse,test-erase,canonicalize,test-report),dce)";
        var one = new PassRunOptions { Threads = 1 };
        var many = new PassRunOptions { Threads = threads };
        OptResult expected = PassRuns.Run(text, pipeline, one);
        OptResult result = PassRuns.Run(text, pipeline, many);
        Assert.Equal(expected.Text, result.Text);
        Assert.Equal(200, result.Diagnostics.Items.Count);
        Assert.Equal(expected.Diagnostics.Items.Select(d => d.Span.Start), result.Diagnostics.Items.Select(d => d.Span.Start));
        Assert.Equal(one.Report.Statistics.Render(ReportForm.Tree), many.Report.Statistics.Render(ReportForm.Tree));
        Assert.Equal(100, many.Statistics["test-erase.erased"]);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void EveryOperationsMistakesAreReportedInOrder(int threads)
    {
        OptResult result = PassRuns.Run(PassRuns.Modules(30, "\"t.fail\"() : () -> ()"), "any(any(test-report),test-erase)", new PassRunOptions { Threads = threads });
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"x:{(3 * i) + 2}:3"), result.Diagnostics.Items.Select(d => d.Span.ToString()));
    }

    [Fact]
    public void IsolatedOperationsAreWorkedOnSideBySide()
    {
        var passes = new PassRunOptions { Threads = 2 };
        Assert.True(PassRuns.Run(PassRuns.Modules(2, Plain), "any(any(test-meet))", passes).Ok);
        Assert.Equal(2, passes.Statistics["test-meet.met"]);
    }

    [Fact]
    public void APassThatMustBeAloneIs()
    {
        var passes = new PassRunOptions { Threads = 4 };
        Assert.True(PassRuns.Run(PassRuns.Modules(200, Plain), "any(any(test-alone))", passes).Ok);
        Assert.Equal(0, passes.Statistics["test-alone.together"]);
    }

    [Fact]
    public void ARunCanBeStopped()
    {
        using var stop = new CancellationTokenSource();
        stop.Cancel();
        Assert.ThrowsAny<OperationCanceledException>(() => OptRun.Run(new SourceText("x", PassRuns.Modules(9, Plain)), PassRuns.Registry, PassRuns.NewContext,
            new OptOptions { Pipeline = "any(any(cse))" }, stop.Token));
    }

    [Fact]
    public void DebugCountersLeaveActionsOut()
    {
        var bag = new DiagnosticBag();
        string text = string.Concat(Enumerable.Range(0, 5).Select(i => FormattableString.Invariant($"\"t.dead\"() {{t.n = {i}}} : () -> ()\n")));
        DebugCounters counters = DebugCounters.Parse("test-erase-skip=1,test-erase-count=2", bag)!; // It is well formed.
        OptResult result = PassRuns.Run(text, "test-erase", new PassRunOptions { Counters = counters });
        Assert.Equal([0, 3, 4], System.Text.RegularExpressions.Regex.Matches(result.Text!, "t.n = (\\d)").Select(m => m.Groups[1].Value[0] - '0')); // Nothing is wrong.
        Assert.Contains("5 asked,        2 done  test-erase", counters.Render(), StringComparison.Ordinal);
        Assert.Null(DebugCounters.Parse("test-erase-skip=1,test=2", bag));
        Assert.Equal("<debug-counter>:1:19", Assert.Single(bag.Items).Span.ToString());
    }
}
