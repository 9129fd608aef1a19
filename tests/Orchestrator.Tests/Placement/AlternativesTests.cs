using Orchestrator.Compiler;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>Models of which any is good enough, promises on quality, and what must be beside or apart from something.</summary>
public sealed class AlternativesTests
{
    private const string Composition = """
        model router = "meta-llama/Llama-3.1-8B-Instruct" { precision: fp8 }
        model coder = "meta-llama/Llama-3.1-70B-Instruct" | "meta-llama/Llama-3.1-8B-Instruct" { precision: fp8, quality: 90 % | 70 % }
        model writer = "meta-llama/Llama-3.1-70B-Instruct" | "meta-llama/Llama-3.1-8B-Instruct" { precision: fp8, quality: 88 % | 82 % }
        workflow help(question: text) -> text {
          promise { p95 <= 60 s, rate 2/s }
          kind = router("Code or prose? {question}", max: 10 tokens) expect 200 in, 4 out
          match kind {
            "code" => coder("Write code for {question}", max: 300 tokens) expect 300 in, 300 out expect 30 %
            else => writer("Answer {question}", max: 300 tokens) expect 300 in, 300 out
          }
        }
        """;

    private const string Copies = """
        model writer = "meta-llama/Llama-3.1-8B-Instruct" { precision: fp8 }
        model spare = "meta-llama/Llama-3.1-8B-Instruct" { precision: fp8 }
        workflow help(question: text) -> list<text> {
          promise { p95 <= 60 s, rate 2/s }
          [writer("A {question}") expect 300 in, 300 out, spare("B {question}") WISH expect 300 in, 300 out]
        }
        """;

    private const string OnePlace = "{ name: here, kind: L40S, count: 64, at: east, price: { usd_hour: 1 } }, { name: big, kind: H100 SXM 80GB, count: 64, at: east, price: { usd_hour: 4 } }";
    private const string TwoPlaces = OnePlace + ", { name: there, kind: L40S, count: 64, at: west, price: { usd_hour: 1.5 } }";

    [Theory]
    [InlineData("quality >= 70 %", 0.784, "8B", "8B")] // 0.3 × 0.7 + 0.7 × 0.82
    [InlineData("quality >= 78 %", 0.784, "8B", "8B")]
    [InlineData("quality >= 80 %", 0.844, "70B", "8B")] // 0.3 × 0.9 + 0.7 × 0.82; the other way round is 0.826 and dearer or as dear
    [InlineData("quality >= 88 %", 0.886, "70B", "70B")]
    public void TheSmallestModelsThatKeepTheMeanQualityAreTaken(string sla, double least, string coder, string writer)
    {
        DeploymentPlan plan = Assert.IsType<DeploymentPlan>(Compiled(Composition, OnePlace, sla).Plan);
        double quality = Assert.IsType<double>(plan.Placement.Quality);
        Assert.InRange(quality, Promised(sla), 1);
        if (coder == writer)
        {
            Assert.Equal(least, quality, 6);
            Assert.Contains(coder, ModelOf(plan, "coder"), StringComparison.Ordinal);
            Assert.Contains(writer, ModelOf(plan, "writer"), StringComparison.Ordinal);
        }

        Assert.Equal(ModelOf(plan, "coder"), plan.Program.Declarations.First(d => d.Symbol == "coder").Target); // what is executed
        Assert.Contains(plan.Placement.Unknowns, u => u.Contains("the quality of router is not stated", StringComparison.Ordinal));
    }

    [Fact]
    public void DeclarationsThatTakeOneModelMayShareItsPool()
    {
        DeploymentPlan plan = Assert.IsType<DeploymentPlan>(Compiled(Composition, OnePlace, "quality >= 70 %").Plan);
        Candidate[] pools = [.. plan.Placement.Pools.Select(p => plan.Estimates.Candidates[p])];
        Assert.Contains(plan.Estimates.Candidates, c => c.Services.SequenceEqual(["coder", "router", "writer"]));
        Assert.Contains(plan.Estimates.Candidates, c => c.Services.SequenceEqual(["coder", "writer"]));
        Assert.Contains(plan.Estimates.Candidates, c => c.Services.SequenceEqual(["coder"]));
        Assert.Single(pools); // one small card carries all three
    }

    [Fact]
    public void WhatNoModelReachesIsSaidAndCanBePromised()
    {
        PlacementFailure failure = Assert.IsType<PlacementFailure>(Compiled(Composition, OnePlace, "quality >= 95 %").Failure);
        Assert.Equal("quality", failure.Constraint);
        Assert.Contains("0.886", failure.Explanation, StringComparison.Ordinal);
        Assert.Contains(failure.Relaxations, r => r.Change.StartsWith("promise quality ≥ 0.886", StringComparison.Ordinal));
        Assert.IsType<DeploymentPlan>(Compiled(Composition, OnePlace, "quality >= 0.886").Plan);
    }

    [Theory]
    [InlineData("", true)]
    [InlineData("near writer", true)]
    [InlineData("apart from writer", false)]
    public void WhatIsWantedApartIsAtAnotherPlace(string wish, bool together)
    {
        DeploymentPlan plan = Assert.IsType<DeploymentPlan>(Compiled(Copies.Replace("WISH", wish, StringComparison.Ordinal), TwoPlaces, "p95 <= 60 s").Plan);
        string[] places = [.. plan.Placement.Pools.Select(p => plan.Estimates.Candidates[p].Device).Select(d => plan.Fleet.Devices.First(x => x.Name == d).Place).Distinct()];
        Assert.Equal(together ? 1 : 2, places.Length);
    }

    [Fact]
    public void WhereThereIsOnePlaceOnlyTheWishIsTheConflict()
    {
        PlacementFailure failure = Assert.IsType<PlacementFailure>(Compiled(Copies.Replace("WISH", "apart from writer", StringComparison.Ordinal), OnePlace, "p95 <= 60 s").Failure);
        Assert.Contains("spare apart from writer", failure.Explanation, StringComparison.Ordinal);
        Assert.Contains(failure.Relaxations, r => r.Change == "do without 'spare apart from writer'");
    }

    private static string ModelOf(DeploymentPlan plan, string service) =>
        plan.Placement.Pools.Select(p => plan.Estimates.Candidates[p]).First(c => c.Services.Contains(service)).Model;

    private static double Promised(string sla) => double.Parse(sla.Split(' ')[2], System.Globalization.CultureInfo.InvariantCulture) / 100;

    private static CompileResult Compiled(string workflow, string devices, string sla)
    {
        var bag = new DiagnosticBag();
        string links = devices == TwoPlaces ? "links:\n  - { between: [east, west], bandwidth: 10 Gbit/s, latency: 10 ms }\n" : "";
        Fleet? fleet = FleetFile.Read(new SourceText("f.yaml", $"fleet: f\ndevices: [{devices}]\n{links}"), Catalogue.Default, bag);
        Assert.Empty(bag.Items.Select(d => d.Message));
        CompileResult result = Compile.Run(new CompileRequest { Source = new SourceText("w.flow", workflow), Fleet = fleet, Sla = sla }, TestContext.Current.CancellationToken);
        Assert.False(result.HasErrors, string.Join('\n', result.Diagnostics.Select(d => d.Message)));
        return result;
    }
}
