using Orchestrator.Plan;
using Orchestrator.Runtime;
using Xunit;

namespace Orchestrator.Tests.Runtime;

public sealed class CompareTests
{
    private static DeploymentPlan Plan()
    {
        var graph = new GraphBuilder();
        TaskGraph frozen = graph.Build(graph.Tool("a"));
        var estimate = new Estimate(new Interval(0.008, 0.010, 0.015), new Interval(0.01, 0.02, 0.03), Interval.Exactly(0.01), Bytes.Zero, "roofline", "a table");
        var candidate = new Candidate(0, ["a"], [0], "here", "", "", 1, 1, 0, null, null, Bytes.Zero, [estimate]);
        return new DeploymentPlan(frozen, new Fleet("f", [new Device { Name = "here", Kind = "EPYC", Tier = "cpu", Count = 1, Place = "p" }], []), new Objective(),
            new EstimateTable([candidate], []), new Placement { Assignments = [new Assignment(0, 0, -1, "")], Pools = [0] });
    }

    private static RunResult Result(params double[] ms) => new()
    {
        Value = new TextDatum("x"),
        Elapsed = TimeSpan.FromMilliseconds(30),
        Tasks = [new TaskMeasure(ms.Length, TimeSpan.FromMilliseconds(ms.Sum()), [.. ms])],
    };

    [Fact]
    public void TheReportHasPredictedAndMeasuredPerExecution()
    {
        RunReport report = Compare.Report(Plan(), Result(10, 20));
        TaskReport task = Assert.Single(report.Tasks);
        Assert.Equal(("a", "here", 10.0, 8.0, 15.0, 15.0, 2, "roofline; a table"),
            (task.Task, task.Device, task.PredictedMs, task.LowMs, task.HighMs, task.MeasuredMs, task.Executions, task.Source));
        Assert.Equal("{\"value\":\"x\"}", report.Outputs.GetRawText());
    }

    [Fact]
    public void TheLastTimesAreLearned()
    {
        Calibration learned = Calibration.Empty;
        for (int i = 0; i < 70; i++)
        {
            learned = Compare.Learn(learned, Plan(), Result(i));
        }

        CalibrationRow row = Assert.Single(learned.Rows);
        Assert.Equal(("a", "compute", "EPYC", 64, 6.0, 69.0), (row.Service, row.Phase, row.DeviceKind, row.MeasuredMs.Length, row.MeasuredMs[0], row.MeasuredMs[^1]));
    }

    [Fact]
    public void ACalibrationIsKeptAndADamagedOneIsSetAside()
    {
        string path = Path.Combine(Path.GetTempPath(), $"orc-{Environment.ProcessId}-{Environment.TickCount64}", "c.json");
        var told = new List<string>();
        Assert.Empty(CalibrationFile.Read(path, told.Add).Rows);
        Assert.True(CalibrationFile.Write(path, Compare.Learn(Calibration.Empty, Plan(), Result(1)), told.Add));
        Assert.Single(CalibrationFile.Read(path, told.Add).Rows);
        Assert.Empty(told);
        File.WriteAllText(path, "{\"rows\": [1");
        Assert.Empty(CalibrationFile.Read(path, told.Add).Rows);
        Assert.Single(told);
        Assert.True(File.Exists(path + ".damaged"));
        Assert.False(File.Exists(path));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public void EventsAreBoundedAndEndWithTheRun()
    {
        var simulation = new Simulation().Tool("a", 10, "x");
        var events = new RunEvents(2);
        simulation.Options = new EngineOptions { Events = events };
        var graph = new GraphBuilder();
        simulation.Run(graph.Build(graph.Tool("a", graph.Tool("a"))));
        RunEvent[] left = [.. events.ReadAllAsync().ToBlockingEnumerable()];
        Assert.Equal((2, 2, RunEventKind.Finished), (events.Dropped, left.Length, left[^1].Kind));
    }
}
