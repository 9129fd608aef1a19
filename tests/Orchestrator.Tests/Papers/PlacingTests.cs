using Orchestrator.Cli.Papers.Placing;
using Orchestrator.CostModels;
using Xunit;

namespace Orchestrator.Tests.Papers;

/// <summary>Small problems of placement, solved exactly: hand-made ones, and every choice tried on drawn ones.</summary>
public sealed class PlacingTests
{
    [Fact]
    public void EveryChoiceIsWalkedThroughOnce()
    {
        int[] digits = [0, 0];
        var seen = new List<string>();
        do
        {
            seen.Add(string.Concat(digits));
        }
        while (Counting.Next(digits, 3));
        Assert.Equal(["00", "01", "02", "10", "11", "12", "20", "21", "22"], seen);
        int[] things = [0, 0, 1, 1];
        seen = ["0011"];
        while (Counting.NextOrder(things))
        {
            seen.Add(string.Concat(things));
        }

        Assert.Equal(["0011", "0101", "0110", "1001", "1010", "1100"], seen);
    }

    // Two categories of equal weight: the large expert is best at both, the two small ones each at one.
    [Theory]
    [InlineData(1, double.NegativeInfinity, "")]
    [InlineData(2, 0.5, "00")] // one small expert: 0.5 (0.8 + 0.2)
    [InlineData(4, 0.8, "01")] // both small ones
    [InlineData(9, 0.8, "01")]
    [InlineData(10, 0.85, "22")] // the large one alone: 0.5 (0.9 + 0.8)
    [InlineData(12, 0.85, "22")]
    public void ExpertsAreKeptWithinTheBudget(double budget, double quality, string map)
    {
        double[][] scores = [[0.8, 0.2], [0.1, 0.8], [0.9, 0.8]];
        ExpertChoice best = ExpertChoice.Best([2, 2, 10], [0.5, 0.5], scores, budget);
        Assert.Equal(quality, best.Quality, 12);
        Assert.Equal(map, string.Concat(best.Map));
        Assert.Equal(quality, ExpertChoice.Tried([2, 2, 10], [0.5, 0.5], scores, budget).Quality, 12);
    }

    [Fact]
    public void ExpertsOfNineCategoriesAreThoseOfEveryMap()
    {
        var random = new Random(41);
        double[] sizes = [1, 2, 3];
        double[] weights = [.. Enumerable.Range(0, 9).Select(_ => random.NextDouble())];
        double[][] scores = [.. sizes.Select(_ => weights.Select(_ => random.NextDouble()).ToArray())];
        foreach (double budget in new[] { 1.5, 2.5, 3.5, 4.5, 5.5, 6.5 })
        {
            Assert.Equal(ExpertChoice.Tried(sizes, weights, scores, budget).Quality, ExpertChoice.Best(sizes, weights, scores, budget).Quality, 12);
        }

        Assert.Throws<ArgumentException>(() => ExpertChoice.Best(new double[21], [1], [], 1));
    }

    // Two clusters of two nodes with 10 bytes a second inside and 1 between, two stages of two replicas, 20 bytes of gradients: rings send 20.
    [Theory]
    [InlineData(5, "0011", 7)] // 20 / 10 + 5 / 1
    [InlineData(50, "0101", 25)] // 20 / 1 + 50 / 10: the pipeline carries more
    public void StagesStayInClustersWhileBoundariesAreLight(double boundary, string best, double seconds)
    {
        var grid = new StageGrid([new(2, 10), new(2, 10)], 1, 2, 20, boundary);
        Assert.Equal(best, string.Concat(grid.Best()));
        Assert.Equal(seconds, grid.Seconds(grid.Best()), 12);
        Assert.Equal("0011", string.Concat(grid.ByStage()));
        Assert.Equal("0101", string.Concat(grid.ByReplica()));
        Assert.Equal(0, grid.StagesAcross(grid.ByStage()));
        Assert.Equal(2, grid.StagesAcross(grid.ByReplica()));
    }

    [Fact]
    public void AClusterThatFillsNoStageLeavesOneAcross()
    {
        var grid = new StageGrid([new(3, 10), new(5, 10)], 1, 4, 20, 1);
        Assert.Equal(1, grid.StagesAcross(grid.ByStage()));
        Assert.Equal(grid.Seconds(grid.Best()), grid.Seconds(grid.ByStage()), 12);
    }

    [Fact]
    public void LayersAreCutBySpeed()
    {
        Assert.Equal([2, 1], StageSplit.Best([1, 1, 1], [2, 1]));
        Assert.Equal([1, 3], StageSplit.Best([6, 2, 2, 2], [1, 1]));
        Assert.Equal(6, StageSplit.Seconds([6, 2, 2, 2], [1, 1], [1, 3]));
        var random = new Random(43);
        for (int model = 0; model < 60; model++)
        {
            double[] costs = [.. Enumerable.Range(0, 3 + model % 6).Select(_ => random.NextDouble())];
            double[] speeds = [.. Enumerable.Range(0, 1 + model % 3).Select(_ => 0.1 + random.NextDouble())];
            int[] layers = StageSplit.Best(costs, speeds);
            Assert.Equal(costs.Length, layers.Sum());
            Assert.Equal(StageSplit.Tried(costs, speeds), StageSplit.Seconds(costs, speeds, layers), 12);
        }
    }

    [Fact]
    public void LongestFirstStaysWithinItsBound()
    {
        double[] worst = [3, 3, 2, 2, 2]; // Graham's example: 7 against 6 on two
        Assert.Equal(7, Load(worst, 2));
        Assert.Equal(6, LongestFirst.Tried(worst, 2));
        var random = new Random(47);
        for (int set = 0; set < 60; set++)
        {
            int ranks = 2 + set % 2;
            double[] costs = [.. Enumerable.Range(0, 3 + set % 5).Select(_ => random.NextDouble())];
            double best = LongestFirst.Tried(costs, ranks);
            Assert.InRange(Load(costs, ranks), best - 1e-12, best * (4.0 / 3 - 1.0 / (3 * ranks)) + 1e-12);
        }
    }

    [Fact]
    public void AThingOfSeveralRanksLiesOnDifferentOnes()
    {
        int[][] chosen = LongestFirst.Ranks([new(8, 2), new(3, 1), new(1, 1)], 3);
        Assert.Equal(2, chosen[0].Distinct().Count());
        Assert.Equal([4.0, 4, 4], LongestFirst.Loads([8, 3, 1], chosen, 3));
    }

    [Fact]
    public void RulesCutColumnsThenRows()
    {
        BlockMatrix[] half = [new("gate"), new("up"), new("down", "gate", "up")];
        Assert.Equal([Cut.Columns, Cut.Columns, Cut.Rows], MatrixCut.Alternate(half));
        Assert.Equal(1, MatrixCut.Collectives(half, MatrixCut.Alternate(half)));
        Assert.Equal(3, MatrixCut.Collectives(half, [Cut.Columns, Cut.Columns, Cut.Columns])); // both parts gathered, and the output
        Assert.Equal(3, MatrixCut.Collectives(half, [Cut.Rows, Cut.Rows, Cut.Rows]));
        Assert.Equal((1, 1), MatrixCut.Tried(half));
        Assert.Equal([Cut.Columns, Cut.Rows, Cut.Columns], MatrixCut.Alternate([new("a"), new("b", "a"), new("c", "b")]));
    }

    [Fact]
    public void ACutBlockIsTheWholeOne()
    {
        long[,] x = CutBlock.Make(2, 2, (i, j) => i == j ? 1 : 0);
        long[,] up = CutBlock.Make(2, 2, (i, j) => (i == 0 ? 1 : -1) * (j + 1)); // 1 2 / -1 -2
        long[,] down = CutBlock.Make(2, 2, (i, j) => 1 + i + 2 * j); // 1 3 / 2 4
        long[,] expected = CutBlock.Make(2, 2, (i, j) => i == 1 ? 0 : j == 0 ? 5 : 11); // relu leaves 1 2 / 0 0
        Assert.Equal(expected.Cast<long>(), CutBlock.FeedForward(x, up, down, 1).Cast<long>());
        Assert.Equal(expected.Cast<long>(), CutBlock.FeedForward(x, up, down, 2).Cast<long>());
        long[][,] projections = [up, down, up];
        Assert.Equal(CutBlock.Attention(x, projections, down, 2, 1).Cast<long>(), CutBlock.Attention(x, projections, down, 2, 2).Cast<long>());
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(2, 8)]
    [InlineData(3, 4)] // the third alone
    [InlineData(4, 4)] // still the third, not the first two
    [InlineData(5, 2)]
    [InlineData(7, 0)]
    public void AKnapsackIsFilledExactly(double capacity, double seconds)
    {
        (double, double)[] things = [(2, 2), (2, 2), (3, 6)];
        Assert.Equal(seconds, TradeOff.Within(TradeOff.Front(things), capacity).Two, 12);
        Assert.Equal(seconds, TradeOff.Within(TradeOff.All(things), capacity).Two, 12);
    }

    [Fact]
    public void GreedyIsNotAlwaysTheOptimumAndTheFrontIs()
    {
        (double, double)[] things = [(3, 6), (2, 3.5), (2, 3.5)];
        Assert.Equal(7, TradeOff.Greedy(things, 4).Two, 12); // the densest first leaves one byte empty
        Assert.Equal(6, TradeOff.Within(TradeOff.Front(things), 4).Two, 12);
        var random = new Random(53);
        for (int set = 0; set < 60; set++)
        {
            (double One, double Two)[] drawn = [.. Enumerable.Range(0, 1 + set % 10).Select(_ => (random.NextDouble(), random.NextDouble()))];
            double capacity = random.NextDouble() * drawn.Sum(t => t.One);
            Assert.Equal(TradeOff.Within(TradeOff.All(drawn), capacity).Two, TradeOff.Within(TradeOff.Front(drawn), capacity).Two, 12);
            TradeOff.Choice exact = TradeOff.Balanced(TradeOff.Front(drawn), 0.3, 0.5);
            TradeOff.Choice tried = TradeOff.Balanced(TradeOff.All(drawn), 0.3, 0.5);
            Assert.Equal(Math.Max(0.3 + tried.One, 0.5 + tried.Two), Math.Max(0.3 + exact.One, 0.5 + exact.Two), 12);
        }

        Assert.Throws<ArgumentException>(() => TradeOff.Front(new (double, double)[63]));
    }

    // 10 million weights, one layer of width 1,000, 1,000 tokens: seconds of arithmetic, optimiser, weights and activations by hand.
    [Fact]
    public void AStepWithCardsTakesItsFourParts()
    {
        var model = new ModelCard { Name = "small", Kind = "llm", Layers = 1, Width = 1000, Heads = 10, KvHeads = 10, Vocabulary = 1, PublishedParameters = 10e6, Source = "made for this test" };
        var step = new OffloadStep(model, 1000, 0, 80e9, 1e6, 28e7, 5e5);
        const double compute = 1; // 4/3 x 6 x 10e6 x 1000 / 80e9
        Assert.Equal(compute + 1 + 60 + 4, step.InMemory, 9);
        Assert.Equal(compute + 1 + 60 + 8, step.ByUse(1), 9);
        Assert.Equal(step.InMemory, step.ByUse(2), 9);
        Assert.Equal(compute + 2.5 + 60 + 4, step.Interleaved, 9);
        Assert.Equal(1 + 60 + 8, (step with { Overlaps = true }).ByUse(1), 9);
    }

    [Fact]
    public void AStepOfTwoLayersTakesWhatItsPlayTakes()
    {
        SwapLayer[] layers = [new(1, 0.5, 0.25), new(1, 0.5, 0.25)];
        Assert.Equal(8, SwapPlay.Bound(layers, 0)); // both computed again: 2 x (3 + 1)
        Assert.Equal(8.25, SwapPlay.Seconds(layers, 0), 12); // the first weights come before
        Assert.Equal(6, SwapPlay.Bound(layers, 0b11));
        Assert.True(SwapPlay.Seconds(layers, 0b11) >= 6);
    }

    [Theory]
    [InlineData((int)SwapPlay.Optimiser.After, 24)] // 2 x 4, then (3 + 2 + 3) twice
    [InlineData((int)SwapPlay.Optimiser.Beside, 17)] // read 3, gradient 4, update 6, written 9, read 12, update 14, written 17
    [InlineData((int)SwapPlay.Optimiser.BesideDelayed, 13)] // read 3 and 6, updates 6 and 10, written 9 and 13
    public void AnOptimiserBesideTheBackwardPassEndsEarlier(int optimiser, double seconds) =>
        Assert.Equal(seconds, SwapPlay.Update(2, 4, 3, 2, (SwapPlay.Optimiser)optimiser), 12);

    [Theory]
    [InlineData(4, 6, 6, 2)] // 6 experts 2 2 1 1: one of each full device to the two new ones
    [InlineData(1, 2, 6, 3)]
    [InlineData(3, 2, 6, 2)] // the two of the device that goes
    [InlineData(2, 2, 5, 0)]
    [InlineData(2, 3, 5, 1)] // 3 2 to 2 2 1
    public void FewExpertsMove(int from, int to, int experts, int moves)
    {
        int[] before = ExpertMoves.Even(experts, from);
        Assert.Equal(moves, ExpertMoves.Least(before, to).Count);
        Assert.Equal(moves, ExpertMoves.LeastByMatching(before, to));
        Assert.Equal(moves, MovesTried(before, to));
        Assert.True(ExpertMoves.Renumbered(before, to).Count >= moves);
    }

    [Fact]
    public void FewExpertsMoveFromUnevenPlacementsToo()
    {
        int[] before = new int[6];
        do
        {
            int least = ExpertMoves.Least(before, 2).Count;
            Assert.Equal(MovesTried(before, 2), least);
            Assert.Equal(least, ExpertMoves.LeastByMatching(before, 2));
        }
        while (Counting.Next(before, 3));
    }

    [Theory]
    [InlineData("3 2 1", "6 6 6", 2)] // each its own, two partial results
    [InlineData("3 2 1", "6 0 0", 3)]
    [InlineData("0 4 0", "9 2 9", 3)] // two stay, two leave for one other, one partial result
    [InlineData("0 0 0", "0 0 0", 0)]
    public void UpdatesStayWhereThereIsRoom(string landed, string room, int crossing)
    {
        (int[] at, int[] free) = (Numbers(landed), Numbers(room));
        UpdatePlaces best = UpdatePlaces.Best(at, free);
        Assert.Equal(crossing, best.Crossing);
        Assert.Equal(crossing, UpdatePlaces.Tried(at, free));
        Assert.Equal(at.Sum(), best.Aggregated.Sum());
        Assert.All(best.Aggregated.Zip(free), p => Assert.True(p.First <= p.Second));
    }

    [Fact]
    public void AMeanByLevelsIsTheMean()
    {
        (double, double)[] updates = [(1, 10), (2, 20), (3, 30), (4, 40), (5, 50)];
        Assert.Equal(550.0 / 15, UpdatePlaces.FlatMean(updates), 12);
        Assert.Equal(UpdatePlaces.FlatMean(updates), UpdatePlaces.TreeMean(updates, 2), 12);
        Assert.Throws<ArgumentException>(() => UpdatePlaces.Best([3, 1], [2, 1]));
    }

    [Theory]
    [InlineData(1, 1, 2)] // 4 groups of 2 of 8 devices: half each
    [InlineData(3, 1, 1)] // a quarter reads
    [InlineData(1, 7, 3)] // seven eighths would read; whole groups leave two devices that write
    public void PoolsInStepServeMost(double read, double write, int groups)
    {
        var split = new PoolSplit(8, 2, read, write);
        Assert.Equal(groups, split.InStep());
        Assert.Equal(split.Requests(split.Tried()), split.Requests(split.InStep()), 12);
    }

    private static double Load(double[] costs, int ranks) =>
        LongestFirst.Loads(costs, LongestFirst.Ranks([.. costs.Select(c => new Shared(c, 1))], ranks), ranks).Max();

    private static int[] Numbers(string text) => [.. text.Split(' ').Select(int.Parse)];

    // Every placement on the devices that is as even as can be.
    private static int MovesTried(int[] before, int devices)
    {
        int best = int.MaxValue;
        int[] after = new int[before.Length];
        do
        {
            int[] counts = [.. Enumerable.Range(0, devices).Select(d => after.Count(a => a == d))];
            best = counts.Max() - counts.Min() <= 1 ? Math.Min(best, after.Zip(before).Count(p => p.First != p.Second)) : best;
        }
        while (Counting.Next(after, devices));
        return best;
    }
}
