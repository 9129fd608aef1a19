using Orchestrator.Cli.Papers;
using Orchestrator.CostModels;
using Xunit;
using Reached = Orchestrator.Cli.Papers.Outcome;

namespace Orchestrator.Tests.Papers;

/// <summary>Figures of papers that have to come out as numbers, and verdicts that have to be as they are.</summary>
public sealed class FiguresTests
{
    [Theory]
    [InlineData(true, true, 105, 0.110)]
    [InlineData(true, false, 120, 0.095)]
    [InlineData(false, false, 160, 0.070)]
    [InlineData(false, true, 165, 0.085)]
    public void TheWorkedExamplesFourTotals(bool readsOnHp, bool writesOnHp, double ms, double usd)
    {
        TwoPhaseExample.Choice choice = new TwoPhaseExample(true).Of(readsOnHp, writesOnHp);
        Assert.Equal(ms, choice.Ms, 12);
        Assert.Equal(usd, choice.Usd, 12);
        bool disputed = !readsOnHp && !writesOnHp;
        Assert.Equal(disputed ? 0.060 : usd, new TwoPhaseExample(false).Of(readsOnHp, writesOnHp).Usd, 12); // prices per token against the printed total
    }

    [Theory]
    [InlineData(120, double.PositiveInfinity, 120, 0.095)]
    [InlineData(119, double.PositiveInfinity, 105, 0.110)]
    [InlineData(160, double.PositiveInfinity, 160, 0.070)]
    [InlineData(500, double.PositiveInfinity, 160, 0.070)]
    [InlineData(120, 0.000624, 160, 0.070)]
    [InlineData(120, 0.000626, 120, 0.095)]
    public void TheWorkedExamplesOptimum(double limit, double usdPerMsOver, double ms, double usd)
    {
        TwoPhaseExample.Choice best = new TwoPhaseExample(true).Best(limit, usdPerMsOver);
        Assert.Equal(ms, best.Ms, 12);
        Assert.Equal(usd, best.Usd, 12);
    }

    [Fact]
    public void OverrunHasToBeCheapForTheCheapDevices()
    {
        Assert.Equal(0.000625, new TwoPhaseExample(true).PriceBelowWhichAllCheapWins(120), 12);
        Assert.Equal(0.000875, new TwoPhaseExample(false).PriceBelowWhichAllCheapWins(120), 12);
        Assert.Equal(0.025 / 30, new TwoPhaseExample(true).PriceBelowWhichAllCheapWins(130), 12); // 30 ms late for $0.025 less
    }

    [Theory]
    [InlineData("meta-llama/Meta-Llama-3-8B", "fp16", 128, 17.2, 137.4, 1718, 4.3)]
    [InlineData("meta-llama/Meta-Llama-3-8B", "fp8", 64, 8.6, 68.7, 859, 2.1)]
    [InlineData("meta-llama/Meta-Llama-3-70B", "fp16", 320, 42.9, 343.6, 4295, 10.7)]
    [InlineData("meta-llama/Meta-Llama-3-70B", "fp8", 160, 21.5, 171.8, 2147.5, 5.4)]
    public void TheCachesDemandOnLinks(string model, string format, double kib, double shortOut, double longOut, double longIn, double writers)
    {
        CacheDemand demand = CacheDemand.Of(Known.Model(model), format);
        Assert.Equal(kib, demand.KibPerToken, 9);
        Assert.Equal(shortOut, demand.ShortOut, 1);
        Assert.Equal(longOut, demand.LongOut, 1);
        Assert.InRange(demand.LongIn, longIn - 0.5, longIn + 0.5);
        Assert.Equal(writers, demand.Writers, 1);
        Assert.Equal(1, demand.Beyond(demand with { Writers = writers + 1 }));
    }

    // The orders that the uncalibrated roofline gives in FP8 without a limit on latency, and what it does not give.
    [Theory]
    [InlineData("B200 that reads and Gaudi3 that writes are the best of the named pairs, 512 in, 4,096 out, 8B FP8", true)]
    [InlineData("B200 that reads and Gaudi3 that writes are the best of the named pairs, 512 in, 4,096 out, 70B FP8", true)]
    [InlineData("B200 that reads and Gaudi3 that writes are the best of the named pairs, 4,096 in, 512 out, 8B FP8", true)]
    [InlineData("B200 that reads and Gaudi3 that writes are the best of the named pairs, 4,096 in, 512 out, 70B FP8", true)]
    [InlineData("H100 that reads and Gaudi3 that writes are often as good as B200 alone, 512 in, 4,096 out, 8B FP8", true)]
    [InlineData("H100 that reads and Gaudi3 that writes are often as good as B200 alone, 512 in, 4,096 out, 70B FP8", true)]
    [InlineData("H100 that reads and Gaudi3 that writes are often as good as B200 alone, 4,096 in, 512 out, 70B FP8", false)]
    [InlineData("The cheapest reader of long prompts is Gaudi3, 4,096 in, 512 out, 70B FP16", true)]
    [InlineData("B200::Gaudi3 has the best cost overall, with MI300X", false)]
    public void OrdersOfPairs(string statement, bool reproduced) =>
        Assert.Equal(reproduced ? Reached.OrderingOnly : Reached.NotHere, Of("agentic-systems", statement).Verdict.Outcome);

    [Fact]
    public void NoHeightIsJudged() => Assert.All(
        PapersTests.Claims("agentic-systems").Where(c => c.Statement.StartsWith("Height", StringComparison.Ordinal)),
        c => Assert.Contains("read off images", Assert.IsType<UnreachedClaim>(c).Verdict.Because, StringComparison.Ordinal));

    // Our figures themselves, apart from what a paper prints.
    [Theory]
    [InlineData("agentic-systems", "Operating cost of A40", 0.15216, 1e-5)]
    [InlineData("agentic-systems", "Operating cost of A100", 0.24577, 1e-5)]
    [InlineData("agentic-systems", "Operating cost of Gaudi3", 0.49401, 1e-5)]
    [InlineData("agentic-systems", "Operating cost of MI300X", 0.51442, 1e-5)]
    [InlineData("agentic-systems", "Operating cost of H100", 0.54803, 1e-5, true)]
    [InlineData("agentic-systems", "Operating cost of H100, if it sold for $30,000", 0.60163, 1e-5)]
    [InlineData("agentic-systems", "Operating cost of B200", 0.82884, 1e-5)]
    [InlineData("agentic-systems", "Cost of A40 with its share", 0.23778, 1e-5)]
    [InlineData("agentic-systems", "Cost of B200 with its share", 1.97, 1e-3)]
    [InlineData("sn40l", "Bringing a 7B expert", 13.5, 1e-9)]
    [InlineData("sn40l", "Switching experts is faster than over PCIe 5", 15.625, 1e-9)]
    [InlineData("sn40l", "Switching experts is faster than over PCIe 4", 31.25, 1e-9)]
    [InlineData("sn40l", "A node holds more experts", 18.75, 1e-9)]
    [InlineData("cloudmatrix", "Prefill per peak arithmetic", 6688.0 / 1504, 1e-9)]
    [InlineData("cloudmatrix", "Decode per peak arithmetic", 1943.0 / 1504, 1e-9)]
    [InlineData("deepseek-v3", "Keys and values a token, DeepSeek-V3", 70272, 0)]
    [InlineData("deepseek-v3", "Keys and values a token, Qwen2.5-72B", 327680, 0)]
    [InlineData("deepseek-v3", "Keys and values a token, Llama-3.1-405B", 516096, 0)]
    [InlineData("deepseek-v3", "Exchange of tokens with experts", 120.96, 1e-9)]
    [InlineData("deepseek-v3", "Time of a token that this bounds", 14.75712, 1e-9)]
    [InlineData("deepseek-v3", "Tokens a second that this bounds", 67.764, 1e-3)]
    [InlineData("deepseek-v3", "Time of a token over 900 GB/s", 0.81984, 1e-9)]
    [InlineData("nanoflow", "No schedule serves more", 13e4 / 70, 1e-9)]
    [InlineData("tpi-llm", "Link latencies of a ring", 56, 1e-9)]
    [InlineData("tpi-llm", "Link latencies of a tree", 16, 1e-9)]
    [InlineData("tpi-llm", "Link latencies of a star", 8, 1e-9)]
    [InlineData("tpi-llm", "Bytes of a device in an all-reduce", 32, 0)]
    [InlineData("zero-infinity", "Model states of such a model", 18.311, 1e-3)]
    [InlineData("zero-infinity", "Efficiency with parameters over 70 GB/s", 50.593, 1e-3)]
    [InlineData("kinetics", "Operations that a B200 does", 562.5, 1e-9)]
    [InlineData("kinetics", "Answer length from which", 395.45, 0.01)]
    [InlineData("skip", "The knee of launch and queueing time", 0, 0)]
    [InlineData("skip", "The predicted batch", 8, 1e-9)]
    [InlineData("skip", "Fusing four kernels", 4, 1e-9)]
    [InlineData("skip", "Launching nothing", 1.0505, 1e-4)]
    [InlineData("co2", "Averaging hides completely", 0, 0)]
    [InlineData("co2", "It is faster than AdamW", 13.3597, 1e-4)]
    [InlineData("comet", "Products in 4 bits run at four times", 4, 1e-9)]
    [InlineData("comet", "Bound over 16 bits", 10.0 / 3, 1e-9)]
    [InlineData("comet", "Share of that bound", 86.4, 1e-9)]
    [InlineData("polca", "Locked clocks take from the peak", 20, 1e-9)]
    [InlineData("polca", "Locked clocks cost performance", 7, 1e-9)]
    [InlineData("megascale", "All-reduces of a layer fewer", 1, 0)]
    [InlineData("megascale", "Share of the peak of Megatron-LM", 41.194, 1e-3)]
    [InlineData("frontier-partitioning", "Groups of 8", 12.5, 0)]
    [InlineData("frontier-partitioning", "The gains agree: ZeRO++", 139.8335, 1e-3)]
    [InlineData("frontier-training", "Operations of training 1T", 1.2e26, 1e13)]
    [InlineData("frontier-training", "Arithmetic of a die at 38.38 %", 73.4977, 1e-3)]
    [InlineData("frontier-training", "Arithmetic of a die at 31.96 %", 61.2034, 1e-3)]
    [InlineData("frontier-training", "The fastest cut keeps tensor parallelism", 0, 0)]
    [InlineData("zaya1", "Dimensions that matrix units pad", 0, 0)]
    [InlineData("zaya1", "The check finds GPT-2's vocabulary", 1, 0)]
    [InlineData("smallthinker", "Weights of 21B-A3B", 21.506, 1e-3, true)]
    [InlineData("smallthinker", "Weights of 21B-A3B that", 2.939, 1e-3)]
    [InlineData("smallthinker", "Fetching experts hides", 0, 0)]
    [InlineData("apex", "Weights of a device, tensor parallel", 63.75, 0)]
    [InlineData("apex", "Weights of a device, attention on both", 75.00, 0)]
    public void OurFigures(string paper, string statement, double value, double within, bool whole = false)
    {
        Claim claim = whole ? Assert.Single(PapersTests.Claims(paper), c => c.Statement == statement) : Of(paper, statement);
        Assert.InRange(Assert.IsType<NumberClaim>(claim).Value, value - within, value + within);
    }

    [Theory]
    [InlineData("apex", "Tensor parallelism serves most tokens", Reached.NotHere)]
    [InlineData("apex", "Time per token has the reverse order", Reached.OrderingOnly)]
    [InlineData("skip", "Above that batch", Reached.OrderingOnly)]
    [InlineData("co2", "Fewer local steps", Reached.OrderingOnly)]
    [InlineData("frontier-partitioning", "More levels take less time", Reached.OrderingOnly)]
    [InlineData("smallthinker", "A router before attention", Reached.OrderingOnly)]
    [InlineData("polca", "Servers that a row adds", Reached.ByModel)]
    [InlineData("zaya1", "Weights that a token meets", Reached.NotHere)]
    [InlineData("cloudformer", "Mean error", Reached.NotHere)]
    [InlineData("hat5", "Weights of the model", Reached.ByModel)]
    [InlineData("agentic-systems", "Memory bandwidth is cheapest", Reached.OrderingOnly)]
    [InlineData("agentic-systems", "Memory is cheapest", Reached.OrderingOnly)]
    [InlineData("agentic-systems", "Arithmetic in 16 bits is cheapest", Reached.OrderingOnly)]
    [InlineData("agentic-systems", "Arithmetic in 8 bits is cheapest", Reached.NotHere)]
    [InlineData("agentic-systems", "More tensor parallelism first", Reached.OrderingOnly)]
    [InlineData("agentic-systems", "Then communication cancels", Reached.OrderingOnly)]
    [InlineData("agentic-systems", "Longer prompts ask less", Reached.OrderingOnly)]
    [InlineData("agentic-systems", "With 20 ms a token", Reached.OrderingOnly)]
    public void Verdicts(string paper, string statement, Reached outcome) => Assert.Equal(outcome, Of(paper, statement).Verdict.Outcome);

    [Fact]
    public void ACappedRowDrawsLessAndAFullOneBrakes()
    {
        PowerRow row = PowerRow.Play(52, 40, PowerCap.FrequencyLock);
        Assert.True(row.Highest < PowerRow.Play(52, 40, PowerCap.None).Highest);
        Assert.Equal(PowerRow.Steps, PowerRow.Play(80, 40, PowerCap.FrequencyLock).Brakes); // 80 servers that only write draw 48 peaks
        Assert.Equal(0, PowerRow.Play(20, 40, PowerCap.FrequencyLock).LowLocked); // cannot pass half of the budget
    }

    // The error of the regression stands beside that of saying nothing, which is nearly as small: no verdict in its favour.
    [Fact]
    public void TheErrorOfInterferenceIsShownBesideSayingNothing()
    {
        Assert.Matches(@"^\d\.\d+% by a regression on \d+ kernels of our own, \d\.\d+% by saying that nothing interferes$", Of("cloudformer", "Mean error").Ours);
        NumberClaim better = Assert.IsType<NumberClaim>(Of("cloudformer", "Its error is smaller"));
        Assert.Equal(better.Value >= 28, better.Verdict.Outcome != Reached.NotHere);
    }

    private static Claim Of(string paper, string statement) =>
        Assert.Single(PapersTests.Claims(paper), c => c.Statement.StartsWith(statement, StringComparison.Ordinal));
}
