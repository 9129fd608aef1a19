using Orchestrator.Cli.Bench;
using Orchestrator.Compiler.Placing;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>Planning again near what runs.</summary>
public sealed class ReplanTests
{
    private const double Tolerance = 0.05;

    [Fact]
    public void NothingMovesWhenNothingIsLost()
    {
        PlacementProblem problem = PlacementInput.Make(30, 2);
        int[] running = Running(problem);
        ReplanAnswer answer = Replan.Run(problem, running, Tolerance, 1, TestContext.Current.CancellationToken);
        Assert.Equal(0, answer.Moved);
        Assert.Equal(running, answer.Value!.Chosen); // a plan runs, so there is one
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void ALostDeviceMovesFewPoolsWithinTheTolerance(int seed)
    {
        PlacementProblem problem = PlacementInput.Make(30, seed);
        int[] running = Running(problem);
        int device = problem.Candidates[running[0]].Device;
        long used = (running.Where(c => problem.Candidates[c].Device == device).Sum(c => problem.Candidates[c].Use) + PlacementProblem.WholeDevice - 1) / PlacementProblem.WholeDevice;
        PlacementProblem now = problem with { Devices = [.. problem.Devices.Select((d, i) => i == device ? d with { Count = used - 1 } : d)] };
        Assert.NotEqual(0, new PlacementEvaluator(now).Evaluate(running).Violation);

        ReplanAnswer answer = Replan.Run(now, running, Tolerance, 1, TestContext.Current.CancellationToken);
        PlacementValue value = Assert.IsType<PlacementValue>(answer.Value);
        Assert.Equal(0, value.Violation);
        Assert.InRange(answer.Moved, 1, running.Length / 2);
        Assert.Equal(answer.Moved, value.Chosen.Except(running).Count());
        Assert.InRange(value.Objective, answer.Bound - 1, (1 + Tolerance) * answer.Reference);
        Assert.Equal(value.Chosen, Replan.Run(now, running, Tolerance, 1, TestContext.Current.CancellationToken).Value!.Chosen); // the same again
    }

    [Fact]
    public void WhatNoLongerExistsIsReplaced()
    {
        PlacementProblem problem = PlacementInput.Make(30, 2);
        int[] running = Running(problem);
        ReplanAnswer answer = Replan.Run(problem, running[1..], Tolerance, 1, TestContext.Current.CancellationToken);
        Assert.Equal(0, answer.Value!.Violation); // nothing is scarce on even seeds
        Assert.Equal(1, answer.Moved);
    }

    [Fact]
    public void ARunningPlanIsAStartForTheSearch()
    {
        PlacementProblem problem = PlacementInput.Make(60, 2);
        int[] running = Running(problem);
        SearchAnswer answer = PlacementSearch.Solve(problem, 0.05, breakTies: false, TestContext.Current.CancellationToken, running);
        Assert.True(answer.Value!.Objective <= new PlacementEvaluator(problem).Evaluate(running).Objective); // a plan is known
    }

    private static int[] Running(PlacementProblem problem) =>
        PlacementSearch.Solve(problem, 0.5, breakTies: false, TestContext.Current.CancellationToken).Value!.Chosen; // made-up problems have plans
}
