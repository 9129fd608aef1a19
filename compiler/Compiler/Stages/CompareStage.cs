using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Compiler.Placing;
using Orchestrator.Compiler.Placing.Baselines;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Stages;

/// <summary>Prices a plan and every <see cref="Baseline"/> by one evaluator on one problem.</summary>
public static class CompareStage
{
    /// <summary>This plan first, then the baselines. The same plan gives the same comparison on any machine.</summary>
    /// <exception cref="OperationCanceledException">When <paramref name="cancellation"/> asks for it.</exception>
    public static Comparison Run(DeploymentPlan plan, CancellationToken cancellation = default)
    {
        Fleet fleet = plan.Fleet.WithPerson();
        BuiltProblem built = new ProblemBuilder(plan.Graph, fleet, plan.Estimates, plan.Objective).Build(_ => true);
        var evaluator = new PlacementEvaluator(built.Problem);
        Dictionary<int, int> problemId = Enumerable.Range(0, built.CandidateIds.Length).ToDictionary(i => built.CandidateIds[i]);
        PlacementValue ours = evaluator.Evaluate([.. plan.Placement.Pools.Select(c => problemId[c])]);
        var problem = new BaselineProblem(built.Problem, KindsOf(built, fleet, plan.Estimates), [.. plan.Graph.Tasks.Select(t => t.Name)]);
        var plans = ImmutableArray.CreateBuilder<ComparedPlan>();
        plans.Add(Priced("this plan", "", built, ours, ours, ""));
        foreach (Baseline baseline in Baseline.All)
        {
            BaselineChoice choice = baseline.Choose(problem, cancellation);
            PlacementValue? value = choice.Chosen is { } chosen ? evaluator.Evaluate(chosen) : null;
            plans.Add(value is null ? new ComparedPlan(baseline.Name, baseline.Summary, null, null, null, choice.Note)
                : value.Violation > 0 ? new ComparedPlan(baseline.Name, baseline.Summary, null, null, null, Broken(built, value))
                : Priced(baseline.Name, baseline.Summary, built, value, ours, choice.Note));
        }

        return new Comparison(built.RunsPerUnit == 1 ? "run" : "h", plans.ToImmutable());
    }

    private static ComparedPlan Priced(string name, string summary, BuiltProblem built, PlacementValue value, PlacementValue ours, string note)
    {
        double? saving = ReferenceEquals(value, ours) ? null : value.Objective > 0 ? (value.Objective - ours.Objective) / (double)value.Objective : 0;
        return new ComparedPlan(name, summary, value.Objective * built.DollarsPerUnit, P95(built, value), saving, note);
    }

    private static double P95(BuiltProblem built, PlacementValue value) =>
        Seconds.FromMicroseconds(value.Values[built.Percentiles.First(p => p.Percentile == 95).Times.End]).Value;

    private static ImmutableArray<string> KindsOf(BuiltProblem built, Fleet fleet, EstimateTable table)
    {
        string[] kinds = [.. built.Problem.Devices.Select(_ => "")];
        for (int c = 0; c < built.CandidateIds.Length; c++)
        {
            foreach ((PlacementUse use, DeviceShare share) in built.Problem.Candidates[c].Uses.Zip(table.Candidates[built.CandidateIds[c]].TakenDevices()))
            {
                Device device = fleet.Devices.First(d => d.Name == share.Device);
                kinds[use.Device] = device.Tier is "gpu" or "npu" ? device.Kind : "";
            }
        }

        return [.. kinds];
    }

    // Which promise a choice breaks, with its price all the same.
    private static string Broken(BuiltProblem built, PlacementValue value)
    {
        string price = $"at {new Dollars(value.Objective * built.DollarsPerUnit)}{(built.RunsPerUnit == 1 ? " a run" : "/h")}";
        foreach (PlacementLimit limit in built.Problem.Limits.Where(l => l.OverrunCost is null && value.Values[l.Root] > l.Limit))
        {
            return $"misses {limit.Name} by {Seconds.FromMicroseconds(value.Values[limit.Root] - limit.Limit)} {price}";
        }

        return built.Problem.CostLimit is { } most && value.Cost > most
            ? string.Create(CultureInfo.InvariantCulture, $"over the budget by {new Dollars((value.Cost - most) * built.DollarsPerUnit)}")
            : $"takes devices or links that are not there, {price}";
    }
}
