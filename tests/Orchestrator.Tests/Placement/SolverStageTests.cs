using System.Globalization;
using Orchestrator.Cli.Bench;
using Orchestrator.Compiler.Placing;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>The stages that large problems depend on, one by one, where trying everything is possible.</summary>
public sealed class SolverStageTests
{
    private const int QuickCount = 60;
    private const double Seconds = 20;

    private static int Count => int.TryParse(Environment.GetEnvironmentVariable("ORC_PLACE_RANDOM"), CultureInfo.InvariantCulture, out int n) ? n : QuickCount;

    [Fact]
    public void NothingToPlaceCostsNothing()
    {
        var nothing = new PlacementProblem { TaskCount = 0, Candidates = [], Devices = [], Edges = [], Latency = new LatencyProgram() };
        SearchAnswer answer = PlacementSearch.Solve(nothing, Seconds, breakTies: true, TestContext.Current.CancellationToken);
        Assert.Equal((ExactStatus.Optimal, 0L, 0.0), (answer.Status, answer.Value?.Objective, answer.Bound));
    }

    [Fact]
    public void TheRelaxationIsNeverAboveTheBestAndSplittingReachesIt()
    {
        int split = 0;
        for (int seed = 0; seed < Count; seed++)
        {
            var workflow = new RandomWorkflow(seed);
            if (new BruteForce(workflow).Best() is not { } best)
            {
                continue;
            }

            BuiltProblem built = new ProblemBuilder(workflow.Graph, workflow.Fleet, workflow.Table, workflow.Objective).Build(_ => true);
            using var relaxation = new PlacementRelaxation(built.Problem);
            RelaxedPlan relaxed = relaxation.Solve();
            Assert.True(relaxed.Feasible, $"seed {seed}: there is a plan, but no relaxed one");
            Assert.True(relaxed.Bound * built.DollarsPerUnit <= best + Rounding(best), $"seed {seed}: a bound of {relaxed.Bound * built.DollarsPerUnit} above {best}");

            CoverGroup[] groups = GroupCovers.Of(built.Problem, relaxed.ReducedCosts, 64);
            int[]? found = LocalSearch.Run(built.Problem, groups, [.. groups.Select(g => g.Covers[0])], relaxed, 20, TestContext.Current.CancellationToken);
            if (found is null)
            {
                continue; // a local search may fail; what follows it needs a plan
            }

            split++;
            PlacementValue start = new PlacementEvaluator(built.Problem).Evaluate(found);
            Assert.Equal(0, start.Violation);
            PlacementValue improved = RegionSearch.Improve(built.Problem, groups, relaxed, start, 0.2, TestContext.Current.CancellationToken);
            Assert.True(improved.Violation == 0 && improved.Objective <= start.Objective, $"seed {seed}: regions made a plan worse");
            BoundedPlan plan = BranchAndBound.Run(built.Problem, groups, found, start.Objective, Seconds, TestContext.Current.CancellationToken);
            Assert.True(plan.Proved && Math.Abs(plan.Objective * built.DollarsPerUnit - best) <= Rounding(best), $"seed {seed}: {plan.Objective * built.DollarsPerUnit}, best {best}");
        }

        Assert.True(split > Count / 3, $"only {split} of {Count} random workflows came to be split");
    }

    [Theory]
    [InlineData(30, 1)]
    [InlineData(30, 2)]
    [InlineData(120, 3)]
    public void ALargerProblemHasAValidPlanAndBound(int tasks, int seed)
    {
        PlacementProblem problem = PlacementInput.Make(tasks, seed);
        SearchAnswer answer = PlacementSearch.Solve(problem, 0.5, breakTies: false, TestContext.Current.CancellationToken);
        PlacementValue value = Assert.IsType<PlacementValue>(answer.Value);
        Assert.Equal(0, value.Violation);
        Assert.InRange(answer.Bound, 0.9 * value.Objective, value.Objective);
        Assert.Equal(tasks, value.Chosen.Sum(c => problem.Candidates[c].Tasks.Length));
    }

    [Fact]
    public void AStateThatMovesAgreesWithEvaluatingFromNothing()
    {
        PlacementProblem problem = PlacementInput.Make(40, 5);
        CoverGroup[] groups = GroupCovers.Of(problem, new double[problem.Candidates.Length], 200);
        var state = new PlacementState(problem, groups, [.. groups.Select(g => g.Covers[0])]);
        var random = new Random(5);
        var none = new Penalties(new double[problem.Limits.Length], new double[problem.Devices.Length], 0);
        for (int i = 0; i < 300; i++)
        {
            int group = random.Next(groups.Length);
            int[] before = state.Covers[group];
            state.Put(group, groups[group].Covers[random.Next(groups[group].Covers.Length)]);
            if (i % 3 == 0)
            {
                state.Restore(group, before);
            }
            else
            {
                state.Keep();
            }

            Assert.Equal(new PlacementEvaluator(problem).Evaluate(state.Chosen).Objective, state.Value(none));
        }
    }

    [Fact]
    public void MovingAllocatesNothing()
    {
        PlacementProblem problem = PlacementInput.Make(40, 5);
        CoverGroup[] groups = GroupCovers.Of(problem, new double[problem.Candidates.Length], 50);
        var state = new PlacementState(problem, groups, [.. groups.Select(g => g.Covers[0])]);
        var none = new Penalties(new double[problem.Limits.Length], new double[problem.Devices.Length], 0);
        double value = state.Value(none);
        for (int warm = 0; warm < 3; warm++)
        {
            TryAll();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        TryAll();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);

        void TryAll()
        {
            for (int g = 0; g < groups.Length; g++)
            {
                state.Improve(g, none, ref value);
            }
        }
    }

    // Money is rounded to nano-dollars per candidate and transfer, and hourly sums hold at most a dozen of them.
    private static double Rounding(double dollars) => 2e-8 * Math.Max(1, Math.Abs(dollars));
}
