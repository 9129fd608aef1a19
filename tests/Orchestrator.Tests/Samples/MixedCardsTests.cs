using Orchestrator.Compiler;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Samples;

/// <summary>A model that no kind of device of a fleet holds, cut by layers over several.</summary>
public sealed class MixedCardsTests
{
    [Fact]
    public void TheLayersLieOnSmallCardsForLessThanALargeOneCosts()
    {
        Candidate pool = Pool(Planned(Own()));
        LayerCut cut = Assert.IsType<LayerCut>(pool.Cut);
        Assert.True(pool.TakenDevices().Count() > 1);
        Assert.Equal(1, cut.Stretches[0].First);
        Assert.Equal(cut.Layers, cut.Stretches.Max(s => s.Last));
        for (int layer = 1; layer <= cut.Layers; layer++)
        {
            Assert.Equal(1, cut.Stretches.Where(s => s.First <= layer && layer <= s.Last).Sum(s => s.Share), 3);
        }

        Fleet fleet = Own();
        Assert.All(pool.TakenDevices(), d => Assert.InRange(d.Count, 1, fleet.Devices.First(x => x.Name == d.Device).Count));
        CompileResult large = SampleWorkflow.Plan("mixed-cards", "h100-cloud");
        Assert.Null(Pool(large).Cut);
        Assert.True(pool.CostPerHour!.Value.Value < 0.7 * large.Plan!.Placement.CostPerHour!.Value.Likely); // both have prices and a rate
    }

    [Fact]
    public void WithoutALinkInsideAPlaceTheRefusalSaysSo()
    {
        CompileResult result = Planned(Own() with { Links = [] });
        Assert.Null(result.Plan);
        Assert.Contains("no link inside zone-a, zone-b is stated", result.Failure!.Explanation, StringComparison.Ordinal); // there is no plan
    }

    [Fact]
    public void APlanWithACutIsReadBackAsItWas()
    {
        DeploymentPlan plan = Planned(Own()).Plan!; // it has one
        string text = Orchestrator.Compiler.Stages.StageText.Of(plan);
        DeploymentPlan again = System.Text.Json.JsonSerializer.Deserialize(text, PlanJson.Default.DeploymentPlan)!; // just written
        Assert.Equal(text, Orchestrator.Compiler.Stages.StageText.Of(again));
        PlanDifference none = PlanDifference.Between(plan, again);
        Assert.Empty(none.Moves);
        Assert.Empty(none.Machines);
    }

    private static Candidate Pool(CompileResult result) => result.Plan!.Estimates.Candidates[result.Plan.Placement.Pools[0]]; // there is a plan

    private static CompileResult Planned(Fleet fleet) =>
        Compile.Run(new CompileRequest { Source = SampleWorkflow.Text("mixed-cards"), Fleet = fleet }, TestContext.Current.CancellationToken);

    private static Fleet Own()
    {
        string path = Repository.PathOf("samples", "mixed-cards", "fleet.yaml");
        return FleetFile.Read(new SourceText(path, File.ReadAllText(path)), Catalogue.Default, new DiagnosticBag())!; // the sample's own is free of mistakes
    }
}
