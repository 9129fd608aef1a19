using System.Text.Json;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Fleets;

/// <summary>Fleet files: what they mean, that they round-trip, and what is said about mistakes.</summary>
public sealed class FleetFileTests
{
    private const string Mixed = """
        fleet: mixed-cloud
        devices:
          - { kind: H100 SXM 80GB, count: 8,  at: zone-a, price: { cloud: gcp, instance: a3-highgpu-8g } }
          - { kind: Gaudi3,        count: 16, at: zone-b, price: { purchase_usd: 12500, years: 4, interest: 8%, power_usd_kwh: 0.40 } }
          - { kind: EPYC 9654,     count: 4,  at: zone-a, price: { usd_hour: 1.9, source: "our contract, 2026-10" } }
        links:
          - { between: [zone-a, zone-b], bandwidth: 25 Gbit/s, latency: 600 us }
        """;

    [Fact]
    public void AMixedFleetReads()
    {
        Fleet fleet = Read(Mixed);
        Assert.Equal(["H100 SXM 80GB", "Gaudi3", "EPYC 9654 (Genoa 96c)"], fleet.Devices.Select(d => d.Name));
        Assert.Equal((80e9, 3.35e12, 989e12), (fleet.Devices[0].Memory!.Value, fleet.Devices[0].Bandwidth!.Value, fleet.Devices[0].Peak["bf16"].Value)); // catalogued
        Assert.Equal(5.383, fleet.Devices[0].PricePerHour!.Value, 3); // an instance's price is shared by its accelerators
        Assert.Equal(0.851, fleet.Devices[1].PricePerHour!.Value, 3); // bought: 12500 over 4 years at 8 %, 900 W at $0.40
        Assert.Equal(new Sourced(1.9, "our contract, 2026-10"), fleet.Devices[2].PricePerHour);
        Assert.Contains("process", fleet.Devices[2].Runs);
        Assert.Equal(["encoder", "llm"], fleet.Devices[0].Runs);
        Link link = Assert.Single(fleet.Links);
        Assert.Equal((3.125e9, 6e-4), (link.Bandwidth.Value, link.Latency.Value));
        Assert.NotNull(fleet.LinkBetween("zone-b", "zone-a"));
    }

    [Fact]
    public void ThePapersDevicesComeWithItsPrices()
    {
        Fleet fleet = Read("fleet: p\ncatalogue: paper\ndevices:\n  - { kind: H100 }\n  - { kind: H100, catalogue: vendor, name: real }\n");
        Assert.Equal(1.313, fleet.Devices[0].PricePerHour!.Value, 3); // in the paper's table
        Assert.Equal(1979e12, fleet.Devices[0].Peak["fp16"].Value);
        Assert.Equal(989e12, fleet.Devices[1].Peak["fp16"].Value);
        Assert.Null(fleet.Devices[1].PricePerHour);
        Assert.Equal("real", fleet.Devices[1].Name);
    }

    [Fact]
    public void SpareCapacityIsCheaperAndMayBeTakenBack()
    {
        Fleet fleet = Read("fleet: p\ndevices:\n  - { name: full, kind: T4, price: { cloud: azure, instance: Standard_NC16as_T4_v3 } }\n  - { name: spare, kind: T4, price: { cloud: azure, instance: Standard_NC16as_T4_v3, market: spot } }\n");
        Assert.Equal((1.204, 0.467513), (fleet.Devices[0].PricePerHour!.Value, fleet.Devices[1].PricePerHour!.Value)); // in the table
        Assert.Equal((false, true), (fleet.Devices[0].IsReclaimable, fleet.Devices[1].IsReclaimable));
    }

    [Fact]
    public void NumbersCanBeOverriddenWithASource()
    {
        Fleet fleet = Read("""
            fleet: x
            devices:
              - kind: H100
                memory: { value: 94 GB, source: datasheet }
                peak: { fp8: 1.5 PFLOPS }
                figures: { hop_s: { value: 12 us, source: probe }, gemm_fp32_flops: 100 GFLOPS, memory_bandwidth: 20 GB/s, cores: 4 }
                measured: [{ service: chat, phase: decode, p50: 9 ms, p95: 15 ms, usd_use: 0.001, source: bench }]
            """);
        Device device = fleet.Devices[0];
        Assert.Equal(new Sourced(94e9, "datasheet"), device.Memory);
        Assert.Equal(new Sourced(1.5e15, "test.yaml"), device.Peak["fp8"]);
        Assert.Equal(989e12, device.Peak["bf16"].Value);
        Assert.Equal((12e-6, 1e11, 2e10, 4), (device.Figures["hop_s"].Value, device.Figures["gemm_fp32_flops"].Value, device.Figures["memory_bandwidth"].Value, device.Figures["cores"].Value));
        Assert.Equal(new ServiceFigure("chat", "decode", new Seconds(0.009), new Seconds(0.015), new Dollars(0.001), "bench"), Assert.Single(device.Services));
    }

    [Theory]
    [InlineData(Mixed)]
    [InlineData("""
        fleet: "this machine: \"quoted\" € \t tab"
        devices:
          - name: here
            kind: AMD EPYC-Genoa Processor
            tier: cpu
            at: here
            runs: [process, http, onnx, kernel]
            memory: { value: 25.1 GB, source: "/proc/meminfo" }
            bandwidth: { value: 31.337 GB/s, source: "measured by orc fleet probe" }
            figures:
              gemm_fp32_flops: { value: 113.7 GFLOPS, source: "measured by orc fleet probe" }
              process_spawn_s: { value: 1.234567 ms, source: "measured by orc fleet probe" }
              hop_s: 0.3 us
              onnx_flops: 41 GFLOPS
              loopback_rtt_s: 33 us
          - { kind: OpenAI-compatible endpoint, tier: endpoint, at: elsewhere, figures: { ttft_s: 400 ms, tpot_s: 15 ms, usd_per_mtok_in: 0.15, usd_per_mtok_out: 0.6 } }
          - { kind: B200, name: big, scale_up: { bandwidth: 900 GB/s, count: 72 }, measured: [{ service: a/b, p50: 3 s }] }
        links:
          - { between: [here, elsewhere], bandwidth: 100 Mbit/s, latency: 10 ms, usd_gb: 0.09, source: list price }
        """)]
    public void WritingAndReadingGivesTheSameFleet(string text)
    {
        Fleet fleet = Read(text);
        string written = FleetFile.Write(fleet);
        Fleet again = Read(written);
        Assert.Equal(Json(fleet), Json(again));
        Assert.Equal(written, FleetFile.Write(again));
    }

    [Fact]
    public void EveryFleetHasPeople()
    {
        Fleet fleet = Read("fleet: x\ndevices: [{ kind: H100 }]");
        Assert.Contains("human", Assert.Single(fleet.WithPerson().Devices, d => d.Tier == "person").Runs);
        Assert.Equal(fleet.WithPerson().Devices.Length, fleet.WithPerson().WithPerson().Devices.Length);
    }

    public static TheoryData<string, string, int, int, string> Mistakes => new()
    {
        { "", "ORC3001", 1, 1, "empty" },
        { "fleet: x\ndevices: [{ kind: H100 }", "ORC3001", 2, 25, "not YAML" },
        { "fleet: x\n\tdevices: []", "ORC3001", 2, 1, "not YAML" },
        { "- a\n- b", "ORC3003", 1, 1, "a fleet file is a mapping" },
        { "devices: [{ kind: H100 }]", "ORC3004", 1, 1, "'fleet'" },
        { "fleet: x", "ORC3004", 1, 1, "'devices'" },
        { "fleet: x\ndevices: []", "ORC3004", 2, 10, "no device" },
        { "fleet: x\ndevices: H100", "ORC3003", 2, 10, "is a list" },
        { "fleet: x\ndevices: [H100]", "ORC3003", 2, 11, "a device is a mapping" },
        { "fleet: x\ndevices: [{ kindd: H100 }]", "ORC3002", 2, 13, "did you mean 'kind'?" },
        { "fleet: x\ndevices: [{ count: 2 }]", "ORC3004", 2, 11, "'kind'" },
        { "fleet: x\ndevices: [{ kind: H100 SMX 80GB }]", "ORC3005", 2, 19, "did you mean 'H100 SXM 80GB'?" },
        { "fleet: x\ncatalogue: papper\ndevices: [{ kind: H100 }]", "ORC3003", 2, 12, "did you mean 'paper'?" },
        { "fleet: x\ndevices: [{ kind: H100, count: -3 }]", "ORC3007", 2, 32, "1 to 100000" },
        { "fleet: x\ndevices: [{ kind: H100, count: many }]", "ORC3006", 2, 32, "whole number" },
        { "fleet: x\ndevices: [{ kind: H100, count: 1e9 }]", "ORC3007", 2, 32, "whole number" },
        { "fleet: x\ndevices: [{ kind: H100, memory: 80 }]", "ORC3006", 2, 33, "GB" },
        { "fleet: x\ndevices: [{ kind: H100, memory: 80 GB/s }]", "ORC3006", 2, 33, "one of B, kB" },
        { "fleet: x\ndevices: [{ kind: H100, memory: -1 GB }]", "ORC3007", 2, 33, "negative" },
        { "fleet: x\ndevices: [{ kind: H100, memory: 1e30 GB }]", "ORC3007", 2, 33, "beyond anything" },
        { "fleet: x\ndevices: [{ kind: H100, tier: gpuu }]", "ORC3003", 2, 31, "did you mean 'gpu'?" },
        { "fleet: x\ndevices: [{ kind: H100, runs: [proces] }]", "ORC3015", 2, 32, "did you mean 'process'?" },
        { "fleet: x\ndevices: [{ kind: H100, price: { cloud: gpc, instance: a } }]", "ORC3010", 2, 41, "did you mean 'gcp'?" },
        { "fleet: x\ndevices: [{ kind: H100, price: { cloud: gcp, instance: a3-highgpu-8 } }]", "ORC3010", 2, 56, "a3-highgpu-8g" },
        { "fleet: x\ndevices: [{ kind: H100, price: { cloud: aws, instance: g6.xlarge } }]", "ORC3010", 2, 56, "does not come with" },
        { "fleet: x\ndevices: [{ kind: H100, price: { cloud: aws } }]", "ORC3012", 2, 32, "lacks instance" },
        { "fleet: x\ndevices: [{ kind: H100, price: { usd_hour: 2, cloud: aws, instance: g } }]", "ORC3012", 2, 32, "several ways" },
        { "fleet: x\ndevices: [{ kind: H100, price: {} }]", "ORC3012", 2, 32, "empty" },
        { "fleet: x\ndevices: [{ kind: H100, price: { purchase_usd: 1, years: 0, interest: 8%, power_usd_kwh: 1 } }]", "ORC3007", 2, 58, "more than 0" },
        { "fleet: x\ndevices: [{ kind: T4, price: { cloud: azure, instance: Standard_NC16as_T4_v3, market: spott } }]", "ORC3010", 2, 87, "did you mean 'spot'" },
        { "fleet: x\ndevices: [{ kind: H100, price: { cloud: aws, instance: p5.48xlarge, market: spot } }]", "ORC3010", 2, 77, "no spot price" },
        { "fleet: x\ndevices: [{ kind: T4, price: { usd_hour: 1, market: spot } }]", "ORC3012", 2, 53, "a market is one of a cloud's instance" },
        { "fleet: x\ndevices: [{ kind: mine, tier: gpu, price: { purchase_usd: 1, years: 4, interest: 8%, power_usd_kwh: 1 } }]", "ORC3012", 2, 43, "draws is unknown" },
        { "fleet: x\ndevices: [{ kind: H100, name: a }, { kind: B200, name: a }]", "ORC3008", 2, 36, "two devices are called 'a'" },
        { "fleet: x\nfleet: y\ndevices: [{ kind: H100 }]", "ORC3008", 2, 1, "given twice" },
        { "fleet: x\ndevices: [{ kind: H100, at: zone-a }]\nlinks: [{ between: [zone-a, zone-b], bandwidth: 1 Gbit/s, latency: 1 ms }]", "ORC3009", 3, 29, "no device is at 'zone-b'" },
        { "fleet: x\ndevices: [{ kind: H100, at: a }]\nlinks: [{ between: [a], bandwidth: 1 Gbit/s, latency: 1 ms }]", "ORC3003", 3, 20, "two places" },
        { "fleet: x\ndevices: [{ kind: H100, at: a }]\nlinks: [{ between: [a, a], bandwidth: 1 Gbps, latency: 1 ms }]", "ORC3006", 3, 39, "Gbit/s" },
        { "fleet: x\ndevices: [{ kind: H100, at: a }]\nlinks: [{ between: [a, a], bandwidth: 0 B/s, latency: 1 ms }]", "ORC3007", 3, 39, "carries something" },
        { "fleet: x\ndevices: [{ kind: H100, at: a }]\nlinks: [{ between: [a, a], bandwidth: 1 B/s }]", "ORC3004", 3, 9, "'latency'" },
        { "fleet: x\ndevices: &d [{ kind: H100 }]", "ORC3011", 2, 10, "anchors" },
        { "fleet: x\ndevices: [{ kind: H100, measured: [{ service: a, p50: 5 ms, p95: 1 ms }] }]", "ORC3007", 2, 66, "p95 is below p50" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void AMistakeIsLocatedAndExplained(string text, string code, int line, int column, string says)
    {
        var bag = new DiagnosticBag();
        Assert.Null(FleetFile.Read(new SourceText("test.yaml", text), Catalogue.Default, bag));
        Diagnostic diagnostic = bag.Items.First(d => d.Code == code);
        Assert.Equal((code, line, column), (diagnostic.Code, diagnostic.Span.Source!.Locate(diagnostic.Span.Start).Line, diagnostic.Span.Source.Locate(diagnostic.Span.Start).Column)); // every mistake has a place
        Assert.Contains(says, diagnostic.Message + " " + diagnostic.Remedy, StringComparison.Ordinal);
        Assert.False(string.IsNullOrEmpty(diagnostic.Remedy));
    }

    [Fact]
    public void AllMistakesAreToldAtOnce()
    {
        var bag = new DiagnosticBag();
        FleetFile.Read(new SourceText("test.yaml", """
            fleet: x
            colour: red
            devices:
              - { kind: H1000, count: 0, memory: 80 }
              - { kind: B200, price: { usd_hour: free } }
            links:
              - { between: [here, there], bandwidth: fast, latency: 1 ms }
            """), Catalogue.Default, bag);
        Assert.Equal(["ORC3002", "ORC3005", "ORC3007", "ORC3006", "ORC3006", "ORC3009", "ORC3006"], bag.Items.Select(d => d.Code));
    }

    [Theory]
    [InlineData("[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[")]
    [InlineData("fleet: x\ndevices: [{ kind: { { { } } } }]")]
    [InlineData("fleet: &a [*a]\ndevices: *a")]
    [InlineData("fleet: x\n---\nfleet: y\n")]
    [InlineData("? [a]\n: b\n")]
    [InlineData("\u0000\u0001\u0002")]
    [InlineData("fleet: !!binary x\ndevices: !!set {a}")]
    public void NoTextBreaksTheReader(string text)
    {
        var bag = new DiagnosticBag();
        Assert.Null(FleetFile.Read(new SourceText("test.yaml", text), Catalogue.Default, bag));
        Assert.True(bag.HasErrors);
        Assert.All(bag.Items, d => Assert.StartsWith("ORC30", d.Code, StringComparison.Ordinal));
    }

    [Fact]
    public void TheSchemaListsTheReadersKeys()
    {
        using JsonDocument schema = JsonDocument.Parse(File.ReadAllText(Repository.PathOf("costmodels", "data", "fleet.schema.json")));
        JsonElement root = schema.RootElement;
        JsonElement defs = root.GetProperty("$defs");
        JsonElement device = defs.GetProperty("device").GetProperty("properties");
        Assert.Equal(FleetFileKeys.Fleet, Keys(root));
        Assert.Equal(FleetFileKeys.Device, Keys(defs.GetProperty("device")));
        Assert.Equal(FleetFileKeys.Price, Keys(device.GetProperty("price")));
        Assert.Equal(FleetFileKeys.ScaleUp, Keys(device.GetProperty("scale_up")));
        Assert.Equal(FleetFileKeys.Measured, Keys(device.GetProperty("measured").GetProperty("items")));
        Assert.Equal(FleetFileKeys.Link, Keys(defs.GetProperty("link")));
        Assert.Equal(FleetFileKeys.Formats, Keys(device.GetProperty("peak")));
        Assert.Equal(FleetFileKeys.Value, Keys(defs.GetProperty("quantity").GetProperty("oneOf")[1]));
        Assert.Equal(FleetFileKeys.Tiers, Values(device.GetProperty("tier")));
        Assert.Equal(FleetFileKeys.Executors, Values(device.GetProperty("runs").GetProperty("items")));
        Assert.Equal([.. Catalogue.Default.Catalogues, "none"], Values(defs.GetProperty("catalogue")));
    }

    private static IEnumerable<string> Keys(JsonElement schema) => schema.GetProperty("properties").EnumerateObject().Select(p => p.Name);

    private static IEnumerable<string?> Values(JsonElement schema) => schema.GetProperty("enum").EnumerateArray().Select(v => v.GetString());

    private static string Json(Fleet fleet) => JsonSerializer.Serialize(fleet, PlanJson.Default.Fleet);

    private static Fleet Read(string text)
    {
        var bag = new DiagnosticBag();
        Fleet? fleet = FleetFile.Read(new SourceText("test.yaml", text), Catalogue.Default, bag);
        Assert.Empty(bag.Items.Select(d => DiagnosticText.Render(d)));
        return fleet!; // read without errors
    }
}
