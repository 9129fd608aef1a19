using Orchestrator.CostModels;
using Orchestrator.CostModels.Operators;
using Xunit;

namespace Orchestrator.Tests.Costs;

/// <summary>Collectives: golden figures of the algorithms, and predicted times against order and left-out measurements.</summary>
public sealed class CollectivePredictorTests
{
    private const string Header = "source,hardware,op,library,ranks,nodes,bytes";
    private static readonly Lazy<CollectivePredictor> Shipped = new(() => new CollectivePredictor());

    // arXiv 2410.00531: on 8 devices a ring pays 56 link latencies, a tree of depth 2 pays 16 and a star 8.
    [Theory]
    [InlineData(CollectiveTopology.Ring, 56)]
    [InlineData(CollectiveTopology.Tree, 16)]
    [InlineData(CollectiveTopology.Star, 8)]
    public void LatencyHopsOfEightDevices(CollectiveTopology topology, double hops) =>
        Assert.Equal(hops, CollectiveAlgorithms.LatencyHops(topology, 8));

    // Latency decides for the star, bytes for the ring, and there is a size between.
    [Fact]
    public void TheStarGivesWayToTheRing()
    {
        Assert.Equal(CollectiveTopology.Star, CollectiveAlgorithms.Fastest(8, 1e3, 1e-3, 40e6).Topology);
        Assert.Equal(CollectiveTopology.Ring, CollectiveAlgorithms.Fastest(8, 1e9, 1e-3, 40e6).Topology);
    }

    // 8 ranks, 1 GB, 100 GB/s, 1 us: 14 steps and 1.75 buffers for an all-reduce, 7 and 0.875 for its halves.
    [Fact]
    public void RingsSendTheLeastBytes()
    {
        Assert.Equal(14e-6 + 0.0175, CollectiveAlgorithms.Ring(CollectiveKind.AllReduce, 8, 1e9, 1e-6, 100e9), 12);
        Assert.Equal(7e-6 + 0.00875, CollectiveAlgorithms.Ring(CollectiveKind.AllGather, 8, 1e9, 1e-6, 100e9), 12);
        Assert.Equal(7e-6 + 0.00875, CollectiveAlgorithms.Ring(CollectiveKind.ReduceScatter, 8, 1e9, 1e-6, 100e9), 12);
        Assert.Equal(1e-6 + 0.01, CollectiveAlgorithms.Send(1e9, 1e-6, 100e9), 12);
        Assert.Equal(0, CollectiveAlgorithms.Ring(CollectiveKind.AllReduce, 1, 1e9, 1e-6, 100e9));
    }

    // An all-reduce is a reduce-scatter and an all-gather, in a ring and in two shots.
    [Fact]
    public void AnAllReduceIsItsTwoHalves()
    {
        double halves = CollectiveAlgorithms.Ring(CollectiveKind.ReduceScatter, 6, 5e8, 2e-6, 50e9)
            + CollectiveAlgorithms.Ring(CollectiveKind.AllGather, 6, 5e8, 2e-6, 50e9);
        Assert.Equal(halves, CollectiveAlgorithms.Ring(CollectiveKind.AllReduce, 6, 5e8, 2e-6, 50e9), 12);
        Assert.Equal(halves - (8 * 2e-6), CollectiveAlgorithms.TwoShot(6, 5e8, 2e-6, 50e9), 12);
    }

    [Fact]
    public void OneShotIsForSmallBuffers()
    {
        double from = CollectiveAlgorithms.TwoShotFrom(8, 1e-6, 100e9);
        Assert.Equal(1e-6 * 100e9 * 8 / 42, from, 6);
        Assert.Equal(CollectiveAlgorithms.OneShot(8, from, 1e-6, 100e9), CollectiveAlgorithms.TwoShot(8, from, 1e-6, 100e9), 12);
        Assert.True(CollectiveAlgorithms.OneShot(8, from / 2, 1e-6, 100e9) < CollectiveAlgorithms.TwoShot(8, from / 2, 1e-6, 100e9));
        Assert.Equal(double.PositiveInfinity, CollectiveAlgorithms.TwoShotFrom(2, 1e-6, 100e9));
    }

    // 8 ranks: 3 levels, up and down; pieces make the bytes count once per direction in the limit.
    [Fact]
    public void TreesPayTheirDepth()
    {
        Assert.Equal(6 * (1e-6 + 0.01), CollectiveAlgorithms.Tree(CollectiveKind.AllReduce, 8, 1e9, 1e-6, 100e9), 12);
        Assert.Equal(3 * (1e-6 + 0.01), CollectiveAlgorithms.Tree(CollectiveKind.Broadcast, 8, 1e9, 1e-6, 100e9), 12);
        Assert.InRange(CollectiveAlgorithms.Tree(CollectiveKind.AllReduce, 8, 1e9, 0, 100e9, 1000), 0.02, 0.0201);
        Assert.Equal(6e-6, CollectiveAlgorithms.HalvingDoubling(8, 0, 1e-6, 100e9), 12);
    }

    // 64 ranks in groups of 8: the slow link carries 1/8 of a flat ring's bytes, and the bytes of the levels add up to the flat ring's.
    [Fact]
    public void HierarchiesSpareTheSlowLink()
    {
        Assert.Equal(1e9 / 8, CollectiveAlgorithms.SlowestLinkBytes(1e9, 8));
        double slow = CollectiveAlgorithms.Hierarchical(64, 8, 1e9, 0, double.PositiveInfinity, 0, 10e9);
        Assert.Equal(2 * 7.0 / 8 * 1e9 / 8 / 10e9, slow, 12);
        double same = CollectiveAlgorithms.Hierarchical(64, 8, 1e9, 0, 10e9, 0, 10e9);
        Assert.Equal(CollectiveAlgorithms.Ring(CollectiveKind.AllReduce, 64, 1e9, 0, 10e9), same, 12);
    }

    [Fact]
    public void AllToAllSendsOnePieceToEach()
    {
        Assert.Equal(7 * (1e-6 + (1e9 / 8 / 100e9)), CollectiveAlgorithms.Pairwise(8, 1e9, 1e-6, 100e9), 12);
        Assert.Equal(1e-6 + 0.00875, CollectiveAlgorithms.Direct(8, 1e9, 1e-6, 100e9), 12);
    }

    [Fact]
    public void ProtocolsSwitchBySize()
    {
        Assert.Equal("LL", CollectiveProtocol.Fastest(CollectiveKind.AllReduce, 8, 1e3, 3.4, 450e3).Protocol.Name);
        Assert.Equal("LL128", CollectiveProtocol.Fastest(CollectiveKind.AllReduce, 8, 1e7, 3.4, 450e3).Protocol.Name);
        Assert.Equal("Simple", CollectiveProtocol.Fastest(CollectiveKind.AllReduce, 8, 1e9, 3.4, 450e3).Protocol.Name);
    }

    // Llama-2-70B has 80 layers: 160 all-reduces.
    [Fact]
    public void TensorParallelLayersReduceTwice() => Assert.Equal(160 * 4.4, CollectiveAlgorithms.TensorParallel(80, 3.4, 0.5, 0.25, 0.25), 9);

    [Fact]
    public void MoreBytesAndSlowerLinksTakeLonger()
    {
        double last = 0;
        for (double bytes = 1 << 20; bytes <= 1L << 34; bytes *= 4)
        {
            double now = Shipped.Value.Predict("H100 SXM 80GB", "NCCL 2.29.2", new CollectiveShape(CollectiveKind.AllReduce, 8, 1, bytes)).Predicted;
            double pcie = Shipped.Value.Predict("L40S", "NCCL 2.27.3", new CollectiveShape(CollectiveKind.AllReduce, 8, 1, bytes)).Predicted;
            Assert.True(now > last && pcie > now);
            last = now;
        }

        // 16 GiB, twice what was measured: near the link and not above.
        Assert.InRange(1.75 * (1L << 34) / (last / 1e6) / 450e9, 0.6, 1.02);
    }

    [Fact]
    public void WhatIsUnknownIsAnsweredAndSaid()
    {
        IReadOnlyList<TableRow> rows = OperatorRows.Of(
            $"""
            {Header}
            x,H100 SXM 80GB,all_reduce,NCCL 2.29.2,8,1,1000000
            x,H100 SXM 80GB,broadcast,NCCL 2.29.2,8,1,1000000
            x,Gaudi2,all_reduce,HCCL,8,1,1000000
            x,Foo Accelerator X1,all_reduce,FooCCL,8,1,1000000
            x,H100 SXM 80GB,all_reduce,NCCL 2.29.2,64,8,1000000
            """);
        Prediction[] answers = [.. rows.Select(Shipped.Value.Predict)];
        Assert.All(answers, a => Assert.True(a.Low > 0 && a.Low < a.Predicted && a.Predicted < a.High && double.IsFinite(a.High)));
        Assert.Contains("all_reduce of NCCL 2.29.2 on H100 SXM 80GB", answers[0].Source, StringComparison.Ordinal);
        Assert.Contains("not measured here", answers[1].Source, StringComparison.Ordinal);
        Assert.Contains("nothing measured on 'Gaudi2'", answers[2].Source, StringComparison.Ordinal);
        Assert.Contains("in no catalogue", answers[3].Source, StringComparison.Ordinal);
        Assert.True(answers[0].HalfWidth < 1.8 && answers[0].HalfWidth < answers[1].HalfWidth && answers[1].HalfWidth < answers[3].HalfWidth);
        Assert.Contains("not measured here", answers[4].Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("op", "x,H100,all_sum,NCCL,8,1,1000")]
    [InlineData("ranks", "x,H100,all_reduce,NCCL,1,1,1000")]
    [InlineData("ranks", "x,H100,all_reduce,NCCL,2.5,1,1000")]
    [InlineData("nodes", "x,H100,all_reduce,NCCL,4,8,1000")]
    [InlineData("bytes", "x,H100,all_reduce,NCCL,4,1,0")]
    [InlineData("bytes", "x,H100,all_reduce,NCCL,4,1,1e30")]
    [InlineData("bytes", "x,H100,all_reduce,NCCL,4,1,4 MB")]
    public void ImpossibleRowsAreNamed(string column, string line)
    {
        var refused = Assert.Throws<TableException>(() => Shipped.Value.Predict(OperatorRows.Of(Header + "\n" + line)[0]));
        Assert.Equal((2, column), (refused.Line, refused.Column));
        Assert.NotEmpty(refused.Remedy);
    }

    [Theory]
    [InlineData("shape", 0.09, 0.85)]
    [InlineData("ranks", 0.16, 0.70)]
    public void LeftOutSizesAndRanksAreNear(string holdOut, double most, double covered)
    {
        OperatorScores scores = OperatorRows.LeaveOut(new CollectivePredictor(), OperatorRows.Shared("collectives.csv"), holdOut);
        Assert.InRange(scores.Rows, 200, 1200);
        Assert.InRange(scores.Error, 0.001, most); // goal 0.12
        Assert.InRange(scores.Coverage, covered, 1);
        Assert.InRange(scores.HalfWidth, 1.01, 1.8);
    }

    [Theory]
    [InlineData("H200 SXM 141GB", 0.12)]
    [InlineData("GB200 NVL72 192GB", 0.12)]
    public void DevicesLeftOutWholeAreInSight(string device, double most)
    {
        OperatorScores scores = OperatorRows.LeaveOut(
            new CollectivePredictor(), OperatorRows.Shared("collectives.csv"), "device", group => group == device);
        Assert.InRange(scores.Error, 0.001, most);
        Assert.InRange(scores.Coverage, 0.8, 1);
    }

    [Fact]
    public void TheShippedTablesAreAFitOfTheMeasuredRows()
    {
        IReadOnlyList<TableRow> rows = OperatorRows.Shared("collectives.csv");
        IPredictor fitted = new CollectivePredictor().Fit(rows, TestContext.Current.CancellationToken);
        OperatorRows.AssertSameAnswers(fitted, Shipped.Value, rows.Where((_, i) => i % 17 == 0), 0.03);
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            fitted.Save(folder);
            foreach (string table in new[] { "collective.csv", "collective_contexts.csv", "collective_spread.csv" })
            {
                Assert.Equal(File.ReadAllText(Repository.PathOf("costmodels", "data", table)), File.ReadAllText(Path.Combine(folder, table)));
            }
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void EveryShippedContextHasASource() => Assert.All(
        Csv.Rows("collective_contexts.csv"), row => Assert.Contains(row["source"], Csv.Rows("operator_sources.csv").Select(s => s["source"])));
}
