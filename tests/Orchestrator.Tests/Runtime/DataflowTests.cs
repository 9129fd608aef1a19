using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets.Simulated;
using Xunit;

namespace Orchestrator.Tests.Runtime;

public sealed class DataflowTests
{
    private readonly GraphBuilder _graph = new();
    private readonly Simulation _simulation = new();

    [Fact]
    public void IndependentStepsOverlap()
    {
        _simulation.Tool("a", 100, "x").Tool("b", 70, "y").Tool("c", 30, "z");
        int a = _graph.Tool("a");
        int b = _graph.Tool("b");
        int c = _graph.Tool("c", a, b);
        RunResult result = _simulation.Run(_graph.Build(c));
        Assert.Equal(["a 0", "b 0", "c 100"], _simulation.Starts);
        Assert.Equal(130, result.Elapsed.TotalMilliseconds);
    }

    [Fact]
    public void EffectsKeepTheirWrittenOrder()
    {
        _simulation.Tool("a", 100, "x").Tool("b", 10, "y");
        int first = _graph.Tool("a");
        _graph.Tool("b");
        int second = _graph.Tool("a", "text", [], [first]);
        Assert.Equal("x", _simulation.Value(_graph.Build(second)));
        Assert.Equal(["a 0", "b 0", "a 100"], _simulation.Starts);
    }

    [Fact]
    public void AStepInsideWaitsForNoMoreThanItReads()
    {
        // The branch starts while 'slow' is under way; only 'use' waits for it.
        _simulation.Tool("slow", 100, "s").Tool("quick", 10, "q").Tool("use", 5, "u");
        int slow = _graph.Tool("slow");
        int yes = _graph.Constant("true", "bool");
        int value = _graph.Control(StepKind.If, "choice", [yes], [], (false, _ => _graph.Tool("use", _graph.Tool("quick"), slow)), (false, _ => slow));
        RunResult result = _simulation.Run(_graph.Build(value));
        Assert.Equal(["slow 0", "quick 0", "use 100"], _simulation.Starts);
        Assert.Equal(105, result.Elapsed.TotalMilliseconds);
    }

    [Fact]
    public void ABranchMayYieldAnOuterValueThatComesLater()
    {
        _simulation.Tool("slow", 100, "s");
        int slow = _graph.Tool("slow");
        int value = _graph.Control(StepKind.If, "choice", [_graph.Constant("false", "bool")], [], (false, _ => _graph.Constant("1")), (false, _ => slow));
        Assert.Equal("s", _simulation.Value(_graph.Build(value)));
    }

    [Fact]
    public void AFailureStopsTheRestAndIsTold()
    {
        _simulation.Tool("slow", 1000, "s").Failing("bad", 10);
        int value = _graph.Tool("slow");
        _graph.Tool("bad");
        RunResult result = _simulation.Run(_graph.Build(value));
        Assert.Equal("ORC5999", result.Failure?.Code);
        Assert.Equal(10, result.Elapsed.TotalMilliseconds);
        Assert.Equal(1, _simulation.Target.Cancelled);
    }

    [Fact]
    public void AFailureOutsideStopsAFrameThatOnlyWaits()
    {
        _simulation.Failing("bad", 10);
        int bad = _graph.Tool("bad");
        int value = _graph.Control(StepKind.Try, "t", [], [], (false, _ => _graph.Operator("length", "int", bad)), (false, _ => _graph.Constant("0")));
        Assert.Equal("ORC5999", _simulation.Run(_graph.Build(value)).Failure?.Code);
    }

    [Fact]
    public void ABugOfATargetIsThrownAndNothingIsLeftRunning()
    {
        _simulation.Tool("slow", 1000, "s").Tool("bug", _ => throw new FormatException("ours"));
        int value = _graph.Tool("slow");
        _graph.Tool("bug");
        Assert.Throws<FormatException>(() => _simulation.Run(_graph.Build(value)));
        Assert.Equal(0, _simulation.Target.Executing);
    }

    [Fact]
    public void TheDeadlineEndsTheRun()
    {
        _simulation.Tool("slow", 1000, "s");
        _simulation.Options = new EngineOptions { Deadline = TimeSpan.FromMilliseconds(200) };
        RunResult result = _simulation.Run(_graph.Build(_graph.Tool("slow")));
        Assert.Equal(("ORC5005", 200), (result.Failure?.Code, result.Elapsed.TotalMilliseconds));
    }

    [Fact]
    public void WithinEndsACall()
    {
        _simulation.Tool("slow", 1000, "s");
        int slow = _graph.Tool("slow", "text", [], [], ("within_us", "50000"));
        RunResult result = _simulation.Run(_graph.Build(slow));
        Assert.Equal(("ORC5006", 50), (result.Failure?.Code, result.Elapsed.TotalMilliseconds));
    }

    [Fact]
    public void RetriesPauseLongerEachTimeAndStopAtTheirCount()
    {
        _simulation.Failing("bad", 10, transient: true);
        int value = _graph.Tool("bad", "text", [], [], ("retry", "2"));
        Assert.Equal("ORC5999", _simulation.Run(_graph.Build(value)).Failure?.Code);
        Assert.Equal(["bad 0", "bad 110", "bad 320"], _simulation.Starts);
    }

    [Fact]
    public void WhatCannotWorkIsNotTriedAgain()
    {
        _simulation.Failing("bad", 10);
        Assert.NotNull(_simulation.Run(_graph.Build(_graph.Tool("bad", "text", [], [], ("retry", "2")))).Failure);
        Assert.Single(_simulation.Starts);
    }

    [Fact]
    public void TheTimeoutOfADeclarationBoundsEachAttempt()
    {
        int calls = 0;
        _simulation.Tool("slow", _ => new SimulatedAnswer(TimeSpan.FromMilliseconds(++calls == 1 ? 1000 : 10), new TextDatum("late")));
        _graph.Declare("slow", ("timeout_us", "50000"));
        RunResult result = _simulation.Run(_graph.Build(_graph.Tool("slow", "text", [], [], ("retry", "1"))));
        Assert.Equal(("late", 160), (result.Value?.ToText(), result.Elapsed.TotalMilliseconds));
    }

    [Fact]
    public void ConcurrencyIsBounded()
    {
        _simulation.Tool("a", 10, "x");
        _simulation.Options = new EngineOptions { MaxConcurrency = 3 };
        int[] values = [.. Enumerable.Range(0, 10).Select(_ => _graph.Tool("a"))];
        RunResult result = _simulation.Run(_graph.Build(_graph.Add(StepKind.List, "all", values, "list<text>")));
        Assert.Equal((3, 40), (_simulation.Target.MostExecuting, result.Elapsed.TotalMilliseconds));
    }

    [Fact]
    public void PhasesOfATargetBecomeTimesOfTasks()
    {
        _simulation.Tool("a", _ => new SimulatedAnswer(TimeSpan.FromMilliseconds(10), new TextDatum("x")));
        RunResult result = _simulation.Run(_graph.Build(_graph.Tool("a")));
        Assert.Equal((1, 10), (result.Tasks[0].Executions, result.Tasks[0].Total.TotalMilliseconds));
    }

    [Fact]
    public void ALongChainAndAWideMapRun()
    {
        int value = _graph.Constant("0", "int");
        int one = _graph.Constant("1", "int");
        for (int i = 0; i < 10_000; i++)
        {
            value = _graph.Operator("add", "int", value, one);
        }

        _simulation.Tool("a", r => new SimulatedAnswer(TimeSpan.FromMilliseconds(10), r.Operands[0]));
        int items = _graph.Input("items", "list<text>");
        int map = _graph.Control(StepKind.Map, "map", [items], [], (true, item => _graph.Tool("a", item)));
        TaskGraph graph = _graph.Build(value, _graph.Operator("length", "int", map));
        Datum list = new ListDatum([.. Enumerable.Range(0, 10_000).Select(_ => new TextDatum("x"))]);
        Assert.Equal("[10000,10000]", _simulation.Value(graph, ("items", list)));
    }

    [Fact]
    public void TheNumberOfStepsIsBounded()
    {
        _simulation.Options = new EngineOptions { MaxSteps = 100 };
        int value = _graph.Control(StepKind.Loop, "loop", [_graph.Constant("0", "int")], [("at_most", "1000000")],
            (true, t => _graph.Operator("eq", "bool", t, _graph.Constant("-1", "int"))), (false, _ => _graph.Constant("1", "int")));
        Assert.Equal("ORC5004", _simulation.Run(_graph.Build(value)).Failure?.Code);
    }
}
