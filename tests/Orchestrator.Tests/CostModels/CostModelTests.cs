using System.Collections.Immutable;
using Orchestrator.CostModels;
using Orchestrator.CostModels.Serving;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Costs;

/// <summary>What every cost model must hold, and each one's own figures.</summary>
public sealed class CostModelTests
{
    private static readonly Device H100 = Catalogue.Default.Find("vendor", "H100")!; // in the table
    private static readonly Workload Llama = new()
    {
        Kind = WorkKind.Prefill,
        Executor = "llm",
        Model = "meta-llama/Llama-3.1-8B-Instruct",
        TokensIn = 1000,
        TokensOut = 200,
    };

    public static TheoryData<string> Names => [.. CostModels_().Select(m => m.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void AnAnswerIsOrderedNotNegativeAndSourced(string name)
    {
        ICostModel model = CostModels_().First(m => m.Name == name).Model;
        int answered = 0;
        foreach (CostQuestion question in Questions())
        {
            if (model.Answer(question).Estimate is not { IsKnown: true } e)
            {
                continue;
            }

            answered++;
            Assert.NotEmpty(e.Model);
            Assert.NotEmpty(e.Source);
            Assert.All(new[] { e.P50, e.P95, e.Busy }, i => Assert.True(i.Low >= 0 && i.Low <= i.Likely && i.Likely <= i.High && double.IsFinite(i.High), $"{name}: {i}"));
            Assert.True(e.P95.Likely >= e.P50.Likely, name);
            Assert.InRange(e.FirstShare, 0, 1);
            Assert.Equal(e, model.Answer(question).Estimate);
        }

        Assert.True(answered > 0, name + " answers none of the questions");
    }

    [Fact]
    public void TheListNamesEveryMarkedModelOnce()
    {
        Dictionary<string, Type> marked = typeof(ICostModel).Assembly.GetTypes()
            .Select(t => (Type: t, Mark: t.GetCustomAttributes(typeof(CostModelAttribute), false).Cast<CostModelAttribute>().FirstOrDefault()))
            .Where(t => t.Mark is not null).ToDictionary(t => t.Mark!.Name, t => t.Type); // filtered above
        Assert.Equal(marked.OrderBy(m => m.Key), CostModels_().ToDictionary(m => m.Name, m => m.Model.GetType()).OrderBy(m => m.Key));
    }

    [Fact]
    public void PrefillIsArithmeticAndDecodeIsMemory()
    {
        ServingCosts serving = Serving("llama-8b", "bf16", 1);
        // A long prompt: 2 operations a weight met and attention over half of it on average, at a share of 989 TFLOPS that products can reach.
        double flops = 8000 * 2 * (8.03e9 - 128256.0 * 4096) + 8000.0 * 4 * 32 * 4096 * 4000;
        Assert.InRange(flops / 989e12 / serving.PromptSeconds(8000), 0.3, 0.95);
        // 15 GB of weights read and 1,000 tokens of cache, at a share of 3.35 TB/s that reads can reach.
        double bytes = 2 * (8.03e9 - 128256.0 * 4096) + 1000 * 131072;
        Assert.InRange(bytes / 3.35e12 / serving.StepSeconds(1, 1000), 0.5, 0.95);
        Assert.True(serving.StepSeconds(64, 1000) < 64 * serving.StepSeconds(1, 1000) / 10, "a batch shares the weights");
        Assert.True(serving.FirstTokenSeconds(8000) > serving.PromptSeconds(8000), "a request waits for more than the arithmetic");
    }

    [Fact]
    public void TensorParallelismSharesMemoryAndPaysCollectives()
    {
        ServingCosts one = Serving("llama-70b", "fp8", 1);
        ServingCosts four = Serving("llama-70b", "fp8", 4);
        Assert.Equal(4, one.WeightsPerDevice / four.WeightsPerDevice, 9);
        Assert.Equal(8, one.BatchThatFits(1000)); // 70.55 GB of weights leave 1.45 of 72 GB, a sequence takes 0.164
        Assert.Equal(0, one.BatchThatFits(10_000));
        Assert.InRange(four.BatchThatFits(1000), 100, 256);
        Assert.InRange(one.StepSeconds(1, 1000) / four.StepSeconds(1, 1000), 2, 4);
    }

    [Fact]
    public void ServingIsBelievedWithinWhatHeldOutRowsGave()
    {
        ServingCosts serving = Serving("llama-8b", "bf16", 1);
        foreach (ServingSpread spread in new[] { serving.FirstToken, serving.PerToken, serving.Busy })
        {
            Assert.True(spread is { Low: > 0 and < 1, High: > 1 } && double.IsFinite(spread.High), spread.ToString());
        }

        Assert.True(serving.PerToken.HalfWidth < serving.FirstToken.HalfWidth, "the first token hangs on more");
        Assert.Contains("vllm on H100 SXM 80GB", serving.Source, StringComparison.Ordinal);
        Assert.Contains("nearest measured: ", serving.Source, StringComparison.Ordinal);
        Assert.Equal(serving.StepSeconds(100, 700), Serving("llama-8b", "bf16", 1).StepSeconds(100, 700));
    }

    [Fact]
    public void TheDevicesOwnFiguresCount()
    {
        ModelCard model = Catalogue.Default.FindModel("llama-8b")!; // catalogued
        ServingCosts slow = ServingCosts.On(model, H100 with { Bandwidth = new Sourced(3.35e12 / 4, "t") }, "bf16", 1, 1000, 200, out _)!; // catalogued
        Assert.InRange(slow.StepSeconds(1, 1000) / Serving("llama-8b", "bf16", 1).StepSeconds(1, 1000), 2.5, 4);
        Assert.Null(ServingCosts.On(model, H100 with { Bandwidth = null }, "bf16", 1, 1000, 200, out string reason));
        Assert.Contains("bandwidth", reason, StringComparison.Ordinal);
        Assert.Null(ServingCosts.On(model, H100 with { ScaleUpBandwidth = null }, "bf16", 2, 1000, 200, out reason));
        Assert.Contains("link", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void ExpertsNotChosenAreNotRead()
    {
        ModelCard mixtral = Catalogue.Default.FindModel("mixtral-8x7b")!; // catalogued
        Assert.Equal(12.9 / 46.7, mixtral.ShareTouched(1), 3);
        Assert.InRange(mixtral.ShareTouched(64), 0.999, 1);
    }

    [Fact]
    public void MeasurementsComeBeforeAgreementsBeforeModels()
    {
        var row = new CalibrationRow("meta-llama/Llama-3.1-8B-Instruct", "prefill", H100.Kind, [.. Enumerable.Range(1, 20).Select(i => (double)i)]);
        var declared = new ServiceFigure("writer", "prefill", new Seconds(0.033), null, null, "bench");
        Assert.Equal("serving", Ask(Llama, H100).Estimate!.Model); // known model and device
        Assert.Equal("figures", Ask(Llama, H100 with { Services = [declared] }).Estimate!.Model); // given
        Estimate measured = Ask(Llama, H100 with { Services = [declared] }, new Calibration([row])).Estimate!; // measured
        Assert.Equal("measured", measured.Model);
        Assert.Equal((0.0105, 0.01905), (Math.Round(measured.P50.Likely, 6), Math.Round(measured.P95.Likely, 6)));
        Assert.True(measured.P50.Low < 0.0105 && measured.P50.High > 0.0105);
    }

    [Fact]
    public void WhatIsNotKnownStaysUnknown()
    {
        Estimate speech = Ask(Llama with { Kind = WorkKind.Encode, Executor = "encoder", Model = "hexgrad/Kokoro-82M", TokensIn = null }, H100).Estimate!; // unknown
        Assert.False(speech.IsKnown);
        Assert.Contains("how many tokens", speech.Source, StringComparison.Ordinal);
        Assert.Contains("did you mean", Ask(Llama with { Model = "meta-llama/Llama-3.1-8B-Instuct" }, H100).Missing, StringComparison.Ordinal);
        Assert.Contains("how many tokens", Ask(Llama with { TokensIn = null }, H100).Missing, StringComparison.Ordinal);
        Estimate bound = Ask(new Workload { Kind = WorkKind.Lookup, Executor = "http", Timeout = new Seconds(3) }, H100).Estimate!; // bounded
        Assert.Equal(("bound", 3.0, 0.0), (bound.Model, bound.P50.High, bound.P50.Low));
    }

    [Fact]
    public void SpeechTakesItsMeasuredTimeOnTheMachineItWasMeasuredOn()
    {
        Device fourThreads = H100 with { Tier = "cpu", Peak = ImmutableSortedDictionary<string, Sourced>.Empty.Add("fp32", new Sourced(2 * 32 * 3e9, "2 cores")) };
        var work = new Workload { Kind = WorkKind.Encode, Executor = "encoder", Model = "hexgrad/Kokoro-82M", TokensIn = 100 };
        CostAnswer answer = new Encoder().Answer(new CostQuestion(work, "voice", "", "encode", fourThreads, "fp32", 1, 1, Calibration.Empty));
        Assert.InRange(answer.Estimate!.P50.Likely / 30, 0.46, 0.48); // 100 tokens are 30 s of speech, at 0.469 s a second
    }

    [Fact]
    public void PapersOrderingsHoldWithoutCalibration()
    {
        // arXiv 2507.19635, FP8, throughput: dollars a token of reading and of writing; B200 reads and Gaudi3 writes at the least cost of the named pairs.
        foreach (string model in new[] { "llama-8b", "llama-70b" })
        {
            double pairB = Request("B200", "Gaudi3", model);
            Assert.True(pairB < Request("H100", "H100", model), model + ": B200 with Gaudi3 against H100 alone");
            Assert.True(pairB < Request("B200", "B200", model), model + ": B200 with Gaudi3 against B200 alone");
            Assert.True(Request("H100", "Gaudi3", model) < Request("H100", "H100", model), model + ": H100 with Gaudi3 against H100 alone");
        }
    }

    [Theory]
    [InlineData(1, 0.5, 0.5)]
    [InlineData(2, 0.5, 1.0 / 3)]
    [InlineData(10, 0.7, 0.2217)]
    public void ErlangC(int servers, double utilisation, double waits) =>
        Assert.Equal(waits, Queueing.ProbabilityOfWaiting(servers, utilisation), 4);

    [Fact]
    public void WaitsGrowWithLoadAndAreNoneWhereFewWait()
    {
        Assert.Equal(1.0, Queueing.MeanWait(1, 0.5, 1), 9);
        Assert.Equal(Math.Log(0.5 / 0.05) / 0.5, Queueing.WaitQuantile(1, 0.5, 1, 0.95), 9);
        Assert.Equal(0, Queueing.WaitQuantile(100, 0.5, 1, 0.95));
        Assert.Equal(double.PositiveInfinity, Queueing.WaitQuantile(1, 1, 1, 0.95));
    }

    private static double Request(string read, string write, string model)
    {
        const double tokensIn = 512;
        const double tokensOut = 4096;
        double best = double.PositiveInfinity;
        double prefill = double.PositiveInfinity;
        foreach (int degree in new[] { 1, 2, 4, 8 })
        {
            ServingCosts reader = On(read, model, degree);
            ServingCosts writer = On(write, model, degree);
            if (reader.BatchThatFits(tokensIn) > 0)
            {
                prefill = Math.Min(prefill, degree * Price(read) * reader.PromptSeconds(tokensIn));
            }

            int batch = writer.BatchThatFits(tokensIn + tokensOut);
            if (batch > 0)
            {
                best = Math.Min(best, degree * Price(write) * tokensOut * writer.StepSeconds(batch, tokensIn + tokensOut / 2) / batch);
            }
        }

        return prefill + best;
    }

    private static ServingCosts On(string kind, string model, int degree) => ServingCosts.On(
        Catalogue.Default.FindModel(model)!, Catalogue.Default.Find("vendor", kind)!, "fp8", degree, 512, 4096, out _)!; // all catalogued

    private static ServingCosts Serving(string model, string precision, int degree) =>
        ServingCosts.On(Catalogue.Default.FindModel(model)!, H100, precision, degree, 1000, 200, out _)!; // catalogued

    private static double Price(string kind) => Catalogue.Default.Find("paper", kind)!.PricePerHour!.Value; // all six have one

    private static ImmutableArray<(string Name, ICostModel Model)> CostModels_() => Orchestrator.CostModels.CostModels.All;

    private static CostAnswer Ask(Workload work, Device device, Calibration? calibration = null) => Orchestrator.CostModels.CostModels.Answer(
        new CostQuestion(work, "writer", work.Model ?? "", "prefill", device, "bf16", 1, 1, calibration ?? Calibration.Empty));

    private static IEnumerable<CostQuestion> Questions()
    {
        var machine = new Device
        {
            Name = "here",
            Kind = "this machine",
            Tier = "cpu",
            Count = 1,
            Place = "here",
            Memory = new Sourced(16e9, "t"),
            Bandwidth = new Sourced(2e10, "t"),
            Figures = new[] { ("gemm_fp32_flops", 1e11), ("onnx_flops", 4e10), ("hop_s", 1e-6), ("process_spawn_s", 1e-3) }
                .ToImmutableSortedDictionary(f => f.Item1, f => new Sourced(f.Item2, "probe")),
            Services = [new ServiceFigure("writer", "prefill", new Seconds(0.1), new Seconds(0.2), null, "bench")],
        };
        var endpoint = new Device
        {
            Name = "api",
            Kind = "endpoint",
            Tier = "endpoint",
            Count = 1,
            Place = "api",
            Figures = new[] { ("ttft_s", 0.4), ("tpot_s", 0.02), ("usd_per_mtok_in", 0.5), ("usd_per_mtok_out", 1.5) }
                .ToImmutableSortedDictionary(f => f.Item1, f => new Sourced(f.Item2, "list")),
        };
        var calibration = new Calibration([new CalibrationRow("m", "prefill", "this machine", [3, 1, 2])]);
        foreach (Device device in new[] { machine, endpoint, H100, Catalogue.Default.Find("vendor", "EPYC 9654")! }) // catalogued
        {
            foreach (WorkKind kind in Enum.GetValues<WorkKind>())
            {
                foreach (string executor in FleetFileKeys.Executors)
                {
                    foreach (string phase in new[] { "prefill", "recall", "compute" })
                    {
                        var work = new Workload
                        {
                            Kind = kind,
                            Executor = executor,
                            Model = kind == WorkKind.Encode ? "BAAI/bge-small-en-v1.5" : "llama-3.2-1b",
                            TokensIn = 100,
                            TokensOut = 50,
                            Arithmetic = new Flops(1e9),
                            Traffic = new Bytes(1e8),
                            DeclaredP50 = new Seconds(0.1),
                            Timeout = new Seconds(5),
                        };
                        yield return new CostQuestion(work, "writer", "m", phase, device, device.Tier == "cpu" ? "fp32" : "bf16", 1, 1, calibration);
                    }
                }
            }
        }
    }
}
