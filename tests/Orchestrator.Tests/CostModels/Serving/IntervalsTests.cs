using Orchestrator.CostModels;
using Orchestrator.CostModels.Learning;
using Orchestrator.CostModels.Serving;
using Xunit;

namespace Orchestrator.Tests.CostModels.Serving;

/// <summary>Which errors a row's interval is made from.</summary>
public sealed class IntervalsTests
{
    [Theory]
    [InlineData("vendor", "H100 SXM 80GB", "Llama 3.1 8B", "both")]
    [InlineData("vendor", "H100 SXM 80GB", "Qwen3-32B", "one")]
    [InlineData("vendor", "Gaudi2", "Llama 3.1 8B", "one")]
    [InlineData("blog", "H100 SXM 80GB", "Llama 3.1 8B", "few")]
    [InlineData("", "H100 SXM 80GB", "Llama 3.1 8B", "alone")]
    [InlineData("another", "H100 SXM 80GB", "Llama 3.1 8B", "alone")]
    public void SupportIsWhatTheAnchorsOfTheSourceKnow(string source, string device, string model, string support)
    {
        Scenario row = Read(source, device, model, "8", "tpot_ms");
        Assert.Equal(support, new Intervals(Anchors()).SupportOf(row));
        Assert.Equal("alone", new Intervals(null).SupportOf(row));
    }

    [Fact]
    public void GroupsWidenAndTellLoadsApart()
    {
        var intervals = new Intervals(Anchors());
        Assert.Equal(
            ["both/per token/plain", "per token/plain", "per token", "all"],
            intervals.GroupsOf(Read("vendor", "H100 SXM 80GB", "Llama 3.1 8B", "8", "tpot_ms")));
        Assert.Equal("both/first token/crowded", intervals.GroupsOf(Read("vendor", "H100 SXM 80GB", "Llama 3.1 8B", "128", "ttft_ms"))[0]);
        Assert.Equal("both/first token/open", intervals.GroupsOf(Read("vendor", "H100 SXM 80GB", "Llama 3.1 8B", "qps=2", "ttft_ms"))[0]);
    }

    [Fact]
    public void DifficultyGrowsWithVarianceAndWithWhatIsAssumed()
    {
        Assert.Equal(Math.Sqrt((0.01 + 0.0036) * 1.5), Intervals.Difficulty(0.01, 1.5), 1e-12);
        Assert.True(Intervals.Difficulty(0.02, 1.5) > Intervals.Difficulty(0.01, 1.5));
        Assert.True(Intervals.Difficulty(0, 1) > 0);
    }

    // 40 anchors of one source on one pair, 3 of another.
    private static PointTable Anchors()
    {
        var table = new PointTable(ServingFeatures.FeatureNames, ServingFeatures.LabelNames);
        for (int i = 0; i < 43; i++)
        {
            Scenario s = Read(i < 40 ? "vendor" : "blog", "H100 SXM 80GB", "Llama 3.1 8B", "8", "tpot_ms");
            ServingFeatures features = ServingFeatures.Of(s, PhysicsFit.Prior);
            table.Add(features.Smooth, features.Labels);
        }

        return table;
    }

    private static Scenario Read(string source, string device, string model, string load, string metric)
    {
        string text = $"source,hardware,num_devices,model,precision,tp,pp,isl,osl,concurrency_or_batch,metric,notes\n{source},{device},1,{model},fp8,1,1,1000,1000,{load},{metric},\n";
        return new ScenarioReader(CatalogueShapes.Default).Read(Table.Parse(new StringReader(text)).Rows[0]);
    }
}
