using System.Globalization;
using Orchestrator.Compiler.Placing;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>Placement against trying everything, on random workflows with branches, loops, maps, races, split pools and priced links.</summary>
public sealed class BruteForceTests
{
    private const int QuickCount = 60;

    /// <summary>How many seeds; <c>ORC_PLACE_RANDOM=2000</c> for the long form.</summary>
    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("ORC_PLACE_RANDOM"), CultureInfo.InvariantCulture, out int n) ? n : QuickCount;

    [Fact]
    public void PlacementIsAsGoodAsTryingEverything()
    {
        int feasible = 0;
        int cut = 0;
        for (int seed = 0; seed < Count; seed++)
        {
            var workflow = new RandomWorkflow(seed);
            var brute = new BruteForce(workflow);
            double? best = brute.Best();
            Fleet fleet = workflow.Fleet;
            BuiltProblem built = new ProblemBuilder(workflow.Graph, fleet, workflow.Table, workflow.Objective).Build(_ => true);
            if (!WhatIf.Covered(built.Problem))
            {
                Assert.True(best is null, $"seed {seed}: a task without candidates, yet a plan of {best}");
                continue;
            }

            SearchAnswer answer = PlacementSearch.Solve(built.Problem, 20, breakTies: true, TestContext.Current.CancellationToken);
            if (best is not { } expected)
            {
                Assert.True(answer.Status == ExactStatus.Infeasible, $"seed {seed}: a plan where trying everything finds none");
                continue;
            }

            feasible++;
            cut += answer.Value?.Chosen.Count(c => workflow.Table.Candidates[built.CandidateIds[c]].Cut is not null) ?? 0;
            Assert.True(answer.Status == ExactStatus.Optimal, $"seed {seed}: {answer.Status}, yet there is a plan of {expected}");
            PlacementValue value = Assert.IsType<PlacementValue>(answer.Value);
            double found = value.Objective * built.DollarsPerUnit;
            double? again = brute.Value([.. value.Chosen.Select(c => workflow.Table.Candidates[built.CandidateIds[c]])]);
            string figures = string.Create(CultureInfo.InvariantCulture, $"seed {seed}: found {found}, that is worth {again}, best {expected}");
            Assert.True(Near(found, expected) && again is { } a && Near(a, expected), figures);
        }

        Assert.True(feasible > Count / 3, $"only {feasible} of {Count} random workflows had a plan");
        Assert.True(cut > 0, "no plan took a pool whose layers lie on several devices");
    }

    // Money is rounded to nano-dollars per candidate and transfer, and hourly sums hold at most a dozen of them.
    private static bool Near(double a, double b) => Math.Abs(a - b) <= 2e-8 * Math.Max(1, Math.Abs(b));
}
