namespace Orchestrator.CostModels.Serving;

/// <summary>How one copy of a model is spread over devices.</summary>
/// <param name="Tensor">Devices that each layer is cut over.</param>
/// <param name="Pipeline">Stages of consecutive layers.</param>
/// <param name="Data">Ranks that hold attention whole and split the sequences, sharing experts.</param>
public readonly record struct Layout(double Tensor, double Pipeline, double Data)
{
    /// <summary>Devices of the copy.</summary>
    public double Devices => Tensor * Pipeline * Data;
}

/// <summary>How requests come.</summary>
public enum LoadKind
{
    /// <summary>One sequence at a time.</summary>
    Single,

    /// <summary>A batch that starts and ends together.</summary>
    Static,

    /// <summary>Clients that send the next request when the last is answered.</summary>
    Closed,

    /// <summary>Requests at a rate, whatever the state of the server.</summary>
    Open,

    /// <summary>All requests queued from the start.</summary>
    Saturated,
}

/// <summary>What a figure counts.</summary>
public enum ServingMetric
{
    /// <summary>Generated tokens a second of the whole system.</summary>
    OutputRate,

    /// <summary>Generated tokens a second and device.</summary>
    OutputRatePerDevice,

    /// <summary>Input and output tokens a second.</summary>
    TotalRate,

    /// <summary>Prompt tokens a second while reading.</summary>
    PrefillRate,

    /// <summary>Tokens a second while writing.</summary>
    DecodeRate,

    /// <summary>Milliseconds to the first token.</summary>
    FirstToken,

    /// <summary>Milliseconds between later tokens.</summary>
    PerToken,

    /// <summary>Milliseconds of a whole request or static batch.</summary>
    Latency,

    /// <summary>Milliseconds of a request over its input and output tokens.</summary>
    LatencyPerTotalToken,
}
