using System.Collections.Immutable;

namespace Orchestrator.Plan;

/// <summary>The keys that a fleet file may have; the published JSON Schema lists the same.</summary>
public static class FleetFileKeys
{
    /// <summary>Top level.</summary>
    public static ImmutableArray<string> Fleet { get; } = ["fleet", "catalogue", "devices", "links"];

    /// <summary>An item of <c>devices</c>.</summary>
    public static ImmutableArray<string> Device { get; } =
    [
        "name", "kind", "catalogue", "tier", "count", "at", "runs", "memory", "bandwidth", "peak", "scale_up", "price", "figures", "measured",
    ];

    /// <summary>A device's <c>price</c>.</summary>
    public static ImmutableArray<string> Price { get; } =
        ["cloud", "instance", "market", "purchase_usd", "years", "interest", "power_usd_kwh", "usd_hour", "source"];

    /// <summary>How a cloud's instance is rented: at the full price, or on spare capacity that may be taken back.</summary>
    public static ImmutableArray<string> Markets { get; } = ["on_demand", Spot];

    /// <summary>Spare capacity that its owner may take back.</summary>
    public const string Spot = "spot";

    /// <summary>A device's <c>scale_up</c>.</summary>
    public static ImmutableArray<string> ScaleUp { get; } = ["bandwidth", "count", "source"];

    /// <summary>A number that is overridden.</summary>
    public static ImmutableArray<string> Value { get; } = ["value", "source"];

    /// <summary>An item of a device's <c>measured</c>.</summary>
    public static ImmutableArray<string> Measured { get; } = ["service", "phase", "p50", "p95", "usd_use", "source"];

    /// <summary>An item of <c>links</c>.</summary>
    public static ImmutableArray<string> Link { get; } = ["between", "bandwidth", "latency", "usd_gb", "source"];

    /// <summary>Number formats of <c>peak</c>.</summary>
    public static ImmutableArray<string> Formats { get; } = ["fp32", "tf32", "bf16", "fp16", "fp8", "int8", "fp4"];

    /// <summary>Tiers.</summary>
    public static ImmutableArray<string> Tiers { get; } = ["cpu", "gpu", "npu", "endpoint", "person"];

    /// <summary>What a device may execute.</summary>
    public static ImmutableArray<string> Executors { get; } =
        ["llm", "encoder", "onnx", "kernel", "process", "http", "mcp", "wasm", "human"];

    /// <summary>What a device of a tier executes unless the file says otherwise.</summary>
    public static ImmutableSortedSet<string> RunsOf(string tier) => tier switch
    {
        "cpu" => ["process", "http", "mcp", "wasm", "kernel", "onnx", "llm", "encoder"],
        "gpu" => ["llm", "encoder"],
        "npu" => ["encoder", "onnx"],
        "endpoint" => ["llm"],
        "person" => ["human"],
        _ => [],
    };
}
