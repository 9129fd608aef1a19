using System.Text.Json;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Passes;

public sealed class InstrumentationTests
{
    private const string Dead = "\"t.a\"() : () -> ()\n\"t.dead\"() : () -> ()\n";

    private static List<DumpedIR> Dump(string text, string pipeline, Func<Action<DumpedIR>, IRDump> make)
    {
        var shown = new List<DumpedIR>();
        PassRuns.Run(text, pipeline, new PassRunOptions { Dump = make(shown.Add) });
        return shown;
    }

    [Fact]
    public void TheIRIsShownAroundThePassesNamed()
    {
        List<DumpedIR> shown = Dump(Dead, "test-report,test-erase", sink => new IRDump(sink) { Before = ["test-erase"], After = ["test-erase"] });
        Assert.Equal(["// -----// IR Dump Before test-erase //----- //", "// -----// IR Dump After test-erase //----- //"], shown.Select(s => s.Title));
        Assert.Equal([true, false], shown.Select(s => s.Text.Contains("t.dead", StringComparison.Ordinal)));
        Assert.Equal("builtin_module/1_test-erase_after.mlir", shown[1].Path);
    }

    [Fact]
    public void OnlyChangesAreShownWhenAskedFor()
    {
        List<DumpedIR> shown = Dump(Dead, "test-erase,test-erase,cse", sink => new IRDump(sink) { After = ["all"], OnlyChanged = true });
        Assert.Equal("// -----// IR Dump After test-erase //----- //", Assert.Single(shown).Title);
    }

    [Fact]
    public void ADiffShowsWhatChanged()
    {
        List<DumpedIR> shown = Dump(Dead, "cse,test-erase,cse", sink => new IRDump(sink) { After = ["*"], Diff = true });
        Assert.Equal("--- before test-erase\n+++ after test-erase\n@@ -1,4 +1,3 @@\n \"builtin.module\"() ({\n   \"t.a\"() : () -> ()\n-  \"t.dead\"() : () -> ()\n }) : () -> ()\n",
            Assert.Single(shown).Text);
    }

    [Fact]
    public void TheOperationOrTheWholeModuleIsShown()
    {
        string text = PassRuns.Modules(2, "\"t.a\"() : () -> ()");
        List<DumpedIR> parts = Dump(text, "any(any(cse))", sink => new IRDump(sink) { After = ["cse"] });
        Assert.Equal("// -----// IR Dump After cse ('builtin.module' @m1) //----- //", parts[1].Title);
        Assert.DoesNotContain("m0", parts[1].Text, StringComparison.Ordinal);
        Assert.Equal("builtin_module/builtin_module_m1/1_cse_after.mlir", parts[1].Path);
        List<DumpedIR> whole = Dump(text, "any(any(cse))", sink => new IRDump(sink) { After = ["cse"], WholeModule = true });
        Assert.Contains("m0", whole[1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("test-throw", "\"t.boom\"() : () -> ()\n")]
    [InlineData("test-report", "\"t.fail\"() : () -> ()\n")]
    public void TheIRIsShownAfterAFailure(string pass, string text)
    {
        List<DumpedIR> shown = Dump(text, "cse," + pass + ",cse", sink => new IRDump(sink) { AfterFailure = true });
        Assert.Equal($"// -----// IR Dump After {pass} Failed //----- //", Assert.Single(shown).Title);
    }

    [Fact]
    public void TimesNestAsThePipelineDoes()
    {
        var passes = new PassRunOptions { Threads = 1, Clock = new Ticking() };
        Assert.True(PassRuns.Run(PassRuns.Modules(2, "\"t.a\"() : () -> ()"), "any(cse,any(test-count,cse))", passes).Ok);
        TimingReport timing = passes.Report.Timing;
        Assert.Equal(["Parse", "Verify", "Passes", "Print"], timing.Phases.Select(p => p.Name));
        TimingNode top = Assert.Single(timing.Phases[2].Parts);
        Assert.Equal(["cse", "'any' pipeline"], top.Parts.Select(p => p.Name));
        TimingNode count = top.Parts[1].Parts[0];
        Assert.Equal(["(A) OpCount", "(A) TwiceOpCount", "(V) verify"], count.Parts.Select(p => p.Name));
        Assert.Equal(2, count.Runs);
        Assert.All(timing.Phases, p => Assert.True(p.Wall > TimeSpan.Zero));
        Assert.Equal(timing.Phases.Aggregate(TimeSpan.Zero, (sum, p) => sum + p.Wall), timing.Total);
        Assert.Equal(["cse", "test-count", "cse"], timing.PassTimes.Select(t => t.Pass));
        string tree = timing.Render(ReportForm.Tree);
        Assert.Contains("\n", tree, StringComparison.Ordinal);
        Assert.Matches(@"\(100\.0 %\)  Total\n$", tree);
        Assert.Contains("      test-count\n", tree, StringComparison.Ordinal);
        Assert.Equal(2 + 9, timing.Render(ReportForm.List).Split('\n').Length - 1);
        using var json = JsonDocument.Parse(timing.Render(ReportForm.Json));
        Assert.Equal("any", json.RootElement.GetProperty("parts")[2].GetProperty("parts")[0].GetProperty("name").GetString()!.Split('\'')[1]); // It has a name.
    }

    [Fact]
    public void WorkOfSeveralThreadsAddsUpWhileTimeDoesNot()
    {
        var passes = new PassRunOptions { Threads = 2 };
        Assert.True(PassRuns.Run(PassRuns.Modules(2, "\"t.a\"() : () -> ()"), "any(any(test-meet))", passes).Ok);
        TimingNode meet = passes.Report.Timing.Phases.Single(p => p.Name == "Passes").Parts[0].Parts[0].Parts[0];
        Assert.Equal(("test-meet", 2), (meet.Name, meet.Runs));
        Assert.True(meet.Sum > meet.Wall, "two threads waited at the same time");
    }

    [Fact]
    public void TimesOfThePartsOfAFileAddUp()
    {
        var passes = new PassRunOptions();
        Assert.True(PassRuns.Run(Dead + "// -----\n" + Dead, new OptOptions { Pipeline = "cse,any(cse)", SplitInputFile = true, Passes = passes }).Ok);
        Assert.Equal(2, passes.Report.Timing.Phases[0].Runs);
        Assert.Equal(["cse", "cse"], passes.Report.Timing.PassTimes.Select(t => t.Pass));
    }

    // A clock that goes on a millisecond whenever it is read.
    private sealed class Ticking : TimeProvider
    {
        private long _now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => _now++;
    }
}
