using System.Globalization;
using Google.OrTools.LinearSolver;
using Orchestrator.Cli.Bench;
using Orchestrator.Compiler.Placing;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>Packing request buckets over kinds of device, against a mixed-integer solver and against trying everything.</summary>
public sealed class CostPackingTests
{
    private const int QuickCount = 6;
    private const int MostCount = 200;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("ORC_PLACE_RANDOM"), CultureInfo.InvariantCulture, out int n) ? Math.Min(n, MostCount) : QuickCount;

    [Fact]
    public void TheOptimumIsThatOfTheIntegerProgram()
    {
        for (int seed = 1; seed <= Count; seed++)
        {
            PackingProblem problem = PackingInput.Make(seed);
            PackingPlan plan = Solved(problem);
            using Solver peer = CostPacking.For(problem, "SCIP")!; // SCIP is in the package
            Assert.Equal(Solver.ResultStatus.OPTIMAL, peer.Solve());
            Assert.True(Math.Abs(peer.Objective().Value() - plan.Cost) <= 1e-6 * plan.Cost, $"seed {seed}: {plan.Cost}, the integer program says {peer.Objective().Value()}");
            AssertConsistent(problem, plan);
        }
    }

    [Fact]
    public void TheOptimumIsThatOfTryingEverything()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            var random = new Random(seed);
            int kinds = random.Next(1, 4);
            double[] prices = [.. Enumerable.Range(0, kinds).Select(_ => random.Next(1, 8) * 0.5)];
            double[][] loads = [.. Enumerable.Range(0, random.Next(1, 4)).Select(_ => prices.Select(p => random.Next(6) == 0 ? double.PositiveInfinity : random.NextDouble() * 3 / p).ToArray())];
            var problem = new PackingProblem(prices, loads, random.Next(1, 4));
            double best = Best(problem, 0, new double[kinds]);
            PackingPlan? plan = CostPacking.Solve(problem, int.MaxValue, TestContext.Current.CancellationToken);
            Assert.Equal(double.IsFinite(best), plan is not null);
            if (plan is not null)
            {
                Assert.Equal(best, plan.Cost, 9);
                AssertConsistent(problem, plan);
            }
        }
    }

    private static PackingPlan Solved(PackingProblem problem) =>
        CostPacking.Solve(problem, int.MaxValue, TestContext.Current.CancellationToken)!; // some kind serves every bucket

    private static void AssertConsistent(PackingProblem problem, PackingPlan plan)
    {
        Assert.Equal(plan.Cost, plan.Bound);
        Assert.All(plan.Assigned, slices => Assert.Equal(problem.Slices, slices.Sum()));
        for (int k = 0; k < problem.Prices.Length; k++)
        {
            double load = plan.Assigned.Select((slices, b) => slices[k] == 0 ? 0 : slices[k] * problem.Loads[b][k] / problem.Slices).Sum();
            Assert.InRange(load, plan.Counts[k] - 1, plan.Counts[k] + 1e-6);
        }

        Assert.Equal(plan.Cost, plan.Counts.Select((n, k) => n * problem.Prices[k]).Sum(), 9);
    }

    private static double Best(PackingProblem problem, int slice, double[] load)
    {
        if (slice == problem.Loads.Length * problem.Slices)
        {
            return load.Select((l, k) => problem.Prices[k] * Math.Ceiling(l - 1e-9)).Sum();
        }

        double best = double.PositiveInfinity;
        for (int k = 0; k < load.Length; k++)
        {
            if (double.IsFinite(problem.Loads[slice / problem.Slices][k]))
            {
                double[] next = [.. load];
                next[k] += problem.Loads[slice / problem.Slices][k] / problem.Slices;
                best = Math.Min(best, Best(problem, slice + 1, next));
            }
        }

        return best;
    }
}
