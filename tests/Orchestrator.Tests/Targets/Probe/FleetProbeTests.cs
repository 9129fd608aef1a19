using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Targets.Probe;
using Xunit;

namespace Orchestrator.Tests.Targets.Probe;

/// <summary>Measuring this machine: sane figures with sources, nothing about how fast it is.</summary>
public sealed class FleetProbeTests
{
    [Fact]
    public void FiguresAreSaneAndSayHowTheyWereMeasured()
    {
        ProbeReport report = FleetProbe.Run(TimeProvider.System, TestContext.Current.CancellationToken);
        TestContext.Current.SendDiagnosticMessage(report.Processor + "\n" + string.Join('\n', report.Figures.Select(f => f + "  (" + f.Source + ")")) + "\n" + string.Join('\n', report.Notes)
            + $"\n{report.Llvm} | {report.OnnxRuntime} | {report.Node} | {report.MemoryBytes}");
        Assert.All(report.Figures, f => Assert.True(double.IsFinite(f.Value) && f.Value > 0, f.ToString()));
        Assert.All(report.Figures, f => Assert.StartsWith("measured by orc fleet probe, ", f.Source, StringComparison.Ordinal));
        Assert.All(report.Figures, f => Assert.Matches(@"median of \d+, \d{4}-\d\d-\d\d$", f.Source));
        Assert.All(report.Figures, f => Assert.InRange(f.Value, f.Unit == "s" ? 1e-10 : 1e6, f.Unit == "s" ? 2 : 1e15));
        foreach (string name in (string[])["fp32", "fp32_core_flops", "memory_bandwidth", "hop_s", "loopback_s", "process_spawn_s", "onnx_flops"])
        {
            Assert.NotNull(report[name]);
        }

        Assert.Equal(report.Llvm is not null, report["kernel_launch_s"] is not null);
        Assert.InRange(report.Cores, 1, 4096);
        Assert.InRange(report.MemoryBytes, 1L << 26, 1L << 50);
    }

    [Fact]
    public void TheReportIsAFleetThatCanBeReadBack()
    {
        var when = new DateTimeOffset(2026, 3, 4, 0, 0, 0, TimeSpan.Zero);
        ProbeFigure Figure(string name, double value, string unit) => new(name, value, unit, "measured by orc fleet probe, a test, median of 3, 2026-03-04");
        var report = new ProbeReport("Some \"quoted\" processor: 3 GHz", 4, 1L << 33,
            [Figure("fp32", 2e11, "FLOP/s"), Figure("memory_bandwidth", 3e10, "B/s"), Figure("hop_s", 3e-6, "s")], null, "1.31.1", null, [], when);
        Fleet fleet = report.ToFleet();
        Device device = Assert.Single(fleet.Devices);
        Assert.Equal(2e11, device.Peak["fp32"].Value);
        Assert.Equal(3e10, device.Bandwidth?.Value);
        Assert.Contains("onnx", device.Runs);
        Assert.DoesNotContain("onnx", (report with { OnnxRuntime = null }).ToFleet().Devices[0].Runs);
        Assert.Equal("fp32  200 GFLOP/s", report.Figures[0].ToString());

        string text = FleetFile.Write(fleet);
        var bag = new DiagnosticBag();
        Fleet? read = FleetFile.Read(new SourceText("fleet.yaml", text), Catalogue.Default, bag);
        Assert.Empty(bag.Items);
        Assert.Equal(text, FleetFile.Write(read!)); // no mistakes, so there is a fleet
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void TheMatrixProductIsRight(bool compiled)
    {
        using Orchestrator.Targets.LlvmCpu.LlvmCpu? llvm = Orchestrator.Targets.LlvmCpu.LlvmCpu.TryCreate(out string reason);
        Assert.SkipWhen(compiled && llvm is null, reason);
        var product = new MatrixProduct(compiled ? llvm!.Compile("tile", TileKernel.Text()).AddressOf(TileKernel.Name) : 0); // skipped above when null
        product.Run();
        Assert.Equal(0, product.LargestError());
    }

    [Fact]
    public void OnnxRuntimeComputesTheModelThatWasWrittenByHand()
    {
        using var product = new OnnxProduct();
        Assert.Equal(OnnxProduct.Size * 0.25f, product.Run());
    }
}
