using System.Xml.Linq;
using Orchestrator.Compiler;
using Orchestrator.Compiler.Emit.Report;
using Orchestrator.Compiler.Placing;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Compiler.Emit;

public sealed class ReportTests
{
    private const string Workflow = """
        tool read = process "read" (x: text) -> text { pure, expect: 200 ms p50, 400 ms p95 }
        tool rank = process "rank" (x: text) -> text { pure, expect: 30 ms p50, 60 ms p95 }

        workflow w(x: text) -> text {
          promise { p95 <= 900 ms, rate 20/s }
          a = read(x)
          b = rank(a)
          "{a} {b}"
        }
        """;

    private const string Devices = """
        fleet: "two <kinds> & more"
        devices:
          - { kind: EPYC 9654, name: slow, count: 40, price: { usd_hour: 1, source: "assumed" } }
          - kind: EPYC 9654
            name: quick
            count: 40
            price: { usd_hour: 9, source: "assumed" }
            measured:
              - { service: read, p50: 40 ms, p95: 80 ms, source: "assumed" }
              - { service: rank, p50: 6 ms, p95: 12 ms, source: "assumed" }
        """;

    private static DeploymentPlan PlanOf(string? sla = null)
    {
        var mistakes = new DiagnosticBag();
        Fleet? fleet = FleetFile.Read(new SourceText("fleet.yaml", Devices), Catalogue.Default, mistakes);
        Assert.False(mistakes.HasErrors);
        CompileResult result = Orchestrator.Compiler.Compile.Run(new CompileRequest { Source = new SourceText("w.flow", Workflow), Fleet = fleet, Sla = sla });
        Assert.False(result.HasErrors, string.Concat(result.Diagnostics.Select(d => DiagnosticText.Render(d))));
        return result.Plan!; // without mistakes there is a plan
    }

    [Fact]
    public void TheFrontRunsFromQuickAndDearToSlowAndCheapThroughThePlan()
    {
        DeploymentPlan plan = PlanOf("p95 <= 300 ms");
        PlanStudy study = Study.Of(plan, TestContext.Current.CancellationToken);
        Assert.Equal((95, false, 0.3), (study.Percentile, study.FirstToken, study.Limit!.Value)); // promised
        Assert.True(study.Front.Length >= 2, string.Join("; ", study.Front));
        foreach ((FrontPoint quicker, FrontPoint slower) in study.Front.Zip(study.Front.Skip(1)))
        {
            Assert.True(quicker.Latency < slower.Latency && quicker.Cost > slower.Cost, $"{quicker} before {slower}");
        }

        FrontPoint promised = study.Front.Last(p => p.Latency <= 0.3);
        Assert.Equal(plan.Placement.ObjectiveValue, promised.Cost, 6);
    }

    [Fact]
    public void ATaskAtTheHighEndOfItsIntervalMakesTheRunSlowerAndNeverThePlanCheaper()
    {
        DeploymentPlan plan = PlanOf("p95 <= 500 ms");
        PlanStudy study = Study.Of(plan, TestContext.Current.CancellationToken);
        Assert.NotEmpty(study.Sensitivities);
        double planned = plan.Placement.Latency[95].Likely;
        foreach (Sensitivity s in study.Sensitivities)
        {
            Assert.True(s.Latency > planned, s.ToString());
            Assert.Equal(s.Latency <= 0.5, s.Kept);
            Assert.True(s.Cost is null || s.Cost >= plan.Placement.ObjectiveValue - 1e-9, s.ToString());
            Assert.True(!s.Kept || s.Cost == plan.Placement.ObjectiveValue, s.ToString());
        }

        Assert.Equal(study.Sensitivities.OrderByDescending(s => s.Latency), study.Sensitivities);
    }

    [Fact]
    public void ThePageNeedsNothingElseAndSaysWhatThePlanSays()
    {
        DeploymentPlan plan = PlanOf();
        PlanStudy study = Study.Of(plan, TestContext.Current.CancellationToken);
        string page = ReportHtml.Write(plan, study);
        Assert.Equal(page, ReportHtml.Write(plan, Study.Of(plan, TestContext.Current.CancellationToken)));
        foreach (string outside in (string[])["<script", "http:", "https:", "url(", "src=", "@import"])
        {
            Assert.DoesNotContain(outside, page, StringComparison.OrdinalIgnoreCase);
        }

        Assert.All(plan.Graph.Tasks, t => Assert.Contains(t.Name, page, StringComparison.Ordinal));
        Assert.Contains("two &lt;kinds&gt; &amp; more", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<kinds>", page, StringComparison.Ordinal);
        Assert.Contains($"{new Dollars(plan.Placement.CostPerHour!.Value.Likely)}/h", page, StringComparison.Ordinal); // known: every device has a price
    }

    [Fact]
    public void EveryPictureIsWellFormedAndInsideItsFrame()
    {
        DeploymentPlan plan = PlanOf();
        string page = ReportHtml.Write(plan, Study.Of(plan, TestContext.Current.CancellationToken));
        string[] pictures = [.. page.Split("<svg").Skip(1).Select(p => "<svg" + p[..(p.IndexOf("</svg>", StringComparison.Ordinal) + 6)])];
        Assert.True(pictures.Length >= 3, page);
        foreach (XElement svg in pictures.Select(XElement.Parse))
        {
            double width = (double)svg.Attribute("width")!; // written by Svg
            foreach (XElement box in svg.Elements("rect"))
            {
                Assert.InRange((double)box.Attribute("x")!, 0, width);
                Assert.InRange((double)box.Attribute("x")! + (double)box.Attribute("width")!, 0, width + 1);
            }
        }
    }

    [Fact]
    public void APlanWithoutPromiseOrRateHasAPageToo()
    {
        DeploymentPlan plan = PlanOf();
        DeploymentPlan bare = plan with
        {
            Objective = new Objective(),
            Placement = plan.Placement with { Budget = [], Machines = [], CostPerHour = null, CostPerRun = null, BestSingleKind = null },
        };
        var study = new PlanStudy(false, 95, null, [], []);
        string page = ReportHtml.Write(bare, study);
        Assert.Contains("promise: none", page, StringComparison.Ordinal);
        Assert.Contains("unknown", page, StringComparison.Ordinal);
    }
}
