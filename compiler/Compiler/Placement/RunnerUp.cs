using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>The best other pool for a task while everything else stays where it is, and why it lost.</summary>
internal sealed class RunnerUp(TaskGraph graph, EstimateTable table, BuiltProblem built, PlacementEvaluator evaluator, ProblemBuilder builder)
{
    /// <summary>The assignment of a task with its runner-up: another device if there is one, else another configuration.</summary>
    public Assignment Of(int task, int[] owner, PlacementValue value)
    {
        int chosen = owner[task];
        PlacementCandidate pool = built.Problem.Candidates[chosen];
        var others = Enumerable.Range(0, built.Problem.Candidates.Length)
            .Where(c => c != chosen && built.Problem.Candidates[c].Tasks.SequenceEqual(pool.Tasks))
            .Select(c => (Id: c, Value: evaluator.Evaluate([.. value.Chosen.Where(x => x != chosen), c])))
            .OrderBy(c => table.Candidates[built.CandidateIds[c.Id]].Device == table.Candidates[built.CandidateIds[chosen]].Device)
            .ThenBy(c => c.Value.Violation)
            .ThenBy(c => c.Value.Objective)
            .ThenBy(c => built.Problem.TieBreak >= 0 ? c.Value.Values[built.Problem.TieBreak] : 0)
            .ThenBy(c => c.Id)
            .ToArray();
        int id = built.CandidateIds[chosen];
        return others.Length == 0
            ? new Assignment(task, id, -1, "nothing else can serve it")
            : new Assignment(task, id, built.CandidateIds[others[0].Id], Reason(others[0].Id, others[0].Value, value, task));
    }

    private string Reason(int candidate, PlacementValue other, PlacementValue value, int task)
    {
        if (other.Violation > 0)
        {
            foreach (PlacementLimit limit in built.Problem.Limits)
            {
                double over = other.Values[limit.Root] - limit.Limit;
                if (over > 0 && limit.OverrunCost is null)
                {
                    return $"misses {limit.Name} by {Seconds.FromMicroseconds(over)}";
                }
            }

            Candidate c = table.Candidates[built.CandidateIds[candidate]];
            return built.Problem.CostLimit is { } most && other.Cost > most
                ? $"over the budget by {Money(other.Cost - most)}"
                : MissingDevices(c);
        }

        long more = other.Objective - value.Objective;
        if (more != 0)
        {
            return (more > 0 ? "+" : "") + Money(more);
        }

        double slower = built.Problem.TieBreak >= 0 ? other.Values[built.Problem.TieBreak] - value.Values[built.Problem.TieBreak] : 0;
        return slower > 0 ? $"same cost, {Seconds.FromMicroseconds(slower)} slower" : $"as good for {graph.Tasks[task].Name}";
    }

    private string MissingDevices(Candidate c)
    {
        DeviceShare most = c.TakenDevices().MaxBy(u => Math.Ceiling(u.Count) - builder.CountOf(u.Device));
        int whole = (int)Math.Ceiling(most.Count);
        int there = builder.CountOf(most.Device);
        return whole > there
            ? string.Create(CultureInfo.InvariantCulture, $"needs {whole}, there are {there}")
            : "its devices or links are taken";
    }

    private string Money(long units) =>
        new Dollars(units * built.DollarsPerUnit) + (built.RunsPerUnit == 1 ? " a run" : "/h");
}
