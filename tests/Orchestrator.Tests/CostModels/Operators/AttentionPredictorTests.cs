using Orchestrator.CostModels;
using Orchestrator.CostModels.Operators;
using Xunit;

namespace Orchestrator.Tests.Costs;

/// <summary>Attention: the work of a call by formula, and predicted times against limits, order and left-out measurements.</summary>
public sealed class AttentionPredictorTests
{
    private const string Header = "source,hardware,model,phase,dtype,kv_dtype,batch,q_len,kv_len_before,num_heads,num_kv_heads,head_dim";
    private static readonly Lazy<AttentionPredictor> Shipped = new(() => new AttentionPredictor());

    private static AttentionShape Decode(double batch, double cached, double heads = 32, double kvHeads = 8, double element = 2) =>
        new(false, batch, 1, cached, heads, kvHeads, 128, element);

    private static AttentionShape Prefill(double batch, double tokens, double cached = 0) => new(true, batch, tokens, cached, 32, 8, 128, 2);

    // 3 new tokens after 2 cached see 3, 4 and 5 tokens; without a cache 1, 2 and 3.
    [Fact]
    public void CausalPairsCountTheCachedPrefix()
    {
        Assert.Equal(12, new AttentionShape(true, 1, 3, 2, 1, 1, 1, 2).CausalPairs);
        Assert.Equal(6, new AttentionShape(true, 1, 3, 0, 1, 1, 1, 2).CausalPairs);
        Assert.Equal(4 * 12 * 8 * 64, new AttentionShape(true, 1, 3, 2, 8, 2, 64, 2).Flops);
    }

    // Llama-3.1-70B: 8 of 64 heads, 128 elements, 4096 tokens: 16 MiB a layer in 16 bits; MHA holds 8 times as much, MQA an eighth, fp8 half.
    [Fact]
    public void SharedHeadsAndElementTypesShrinkTheCache()
    {
        double gqa = Decode(1, 4095, 64, 8).KvBytes;
        Assert.Equal(16 * 1024 * 1024, gqa);
        Assert.Equal(8 * gqa, Decode(1, 4095, 64, 64).KvBytes);
        Assert.Equal(gqa / 8, Decode(1, 4095, 64, 1).KvBytes);
        Assert.Equal(gqa / 2, Decode(1, 4095, 64, 8, 1).KvBytes);
    }

    // DeepSeek-V2/V3: a latent of 512 and a rotary key of 64 make 1152 bytes a token and layer; MHA of 128 heads of 128 would make 65,536.
    [Fact]
    public void LatentAttentionHoldsOneLatent()
    {
        Assert.Equal(1152, AttentionShape.LatentBytesPerToken(512, 64, 2));
        Assert.Equal(1152 * 4096, AttentionShape.Latent(1, 4095, 128, 512, 64, 2).KvBytes);
    }

    [Fact]
    public void SplittingTheCacheFillsTheDevice()
    {
        Assert.Equal(1, Decode(64, 4096).Splits(132)); // 512 units of work are enough
        Assert.Equal(16, Decode(1, 8191).Splits(132)); // 8 heads: 16 pieces each fill 128 of 132
        Assert.Equal(1, Decode(1, 100).Splits(132)); // too short to cut
        Assert.InRange(Decode(1, 8191).Occupancy(132), 0.96, 1);
        Assert.Equal(1, Decode(64, 4096).Occupancy(132));
    }

    [Fact]
    public void LongerAndLargerTakesLonger()
    {
        double last = 0;
        foreach (double tokens in new[] { 128.0, 512, 2048, 8192, 32768 })
        {
            double now = Shipped.Value.Predict("H100 SXM 80GB", "vllm 0.24.0", "bf16", Prefill(4, tokens)).Predicted;
            Assert.True(now > last);
            last = now;
        }

        last = 0;
        foreach (double cached in new[] { 1023.0, 4095, 16383, 65535, 262143 })
        {
            double now = Shipped.Value.Predict("H100 SXM 80GB", "vllm 0.24.0", "bf16", Decode(64, cached)).Predicted;
            Assert.True(now > last);
            last = now;
        }
    }

    // Far beyond the table the law holds: twice the tokens, four times the prefill and twice the decode, near the device's peaks and never above.
    [Fact]
    public void LimitsAreTheDevicesPeaks()
    {
        double prefill = Shipped.Value.Predict("H100 SXM 80GB", "vllm 0.24.0", "bf16", Prefill(16, 65536)).Predicted;
        double twice = Shipped.Value.Predict("H100 SXM 80GB", "vllm 0.24.0", "bf16", Prefill(16, 131072)).Predicted;
        Assert.InRange(twice / prefill, 3.6, 4.3);
        Assert.InRange(Prefill(16, 131072).Flops / (twice / 1e6) / 989e12, 0.4, 1);
        double decode = Shipped.Value.Predict("H100 SXM 80GB", "vllm 0.24.0", "bf16", Decode(64, 65535)).Predicted;
        Assert.InRange(Decode(64, 65535).KvBytes / (decode / 1e6) / 3.35e12, 0.7, 1.02);
        double floor = Shipped.Value.Predict("H100 SXM 80GB", "vllm 0.24.0", "bf16", Decode(1, 15)).Predicted;
        Assert.InRange(floor, 5, 15);
    }

    [Fact]
    public void AnEightBitCacheHalvesLongDecodes()
    {
        double full = Shipped.Value.Predict("H200 SXM 141GB", "vllm 0.24.0", "bf16", Decode(64, 16383)).Predicted;
        double half = Shipped.Value.Predict("H200 SXM 141GB", "vllm 0.24.0", "fp8", Decode(64, 16383, element: 1)).Predicted;
        Assert.InRange(half / full, 0.4, 0.75);
    }

    [Fact]
    public void WhatIsUnknownIsAnsweredAndSaid()
    {
        IReadOnlyList<TableRow> rows = OperatorRows.Of(
            $"""
            {Header}
            x,H100 SXM 80GB,vllm 0.24.0,decode,bf16,bf16,8,1,4095,32,8,128
            x,H100 SXM 80GB,newengine 1.0,decode,bf16,bf16,8,1,4095,32,8,128
            x,H100 PCIe 80GB,vllm 0.24.0,decode,bf16,bf16,8,1,4095,32,8,128
            x,Foo Accelerator X1,newengine 1.0,decode,bf16,bf16,8,1,4095,32,8,128
            x,H100 SXM 80GB,vllm 0.24.0,decode,bf16,posit16,8,1,4095,32,8,128
            x,H100 SXM 80GB,vllm 0.24.0,decode,bf16,fp4,8,1,4095,32,8,128
            """);
        Prediction[] answers = [.. rows.Select(Shipped.Value.Predict)];
        Assert.All(answers, a => Assert.True(a.Low > 0 && a.Low < a.Predicted && a.Predicted < a.High && double.IsFinite(a.High)));
        Assert.Contains("calls of vllm 0.24.0 on H100 SXM 80GB", answers[0].Source, StringComparison.Ordinal);
        Assert.InRange(answers[0].HalfWidth, 1.01, 1.8);
        Assert.True(answers[1].HalfWidth > answers[0].HalfWidth);
        Assert.Contains("no calls on 'H100 PCIe 80GB'", answers[2].Source, StringComparison.Ordinal);
        Assert.Contains("in no catalogue", answers[3].Source, StringComparison.Ordinal);
        Assert.True(answers[3].HalfWidth > answers[2].HalfWidth && answers[3].HalfWidth > 1.5);
        Assert.Contains("'posit16' taken as 16 bits", answers[4].Source, StringComparison.Ordinal);
        Assert.DoesNotContain("taken as", answers[5].Source, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("phase", "x,H100,v,training,bf16,bf16,8,1,4095,32,8,128")]
    [InlineData("batch", "x,H100,v,decode,bf16,bf16,0,1,4095,32,8,128")]
    [InlineData("batch", "x,H100,v,decode,bf16,bf16,1.5,1,4095,32,8,128")]
    [InlineData("q_len", "x,H100,v,prefill,bf16,bf16,8,-1,0,32,8,128")]
    [InlineData("kv_len_before", "x,H100,v,decode,bf16,bf16,8,1,-5,32,8,128")]
    [InlineData("num_kv_heads", "x,H100,v,decode,bf16,bf16,8,1,4095,32,64,128")]
    [InlineData("num_heads", "x,H100,v,decode,bf16,bf16,8,1,4095,many,8,128")]
    [InlineData("head_dim", "x,H100,v,decode,bf16,bf16,8,1,4095,32,8,1e30")]
    public void ImpossibleSizesAreNamed(string column, string line)
    {
        var refused = Assert.Throws<TableException>(() => Shipped.Value.Predict(OperatorRows.Of(Header + "\n" + line)[0]));
        Assert.Equal((2, column), (refused.Line, refused.Column));
        Assert.NotEmpty(refused.Remedy);
    }

    [Fact]
    public void LeftOutShapesAreNear()
    {
        OperatorScores scores = OperatorRows.LeaveOut(new AttentionPredictor(), OperatorRows.Shared("attention.csv"), "shape");
        Assert.InRange(scores.Rows, 1000, 2000);
        Assert.InRange(scores.Error, 0.001, 0.05); // goal 0.08
        Assert.InRange(scores.Coverage, 0.85, 0.95);
        Assert.InRange(scores.HalfWidth, 1.01, 1.5);
    }

    [Theory]
    [InlineData("H200 SXM 141GB", 0.15)]
    [InlineData("B200 SXM 180GB", 0.15)]
    [InlineData("RTX PRO 6000 Blackwell Server", 0.30)]
    public void DevicesLeftOutWholeAreInSight(string device, double most)
    {
        OperatorScores scores = OperatorRows.LeaveOut(
            new AttentionPredictor(), OperatorRows.Shared("attention.csv"), "device", group => group == device);
        Assert.InRange(scores.Error, 0.001, most);
        Assert.InRange(scores.Coverage, 0.75, 1);
        Assert.InRange(scores.HalfWidth, 1.05, 3);
    }

    // What is shipped is what a fit on the measured rows saves: the same answers, to the digits of the tables.
    [Fact]
    public void TheShippedTablesAreAFitOfTheMeasuredRows()
    {
        IReadOnlyList<TableRow> rows = OperatorRows.Shared("attention.csv");
        IPredictor fitted = new AttentionPredictor().Fit(rows, TestContext.Current.CancellationToken);
        OperatorRows.AssertSameAnswers(fitted, Shipped.Value, rows.Where((_, i) => i % 37 == 0), 0.03);
        string folder = Directory.CreateTempSubdirectory().FullName;
        try
        {
            fitted.Save(folder);
            foreach (string table in new[] { "attention.csv", "attention_contexts.csv", "attention_spread.csv" })
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
        Csv.Rows("attention_contexts.csv"), row => Assert.Contains(row["source"], Csv.Rows("operator_sources.csv").Select(s => s["source"])));
}
