using Orchestrator.Compiler.Placing;
using Orchestrator.Compiler.Placing.Serial;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>Tasks that take turns on devices, against trying every choice of devices and, where small, every order.</summary>
public sealed class SerialSearchTests
{
    private const double NoBlocks = 0;
    private const double AllBlocks = 1e9;
    private const double SmallBlocks = 150; // of two tasks on three devices; longer edges are left out
    private static readonly CancellationToken Cancellation = TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(AllBlocks)]
    [InlineData(NoBlocks)]
    [InlineData(SmallBlocks)]
    public void TheAnswerIsAsGoodAsTryingEverythingAndTheBoundHolds(double mostChoices)
    {
        for (int seed = 0; seed < 60; seed++)
        {
            PlacementProblem problem = RandomGraph(seed, 3 + seed % 5, 3);
            (int[]? best, long least) = TryAll(problem);
            SearchAnswer answer = SerialSearch.Solve(problem, 0.2, Cancellation, mostChoices);
            if (best is null)
            {
                Assert.True(answer.Value is null, $"seed {seed}: a choice where none fits");
                continue;
            }

            Assert.True(answer.Value is not null, $"seed {seed}: no choice, yet {least} fits");
            long time = SerialSearch.TimeOf(problem, answer.Value.Chosen);
            Assert.True(Fits(problem, answer.Value.Chosen), $"seed {seed}: does not fit");
            Assert.True(answer.Bound <= least + 1e-6 * least, $"seed {seed}: bound {answer.Bound} above {least}");
            Assert.True(time == least, $"seed {seed}: {time}, best {least}");
            Assert.True(answer.Value.Values[problem.MinimiseNode] <= time, $"seed {seed}: the program is above the schedule");
        }
    }

    [Fact]
    public void NoOrderOfTheTasksIsBelowTheBound()
    {
        for (int seed = 0; seed < 40; seed++)
        {
            PlacementProblem problem = RandomGraph(seed, 5, 2);
            long least = Choices(problem).Where(c => Fits(problem, c)).Select(c => AnyOrder(problem, c)).DefaultIfEmpty(long.MaxValue).Min();
            foreach (double most in least == long.MaxValue ? [] : new[] { AllBlocks, SmallBlocks, NoBlocks })
            {
                double bound = SerialSearch.Solve(problem, 0.05, Cancellation, most).Bound;
                Assert.True(bound <= least * (1 + 1e-6), $"seed {seed}: bound {bound}, an order takes {least}");
            }
        }
    }

    [Fact]
    public void AChainIsAsQuickAsItsShortestPath()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            var random = new Random(seed);
            long?[][] times = [.. Enumerable.Range(0, 40).Select(_ => Enumerable.Range(0, 4).Select(_ => (long?)random.Next(1, 1000)).ToArray())];
            SerialData[] data = [.. Enumerable.Range(0, 39).Select(t => new SerialData(t, t + 1, Moves(4, random.Next(1, 400))))];
            PlacementProblem problem = SerialProblem.Make(times, [.. times.Select(_ => new long[4])], data, 4);
            SearchAnswer answer = SerialSearch.Solve(problem, 0.1, Cancellation);
            double[] path = new double[4];
            for (int t = 0; t < times.Length; t++)
            {
                path = [.. Enumerable.Range(0, 4).Select(q => times[t][q]!.Value + (t == 0 ? 0 : Enumerable.Range(0, 4).Min(p => path[p] + data[t - 1].Times[p][q]!.Value)))]; // all are there
            }

            Assert.Equal(ExactStatus.Optimal, answer.Status);
            Assert.Equal(path.Min(), SerialSearch.TimeOf(problem, Assert.IsType<PlacementValue>(answer.Value).Chosen));
        }
    }

    [Fact]
    public void RoomBindsAndWhereItDoesNotSufficeThereIsNoPlan()
    {
        // The second device is twice as quick and holds half of the tasks.
        static PlacementProblem Problem(int tasks, long use) => SerialProblem.Make(
            [.. Enumerable.Range(0, tasks).Select(_ => new long?[] { 200, 100 })],
            [.. Enumerable.Range(0, tasks).Select(_ => new[] { use, use })],
            [.. Enumerable.Range(0, tasks - 1).Select(t => new SerialData(t, t + 1, Moves(2, 30)))],
            2);
        PlacementProblem full = Problem(20, PlacementProblem.WholeDevice / 10);
        SearchAnswer half = SerialSearch.Solve(full, 0.2, Cancellation);
        Assert.Equal(10 * 100 + 10 * 200 + 30, SerialSearch.TimeOf(full, Assert.IsType<PlacementValue>(half.Value).Chosen));
        Assert.InRange(half.Bound, 10 * 100 + 10 * 200 - 1, 10 * 100 + 10 * 200 + 30);
        Assert.Equal(ExactStatus.Infeasible, SerialSearch.Solve(Problem(21, PlacementProblem.WholeDevice / 10), 0.2, Cancellation).Status);
    }

    [Fact]
    public void TheSameProblemGivesTheSameChoice()
    {
        PlacementProblem problem = RandomGraph(7, 24, 4);
        int[] first = Assert.IsType<PlacementValue>(SerialSearch.Solve(problem, 0.5, Cancellation).Value).Chosen;
        Assert.All(
            Enumerable.Range(0, 3).AsParallel().WithDegreeOfParallelism(3).Select(_ => SerialSearch.Solve(RandomGraph(7, 24, 4), 0.5, Cancellation).Value?.Chosen).ToArray(),
            again => Assert.Equal(first, again));
    }

    [Fact]
    public void ManyTasksOnFourDevicesComeNearTheBound()
    {
        SearchAnswer answer = PlacementSearch.Solve(RandomGraph(3, 120, 4), 1, breakTies: false, Cancellation);
        long time = SerialSearch.TimeOf(RandomGraph(3, 120, 4), Assert.IsType<PlacementValue>(answer.Value).Chosen);
        Assert.InRange(answer.Bound / time, 0.95, 1);
    }

    [Fact]
    public void LongEdgesAreLeftOutForTheBound()
    {
        // Each task of the first half is read again in the second, in reverse order: between the ends no task stands between all others.
        const int Count = 60;
        var random = new Random(5);
        long?[][] times = [.. Enumerable.Range(0, Count).Select(_ => Enumerable.Range(0, 4).Select(_ => (long?)random.Next(100, 400)).ToArray())];
        long[][] uses = [.. Enumerable.Range(0, Count).Select(_ => Enumerable.Repeat(PlacementProblem.WholeDevice / 25, 4).ToArray())];
        SerialData[] data =
        [
            .. Enumerable.Range(0, Count - 1).Select(t => new SerialData(t, t + 1, Moves(4, 20))),
            .. Enumerable.Range(0, Count / 2 - 1).Select(t => new SerialData(t, Count - 1 - t, Moves(4, 20))),
        ];
        PlacementProblem problem = SerialProblem.Make(times, uses, data, 4);
        SearchAnswer answer = SerialSearch.Solve(problem, 1, Cancellation);
        long time = SerialSearch.TimeOf(problem, Assert.IsType<PlacementValue>(answer.Value).Chosen);
        Assert.InRange(answer.Bound / time, 0.97, 1);
    }

    // Chains with branches of one or two tasks; some tasks lack a device, some pairs of devices cannot exchange data, and room is short.
    private static PlacementProblem RandomGraph(int seed, int tasks, int devices)
    {
        var random = new Random(seed);
        long?[][] times = [.. Enumerable.Range(0, tasks).Select(_ => Enumerable.Range(0, devices).Select(d => d > 0 && random.Next(8) == 0 ? (long?)null : random.Next(20, 400)).ToArray())];
        long[] sizes = [.. Enumerable.Range(0, tasks).Select(_ => random.Next(3) == 0 ? 0L : random.Next(1, 100))];
        double fill = sizes.Sum() * (0.4 + 0.4 * random.NextDouble()) + 1;
        long[][] uses = [.. sizes.Select(s => Enumerable.Range(0, devices).Select(d => (long)(PlacementProblem.WholeDevice * s / fill)).ToArray())];
        var data = new List<SerialData>();
        for (int t = 1, join = 0; t < tasks; t++)
        {
            int from = random.Next(3) == 0 && join < t - 1 ? join : t - 1;
            data.Add(new SerialData(from, t, Moves(devices, random.Next(1, 120))));
            if (from == join && t - 1 != join)
            {
                // The branch closes at the next task.
                if (t + 1 < tasks)
                {
                    data.Add(new SerialData(t - 1, t + 1, Moves(devices, random.Next(1, 120))));
                }

                join = t + 1;
            }
            else if (random.Next(2) == 0)
            {
                join = t;
            }
        }

        return SerialProblem.Make(times, uses, [.. data.DistinctBy(d => (d.From, d.To))], devices);
    }

    private static long?[][] Moves(int devices, long time) =>
        [.. Enumerable.Range(0, devices).Select(p => Enumerable.Range(0, devices).Select(q => (long?)(p == q ? 0 : time + p)).ToArray())];

    private static (int[]? Best, long Time) TryAll(PlacementProblem problem)
    {
        (int[]? best, long least) = (null, long.MaxValue);
        foreach (int[] chosen in Choices(problem))
        {
            long time = Fits(problem, chosen) ? SerialSearch.TimeOf(problem, chosen) : -1;
            if (time >= 0 && time < least)
            {
                (best, least) = (chosen, time);
            }
        }

        return (best, least);
    }

    private static IEnumerable<int[]> Choices(PlacementProblem problem)
    {
        IEnumerable<int[]> all = [[]];
        foreach (int[] candidates in problem.Covering())
        {
            all = [.. all.SelectMany(c => candidates.Select(k => (int[])[.. c, k]))];
        }

        return all;
    }

    private static bool Fits(PlacementProblem problem, int[] chosen) =>
        chosen.GroupBy(c => problem.Candidates[c].Device).All(d => d.Sum(c => problem.Candidates[c].Use) <= problem.Devices[d.Key].Count * PlacementProblem.WholeDevice);

    // The quickest of all orders in which producers come before consumers, each task as soon as it can.
    private static long AnyOrder(PlacementProblem problem, int[] chosen)
    {
        long least = long.MaxValue;
        void Go(List<int> done, long[] ends)
        {
            if (done.Count == problem.TaskCount)
            {
                least = Math.Min(least, ends.Max());
                return;
            }

            for (int t = 0; t < problem.TaskCount; t++)
            {
                if (!done.Contains(t) && problem.Edges.All(e => e.To != t || done.Contains(e.From)))
                {
                    PlacementCandidate here = problem.Candidates[chosen[t]];
                    long start = done.Where(u => problem.Candidates[chosen[u]].Device == here.Device).Select(u => ends[u]).DefaultIfEmpty(0).Max();
                    foreach (PlacementEdge edge in problem.Edges.Where(e => e.To == t))
                    {
                        Move? move = edge.Moves[edge.FromClass[chosen[edge.From]]][edge.ToClass[chosen[t]]];
                        start = Math.Max(start, move is null ? long.MaxValue / 4 : ends[edge.From] + move.Time);
                    }

                    long[] next = [.. ends];
                    next[t] = start + here.Durations[0][0];
                    Go([.. done, t], next);
                }
            }
        }

        Go([], new long[problem.TaskCount]);
        return least;
    }
}
