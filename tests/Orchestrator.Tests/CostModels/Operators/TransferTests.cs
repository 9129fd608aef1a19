using Orchestrator.CostModels;
using Orchestrator.CostModels.Operators;
using Xunit;

namespace Orchestrator.Tests.Costs;

/// <summary>Moving caches, launching kernels and bringing bytes in from slower memory, against published figures.</summary>
public sealed class TransferTests
{
    private const string Header = "source,hardware,model,op,link,prompt_tokens,kv_size_as_printed";
    private const string Link = "\"8 ranks per side, 4-8x 400GbE RoCE (see source)\"";

    // arXiv 2507.19635, equations 1 to 3, time to first token 250 ms, between tokens 20 ms, one device each side, batch 1:
    // KiB a token, GB and Gbit/s out at 4,096 tokens, the same at 32,768, Gbit/s in, decode devices for 400 Gbit/s.
    [Theory]
    [InlineData(32, 4096, 8, 32, 2, 128, 0.537, 17.2, 4.295, 137, 1718, 4.3)]
    [InlineData(32, 4096, 8, 32, 1, 64, 0.268, 8.6, 2.147, 69, 859, 2.1)]
    [InlineData(80, 8192, 8, 64, 2, 320, 1.342, 42.9, 10.74, 344, 4295, 10.7)]
    [InlineData(80, 8192, 8, 64, 1, 160, 0.671, 21.5, 5.369, 172, 2148, 5.4)]
    public void TransferBandwidthsAreThePublishedOnes(
        double layers, double width, double kvHeads, double heads, double element, double kib, double shortGb, double shortOut, double longGb, double longOut,
        double longIn, double devices)
    {
        double Bytes(double tokens) => KvTransfer.CacheBytes(layers, width, kvHeads, heads, tokens, 1, element);
        Assert.Equal(kib, Bytes(1) / 1024, 12);
        Assert.Equal(shortGb, Bytes(4096) / 1e9, 3);
        Assert.Equal(shortOut, KvTransfer.EgressPeak(Bytes(4096), 0.25, 1) * 8 / 1e9, 1);
        Assert.Equal(longGb, Bytes(32768) / 1e9, longGb > 10 ? 2 : 3);
        Assert.Equal(longOut, KvTransfer.EgressPeak(Bytes(32768), 0.25, 1) * 8 / 1e9, 0);
        Assert.InRange(KvTransfer.IngressPeak(Bytes(32768), 0.02, 1) * 8 / 1e9, longIn - 0.6, longIn + 0.6); // 2147.48 is printed as half of 4295
        Assert.Equal(devices, KvTransfer.DecodeDevices(Bytes(32768), 0.02, 50e9), 1);
    }

    [Fact]
    public void DemandIsSharedByDevicesAndScalesWithTheBatch()
    {
        double one = KvTransfer.CacheBytes(32, 4096, 8, 32, 4096, 1, 2);
        Assert.Equal(4 * one, KvTransfer.CacheBytes(32, 4096, 8, 32, 4096, 4, 2));
        Assert.Equal(KvTransfer.EgressPeak(one, 0.25, 1) / 4, KvTransfer.EgressPeak(one, 0.25, 4));
    }

    // 10 GB over 50 GB/s take 200 ms; behind a prefill of 400 ms in 80 layers only the last layer's 2.5 ms show.
    [Fact]
    public void LayersHideTheTransfer()
    {
        Assert.Equal(0.2, KvTransfer.ExposedSeconds(10e9, 50e9, 0, 0.4), 12);
        Assert.Equal(0.0025, KvTransfer.ExposedSeconds(10e9, 50e9, 0, 0.4, 80), 12);
        Assert.Equal(2e-6, KvTransfer.Seconds(100e3, 100e9, 100e3), 15);
    }

    [Theory]
    [InlineData("4-8x 400GbE RoCE", 282.8)]
    [InlineData("2x 200 Gbit/s", 50)]
    [InlineData("25 GB/s", 25)]
    [InlineData("NVLink 4", 450)]
    [InlineData("PCIe5 x16", 63)]
    [InlineData("InfiniBand NDR", 50)]
    public void LinksAreReadAsPeopleWriteThem(string text, double gigabytes) =>
        Assert.Equal(gigabytes, KvTransferLink.BytesPerSecond(text)!.Value / 1e9, 1); // each names a rate

    [Fact]
    public void EveryLinkHasASource() => Assert.All(
        Csv.Rows("link_rates.csv"), row => Assert.True(row.Number("gigabytes_s") > 0 && row["source"].Length > 10));

    [Fact]
    public void CachesOfOtherLengthsAndLinksAreAnswered()
    {
        var predictor = new KvTransferPredictor();
        Prediction[] answers =
        [
            .. OperatorRows.Of(
                $"""
                {Header}
                mooncake_pd,H800 80GB,Qwen3-8B,kv_transfer_rdma,{Link},6000,845 MB
                x,H800 80GB,Qwen3-8B,kv_transfer_rdma,{Link},6000,
                x,H800 80GB,Foo-9T,kv_transfer_rdma,one tin can,6000,
                x,H800 80GB,Qwen3-8B,kv_transfer_rdma,1x 400GbE,6000,845 MB
                """).Select(predictor.Predict),
        ];
        Assert.InRange(answers[0].Predicted, 4.75, 8.84);
        Assert.InRange(answers[1].Predicted / answers[0].Predicted, 0.9, 1.1);
        Assert.Contains("names no rate", answers[2].Source, StringComparison.Ordinal);
        Assert.Contains("in no catalogue", answers[2].Source, StringComparison.Ordinal);
        Assert.True(answers[3].Predicted > answers[0].Predicted && answers[3].HalfWidth > answers[0].HalfWidth);
        Assert.All(answers, a => Assert.True(a.Low < a.Predicted && a.Predicted < a.High));
    }

    [Theory]
    [InlineData("prompt_tokens", "x,H800,Qwen3-8B,op,l,0,20 MB")]
    [InlineData("prompt_tokens", "x,H800,Qwen3-8B,op,l,,20 MB")]
    [InlineData("kv_size_as_printed", "x,H800,Qwen3-8B,op,l,128,big")]
    public void ImpossibleTransfersAreNamed(string column, string line)
    {
        var refused = Assert.Throws<TableException>(() => new KvTransferPredictor().Predict(OperatorRows.Of(Header + "\n" + line)[0]));
        Assert.Equal((2, column), (refused.Line, refused.Column));
    }

    // Each of the nine measured transfers, left out alone.
    [Fact]
    public void LeftOutTransfersAreNear()
    {
        IReadOnlyList<TableRow> rows = OperatorRows.Shared("kv_transfer.csv");
        var predictor = new KvTransferPredictor();
        double[] errors = [.. rows.Select(r => predictor.GroupOf(r, "shape")).Select(g => OperatorRows.LeaveOut(predictor, rows, "shape", x => x == g).Error)];
        Assert.InRange(errors.Order().ElementAt(errors.Length / 2), 0, 0.08);
        IPredictor fitted = predictor.Fit(rows, TestContext.Current.CancellationToken);
        OperatorRows.AssertSameAnswers(fitted, predictor, rows, 0.01);
    }

    [Fact]
    public void NullKernelsTakeWhatWasMeasured() => Assert.Equal((2260.5e-9, 2374.6e-9), (LaunchCost.NullKernelAmdA100, LaunchCost.NullKernelIntelH100));

    // Kernels of 1 us under launches of 2 us never queue: each starts when its launch is done. Of 5 us, each waits 3 us more than the one before.
    [Fact]
    public void QueueingIsWhatLaunchesWaitFor()
    {
        Assert.Equal(20, LaunchCost.TotalLaunchAndQueue(LaunchCost.Trace(Enumerable.Repeat(1.0, 10), 2)), 9);
        Assert.Equal(2 + 5 + 8 + 11, LaunchCost.TotalLaunchAndQueue(LaunchCost.Trace(Enumerable.Repeat(5.0, 4), 2)), 9);
    }

    // 300 kernels, launch 2.3746 us, device time 40 us + 84 us an item: the device takes over at (712.38 - 40) / 84 = 8.0045 items.
    [Fact]
    public void TheKneeIsWhereTheDeviceTakesOver()
    {
        double launch = LaunchCost.NullKernelIntelH100 * 1e6;
        Assert.Equal(8.0045, LaunchCost.Crossover(300, launch, 40, 84), 4);
        var curve = new List<(double, double)>();
        foreach (double batch in new[] { 1.0, 2, 4, 8, 16, 32, 64, 128 })
        {
            curve.Add((batch, LaunchCost.TotalLaunchAndQueue(LaunchCost.Trace(Enumerable.Repeat((40 + (84 * batch)) / 300, 300), launch))));
        }

        LaunchKnee knee = Assert.NotNull(LaunchCost.Knee(curve));
        Assert.Equal(8, knee.Batch);
        Assert.Equal(300 * launch, knee.Flat, 6);
        Assert.True(LaunchCost.IsLaunchBound(300, launch, 40 + (84 * 8.0)));
        Assert.False(LaunchCost.IsLaunchBound(300, launch, 40 + (84 * 8.1)));
    }

    [Fact]
    public void LevelOrShortCurvesHaveNoKnee()
    {
        Assert.Null(LaunchCost.Knee([(1, 5), (2, 5), (4, 5), (8, 5)]));
        Assert.Null(LaunchCost.Knee([(1, 5), (2, 50)]));
        Assert.Null(LaunchCost.Knee([(1, 5), (2, 10), (4, 20), (8, 40)]));
        Assert.Null(LaunchCost.Knee([]));
        Assert.Equal(4, LaunchCost.Knee([(1, 5), (2, 5.2), (4, 4.9), (8, 9)])!.Value.Batch); // there is one
    }

    // Fusing each 4 kernels into one quarters the launches, so the crossover falls by 4 where nothing is fixed.
    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public void FusionShiftsTheCrossover(double fused)
    {
        double before = LaunchCost.Crossover(400, 2.2605, 0, 20);
        Assert.Equal(before / fused, LaunchCost.Crossover(LaunchCost.Fused(400, fused), 2.2605, 0, 20), 12);
        Assert.Equal(400 * 2.2605, LaunchCost.Pass(400, 2.2605, before * 20), 9);
    }

    [Fact]
    public void CrossoversHaveLimits()
    {
        Assert.Equal(0, LaunchCost.Crossover(10, 2, 100, 1));
        Assert.Equal(double.PositiveInfinity, LaunchCost.Crossover(10, 2, 1, 0));
    }

    // arXiv 2405.07518: 13.5 GB of an expert at 1 TB/s, against PCIe of 64 and 32 GB/s; 12 TB of node memory against 640 GB.
    [Fact]
    public void SwitchingExpertsIsBytesOverBandwidth()
    {
        var node = new MemoryTier("DDR of a node", 12e12, 1e12);
        Assert.Equal(13.5e-3, node.Seconds(13.5e9), 12);
        Assert.Equal(15.6, node.FasterThan(new MemoryTier("PCIe 5", 0, 64e9)), 1);
        Assert.InRange(node.FasterThan(new MemoryTier("PCIe 4", 0, 32e9)), 31.2, 31.3);
        Assert.Equal(18.75, node.LargerThan(new MemoryTier("HBM of a DGX", 640e9, 3.35e12)));
        Assert.Equal(13.5e-3 / 4, node.ExpectedSwitch(13.5e9, 0.25), 12);
    }

    // arXiv 2411.18424: 1 GB in 1,000 blocks pays 1,000 operations; groups of 20 blocks pay 50.
    [Fact]
    public void GroupedSwapsPayFewerOperations()
    {
        var host = new MemoryTier("host", 60e9, 32e9, 20e-6);
        Assert.Equal((1000 * 20e-6) + (1 / 32.0), host.Seconds(1e9, 1000), 12);
        Assert.Equal((host.Seconds(1e9, 1000) - (1 / 32.0)) / 20, host.Seconds(1e9, 50) - (1 / 32.0), 12);
    }

    // arXiv 2104.07857: 70 TFLOPS, sequence 1024, batch 1, 70 GB/s give 50.6 %; 1.5 TB/s for 90 % of optimiser states at batch 2;
    // 128 layers of 25,600 hold 18.31 TiB of states.
    [Fact]
    public void OffloadEfficiencyIsThePublishedFormula()
    {
        Assert.Equal(0.506, MemoryTier.Efficiency(1024, 70e9, 70e12), 3);
        Assert.InRange(MemoryTier.BandwidthFor(0.9, 1024 * 2 / 4.0, 70e12) / 1e12, 1.2, 1.5);
        Assert.Equal(0.9, MemoryTier.Efficiency(512, MemoryTier.BandwidthFor(0.9, 512, 70e12), 70e12), 12);
        Assert.Equal(18.31, MemoryTier.ModelStateBytes(128, 25600) / Math.Pow(1024, 4), 2);
        Assert.Equal(16 * 16e9, MemoryTier.Aggregate(16e9, 16));
    }

    [Fact]
    public void TiersFillInOrder()
    {
        MemoryTier[] tiers = [new("HBM", 80e9, 3e12), new("host", 500e9, 50e9), new("NVMe", 1e12, 5e9)];
        (IReadOnlyList<double> placed, double left) = MemoryTier.Fill(tiers, 600e9);
        Assert.Equal([80e9, 500e9, 20e9], placed);
        Assert.Equal(0, left);
        var parts = tiers.Zip(placed).ToList();
        Assert.Equal(10, MemoryTier.Parallel(parts), 9);
        Assert.Equal((80 / 3000.0) + 10 + 4, MemoryTier.Serial(parts), 9);
    }
}
