using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.Plan;

/// <summary>What kind of work a task is; decides which cost model answers and what can execute it.</summary>
public enum WorkKind
{
    /// <summary>Text to tokens.</summary>
    Tokenize,

    /// <summary>Reading a prompt of <see cref="Workload.TokensIn"/> tokens.</summary>
    Prefill,

    /// <summary>Moving a prompt's KV cache from prefill to decode; costs nothing inside one pool.</summary>
    KvTransfer,

    /// <summary>Writing <see cref="Workload.TokensOut"/> tokens one by one.</summary>
    Decode,

    /// <summary>One pass of an encoder: embedding, speech recognition, speech synthesis.</summary>
    Encode,

    /// <summary>Choosing experts.</summary>
    GateSelect,

    /// <summary>Joining the outputs of experts.</summary>
    Merge,

    /// <summary>A collective among the devices of one configuration.</summary>
    Collective,

    /// <summary>Waiting for something elsewhere (a service, a search engine).</summary>
    Lookup,

    /// <summary>Burning cycles here: a process, an ONNX model, a kernel, an index search.</summary>
    Compute,

    /// <summary>Waiting for a person.</summary>
    Wait,
}

/// <summary>
/// The work of a task, apart from any device. What is not known is null and stays unknown; a cost model that needs it says so.
/// </summary>
public sealed record Workload
{
    /// <summary>The kind of work.</summary>
    public required WorkKind Kind { get; init; }

    /// <summary>
    /// What a device must offer to execute this: <c>llm</c>, <c>encoder</c>, <c>onnx</c>, <c>kernel</c>, <c>process</c>, <c>http</c>, <c>mcp</c>, <c>wasm</c>, <c>human</c>.
    /// </summary>
    public required string Executor { get; init; }

    /// <summary>The model, ONNX bundle or kernel by its public name, where there is one (<c>meta-llama/Llama-3.1-8B-Instruct</c>, <c>ppocr-v4</c>).</summary>
    public string? Model { get; init; }

    /// <summary>Precisions allowed, best first (<c>fp8</c>, <c>bf16</c>); empty leaves the choice to placement.</summary>
    public ImmutableArray<string> Precisions { get; init; } = [];

    /// <summary>Expected tokens read.</summary>
    public double? TokensIn { get; init; }

    /// <summary>Expected tokens written.</summary>
    public double? TokensOut { get; init; }

    /// <summary>Whether <see cref="TokensIn"/> or <see cref="TokensOut"/> is a bound (<c>max</c>) because no expectation was given.</summary>
    public bool TokensAreBounds { get; init; }

    /// <summary>Arithmetic of one execution, when it does not follow from a catalogued model.</summary>
    public Flops? Arithmetic { get; init; }

    /// <summary>Bytes read from memory in one execution, when they do not follow from a catalogued model.</summary>
    public Bytes? Traffic { get; init; }

    /// <summary>Bytes that must stay resident, when they do not follow from a catalogued model.</summary>
    public Bytes? Resident { get; init; }

    /// <summary>The median that the author expects (<c>expect: 180 ms p50</c>).</summary>
    public Seconds? DeclaredP50 { get; init; }

    /// <summary>The 95th percentile that the author expects.</summary>
    public Seconds? DeclaredP95 { get; init; }

    /// <summary>The author's time-out, an upper bound when nothing else is known.</summary>
    public Seconds? Timeout { get; init; }

    /// <summary>How much work it is, as text that is the same for the same sizes: <c>900 in</c>, <c>900 in, 60 out</c>; empty when nothing is known of it.</summary>
    public string SizeText()
    {
        double? written = Kind == WorkKind.Prefill ? null : TokensOut;
        (double? Value, string Unit)[] sizes = [(TokensIn, "in"), (written, "out"), (Arithmetic?.Value, "flop"), (Traffic?.Value, "B")];
        return string.Join(", ", sizes.Where(s => s.Value is not null).Select(s => string.Create(CultureInfo.InvariantCulture, $"{s.Value} {s.Unit}")));
    }
}
