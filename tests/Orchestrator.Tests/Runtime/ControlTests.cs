using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets.Simulated;
using Xunit;

namespace Orchestrator.Tests.Runtime;

public sealed class ControlTests
{
    private readonly GraphBuilder _graph = new();
    private readonly Simulation _simulation = new();

    private int Text(string text) => _graph.Constant($"\"{text}\"", "text");

    [Theory]
    [InlineData("bill", "1")]
    [InlineData("bug", "2")]
    [InlineData("else", "3")]
    public void MatchTakesTheFirstPatternThatIsEqual(string subject, string expected)
    {
        int value = _graph.Control(StepKind.Match, "m", [Text(subject)], [("patterns", "[\"bill\",\"bug\"]")],
            (false, _ => _graph.Constant("1")), (false, _ => _graph.Constant("2")), (false, _ => _graph.Constant("3")));
        Assert.Equal(expected, _simulation.Value(_graph.Build(value)));
    }

    [Fact]
    public void MapWorksOnAllElementsAtOnceAndKeepsTheirOrder()
    {
        _simulation.Tool("a", r => new SimulatedAnswer(TimeSpan.FromMilliseconds(r.Operands[0].ToText().Length * 10), r.Operands[0]));
        int list = _graph.Constant("[\"xxx\",\"x\",\"xx\"]", "list<text>");
        RunResult result = _simulation.Run(_graph.Build(_graph.Control(StepKind.Map, "map", [list], [], (true, item => _graph.Tool("a", item)))));
        Assert.Equal(("[\"xxx\",\"x\",\"xx\"]", 30), (result.Value?.ToText(), result.Elapsed.TotalMilliseconds));
    }

    [Fact]
    public void MapInOrderWorksOnOneAfterTheOther()
    {
        _simulation.Tool("a", 10, "x");
        int list = _graph.Constant("[1,2,3]", "list<int>");
        RunResult result = _simulation.Run(_graph.Build(_graph.Control(StepKind.Map, "map", [list], [("in_order", "true")], (true, _ => _graph.Tool("a")))));
        Assert.Equal((30, 1), (result.Elapsed.TotalMilliseconds, _simulation.Target.MostExecuting));
    }

    [Fact]
    public void MapOfMoreThanItsBoundFails()
    {
        int value = _graph.Control(StepKind.Map, "map", [_graph.Constant("[1,2,3]")], [("at_most", "2")], (true, i => i));
        Assert.Equal("ORC5017", _simulation.Run(_graph.Build(value)).Failure?.Code);
    }

    [Fact]
    public void MapOfNothingIsNothing() =>
        Assert.Equal("[]", _simulation.Value(_graph.Build(_graph.Control(StepKind.Map, "map", [_graph.Constant("[]")], [], (true, i => i)))));

    [Theory]
    [InlineData(10, "3")]
    [InlineData(2, "2")]
    public void LoopStopsByItsConditionOrItsBound(int bound, string expected)
    {
        int state = -1;
        int loop = _graph.Control(StepKind.Loop, "loop", [_graph.Constant("0", "int")], [("at_most", $"{bound}")],
            (true, t => _graph.Operator("ge", "bool", state = t, _graph.Constant("3", "int"))),
            (false, _ => _graph.Operator("add", "int", state, _graph.Constant("1", "int"))));
        Assert.Equal(expected, _simulation.Value(_graph.Build(loop)));
    }

    [Fact]
    public void TheFirstOfARaceWinsAndTheOthersAreCancelled()
    {
        _simulation.Tool("slow", 100, "slow").Tool("quick", 10, "quick").Failing("bad", 1);
        int value = _graph.Control(StepKind.Race, "race", [], [], (false, _ => _graph.Tool("slow")), (false, _ => _graph.Tool("quick")), (false, _ => _graph.Tool("bad")));
        RunResult result = _simulation.Run(_graph.Build(value));
        Assert.Equal(("quick", 10, 1), (result.Value?.ToText(), result.Elapsed.TotalMilliseconds, _simulation.Target.Cancelled));
    }

    [Fact]
    public void ARaceThatAllLoseFails()
    {
        _simulation.Failing("bad", 1).Failing("worse", 2);
        int value = _graph.Control(StepKind.Race, "race", [], [], (false, _ => _graph.Tool("worse")), (false, _ => _graph.Tool("bad")));
        RunResult result = _simulation.Run(_graph.Build(value));
        Assert.Equal("ORC5018", result.Failure?.Code);
        Assert.Contains("bad broke", result.Failure?.Message, StringComparison.Ordinal);
    }

    private int Gather(int k, int n, string deadline) => _graph.Control(StepKind.Gather, "gather", [_graph.Constant("[40,10,30,20]")],
        [("k", $"{k}"), ("n", $"{n}"), ("deadline_us", deadline)], (true, item => _graph.Tool("ask", "json", [item], [])));

    [Fact]
    public void GatherGivesTheFirstKInTheOrderOfTheElements()
    {
        _simulation.Tool("ask", r => new SimulatedAnswer(TimeSpan.FromMilliseconds(((IntDatum)r.Operands[0]).Value), r.Operands[0]));
        RunResult result = _simulation.Run(_graph.Build(Gather(2, 4, "1000000")));
        Assert.Equal(("[10,20]", 20, 2), (result.Value?.ToText(), result.Elapsed.TotalMilliseconds, _simulation.Target.Cancelled));
    }

    [Fact]
    public void GatherFailsAtItsDeadline()
    {
        _simulation.Tool("ask", r => new SimulatedAnswer(TimeSpan.FromMilliseconds(((IntDatum)r.Operands[0]).Value), r.Operands[0]));
        RunResult result = _simulation.Run(_graph.Build(Gather(3, 4, "25000")));
        Assert.Equal(("ORC5019", 25, 2), (result.Failure?.Code, result.Elapsed.TotalMilliseconds, _simulation.Target.Cancelled));
        Assert.Contains("2 of 4 answered within 25 ms, 3 are needed", result.Failure?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void GatherFailsAsSoonAsTooFewCanAnswer()
    {
        _simulation.Tool("ask", r => new SimulatedAnswer(TimeSpan.FromMilliseconds(((IntDatum)r.Operands[0]).Value), r.Operands[0]) { Failure = ((IntDatum)r.Operands[0]).Value <= 20 ? Simulation.Failure("ask") : null });
        RunResult result = _simulation.Run(_graph.Build(Gather(3, 4, "1000000")));
        Assert.Equal(("ORC5019", 20), (result.Failure?.Code, result.Elapsed.TotalMilliseconds));
    }

    [Fact]
    public void TheBestCandidateWinsAndOfEqualOnesTheFirst()
    {
        int made = 0;
        string[] candidates = ["x", "aa", "bb", "c"];
        _simulation.Tool("make", _ => new SimulatedAnswer(TimeSpan.FromMilliseconds(10), new TextDatum(candidates[made++])));
        int value = _graph.Control(StepKind.Best, "best", [], [("n", "4")], (false, _ => _graph.Tool("make")), (true, c => _graph.Operator("length", "int", c)));
        Assert.Equal("aa", _simulation.Value(_graph.Build(value)));
    }

    [Fact]
    public void ACandidateThatFailsDropsOut()
    {
        int made = 0;
        _simulation.Tool("make", _ => new SimulatedAnswer(TimeSpan.FromMilliseconds(++made * 10), new TextDatum("good")) { Failure = made == 1 ? Simulation.Failure("make") : null });
        int value = _graph.Control(StepKind.Best, "best", [], [("n", "3")], (false, _ => _graph.Tool("make")), (true, c => _graph.Operator("length", "int", c)));
        Assert.Equal("good", _simulation.Value(_graph.Build(value)));
    }

    [Fact]
    public void TryFallsBackAfterAllInsideHasStopped()
    {
        _simulation.Tool("slow", 1000, "s").Failing("bad", 10).Tool("other", 5, "other");
        int value = _graph.Control(StepKind.Try, "t", [], [],
            (false, _ => _graph.Add(StepKind.List, "l", [_graph.Tool("slow"), _graph.Tool("bad")], "list<text>")), (false, _ => _graph.Tool("other")));
        RunResult result = _simulation.Run(_graph.Build(value));
        Assert.Equal(("other", 15, 1), (result.Value?.ToText(), result.Elapsed.TotalMilliseconds, _simulation.Target.Cancelled));
        Assert.Contains("bad broke", Assert.Single(result.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void NestedRegionsSeeOuterValues()
    {
        int outer = _graph.Constant("100", "int");
        int list = _graph.Constant("[1,2]");
        int value = _graph.Control(StepKind.Map, "rows", [list], [], (true, row =>
            _graph.Control(StepKind.Map, "columns", [list], [], (true, column => _graph.Operator("add", "int", outer, _graph.Operator("mul", "int", row, column))))));
        Assert.Equal("[[101,102],[102,104]]", _simulation.Value(_graph.Build(value)));
    }

    [Fact]
    public void WithNobodyThereTheFallbackIsUsedAndSaid()
    {
        _simulation.Options = new EngineOptions { NoHumans = true };
        int value = _graph.Control(StepKind.Human, "approve", [Text("ok?")], [("timeout_us", "1000000")], (false, _ => Text("no")));
        RunResult result = _simulation.Run(_graph.Build(value));
        Assert.Equal("no", result.Value?.ToText());
        Assert.Equal("'approve': nobody was there to answer; the fallback was used", Assert.Single(result.Notes));
    }

    [Fact]
    public void WhatIsRememberedIsRecalledAndAFullMemorySaysSo()
    {
        int kept = _graph.Leaf(StepKind.Remember, "r", [Text("k"), Text("v")], "text", "notes");
        _graph.Leaf(StepKind.Remember, "r", [Text("k2"), Text("v")], "text", "notes");
        TaskGraph graph = _graph.Build(_graph.Leaf(StepKind.Recall, "c", [_graph.Operator("add", "text", Text("k"), _graph.Operator("join", "text", _graph.Add(StepKind.List, "none", [], "list<text>"), kept))], "text?", "notes"));
        Assert.Equal("v", _simulation.Value(graph));

        var third = new GraphBuilder();
        int full = third.Leaf(StepKind.Remember, "r", [third.Constant("\"k3\""), third.Constant("1")], "json", "notes");
        Assert.Equal("ORC5016", _simulation.Run(third.Build(full)).Failure?.Code);
    }
}
