namespace Orchestrator.CostModels.Serving;

/// <summary>One measured or asked figure of serving: what runs where, under which load, and what the figure counts.</summary>
public sealed record Scenario
{
    /// <summary>The device.</summary>
    public required DeviceShape Device { get; init; }

    /// <summary>The model.</summary>
    public required ModelShape Model { get; init; }

    /// <summary>How its weights are stored.</summary>
    public required WeightFormat Format { get; init; }

    /// <summary>Devices of the whole system.</summary>
    public required double Devices { get; init; }

    /// <summary>How a copy that writes is spread.</summary>
    public required Layout Decode { get; init; }

    /// <summary>Copies that write.</summary>
    public required double Copies { get; init; }

    /// <summary>How a copy that only reads prompts is spread; the same as <see cref="Decode"/> unless <see cref="Disaggregated"/>.</summary>
    public required Layout Prefill { get; init; }

    /// <summary>Copies that only read prompts.</summary>
    public double PrefillCopies { get; init; } = 1;

    /// <summary>Whether reading and writing have devices of their own.</summary>
    public bool Disaggregated { get; init; }

    /// <summary>Whether layers lie on devices one after another and one sequence visits them in turn, as llama.cpp does.</summary>
    public bool LayerSplit { get; init; }

    /// <summary>Serving program: <c>vllm</c>, <c>trtllm</c>, <c>llama.cpp</c>; <c>unknown</c> when nothing tells.</summary>
    public required string Engine { get; init; }

    /// <summary>Its generation: the engine with a year.</summary>
    public required string Era { get; init; }

    /// <summary>Year of the measurement.</summary>
    public double Year { get; init; } = 2025;

    /// <summary>How requests come.</summary>
    public required LoadKind Load { get; init; }

    /// <summary>Sequences in the whole system: batch, clients; the engine's limit when saturated; infinite when none is told.</summary>
    public double Concurrency { get; init; } = double.PositiveInfinity;

    /// <summary>Requests a second offered to the whole system; infinite when all come at once.</summary>
    public double Rate { get; init; } = double.PositiveInfinity;

    /// <summary>Requests of the whole run where only that bounds a queue.</summary>
    public double Requests { get; init; } = 400;

    /// <summary>Tokens of a prompt.</summary>
    public required double Input { get; init; }

    /// <summary>Tokens of an answer.</summary>
    public required double Output { get; init; }

    /// <summary>Most tokens of prompts read at once.</summary>
    public double Chunk { get; init; } = 8192;

    /// <summary>What the figure counts.</summary>
    public required ServingMetric Metric { get; init; }

    /// <summary>Whether a draft model or extra heads guess tokens ahead, as far as it is told.</summary>
    public bool Speculation { get; init; }

    /// <summary>Whether the figure is a high percentile and not a mean.</summary>
    public bool Tail { get; init; }

    /// <summary>Where the row is from; empty for a table of one's own.</summary>
    public string Source { get; init; } = "";

    /// <summary>A label of what the source does in its own way: <c>vendor</c>, <c>endpoint</c>, <c>layout not recorded</c>.</summary>
    public string Habit { get; init; } = "";

    /// <summary>What the row did not tell and what was taken instead, for people.</summary>
    public IReadOnlyList<string> Assumed { get; init; } = [];

    /// <summary>The class that errors are reported under: <c>per token</c>, <c>throughput</c>, <c>first token</c> or <c>latency</c>.</summary>
    public string Class => Metric switch
    {
        ServingMetric.PerToken => "per token",
        ServingMetric.FirstToken => "first token",
        ServingMetric.Latency or ServingMetric.LatencyPerTotalToken => "latency",
        _ => "throughput",
    };

    /// <summary>Device and model, after merging names.</summary>
    public string Pair => Device.Name + " / " + Model.Name;
}
