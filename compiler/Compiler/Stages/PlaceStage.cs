using Orchestrator.Compiler.Placing;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>Stage 7: chooses a pool for every task so that the promise holds at the least cost, with a lower bound on any other plan.</summary>
public static class PlaceStage
{
    /// <summary>
    /// The plan, or why there is none and what comes nearest. The fleet is taken with its people (<see cref="Fleet.WithPerson"/>). The same
    /// input gives the same answer on any machine. Throws <see cref="OperationCanceledException"/> when cancelled.
    /// </summary>
    public static PlacementAnswer Run(TaskGraph graph, Fleet fleet, EstimateTable estimates, Objective objective, CancellationToken cancellation = default) =>
        Run(graph, fleet, estimates, objective, Calibration.Empty, cancellation);

    /// <summary>
    /// The same; <paramref name="calibration"/> is what the estimates were made with, for those of changed inputs that would have a plan, and with
    /// <paramref name="running"/> the plan stays as near to one that runs as little money allows.
    /// </summary>
    public static PlacementAnswer Run(
        TaskGraph graph, Fleet fleet, EstimateTable estimates, Objective objective, Calibration calibration, CancellationToken cancellation, DeploymentPlan? running = null)
    {
        Fleet all = fleet.WithPerson();
        var builder = new ProblemBuilder(graph, all, estimates, objective);
        BuiltProblem built = builder.Build(_ => true);
        var explain = new Infeasibility(graph, all, estimates, objective, calibration, builder, built, cancellation);
        if (!WhatIf.Covered(built.Problem))
        {
            return new PlacementAnswer(null, explain.NoCandidates());
        }

        SearchAnswer answer = running is null
            ? PlacementSearch.Solve(built.Problem, objective.SolverLimit, breakTies: true, cancellation)
            : RunningPools.Near(running, graph, estimates, built, objective.SolverLimit, cancellation);
        if (answer.Value is not { Violation: 0 } value)
        {
            return new PlacementAnswer(null, explain.Why(answer.Status));
        }

        var whatIf = new WhatIf(all, estimates, objective, builder, built, cancellation);
        Placement placement = new PlanReport(graph, all, estimates, objective, builder, built).Write(answer, value);
        return new PlacementAnswer(placement with { Binding = whatIf.Binding(value), BestSingleKind = whatIf.BestSingleKind() }, null);
    }
}
