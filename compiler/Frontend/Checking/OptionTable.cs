using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

/// <summary>What the value of an option looks like.</summary>
internal enum OptionForm
{
    Flag,
    Text,
    Secret,
    Time,
    Tokens,
    Count,
    Number,
    Memory,
    Precision,
    Quality,
    Latency,
    Encoder,
}

/// <summary>The options that declarations have.</summary>
internal static class OptionTable
{
    public static readonly string[] ToolKinds = ["http", "mcp", "process", "wasm", "onnx", "kernel"];
    public static readonly string[] IndexKinds = ["folder", "table"];
    public static readonly string[] Methods = ["GET", "POST", "PUT", "PATCH", "DELETE"];
    public static readonly string[] Precisions = ["fp32", "tf32", "bf16", "fp16", "fp8", "int8", "fp4", "int4", "nvfp4", "mxfp4"];
    public static readonly string[] Effects = ["pure", "idempotent", "effect"];

    private static readonly Dictionary<string, OptionForm> s_model = new(StringComparer.Ordinal)
    {
        ["precision"] = OptionForm.Precision,
        ["quality"] = OptionForm.Quality,
        ["temperature"] = OptionForm.Number,
        ["context"] = OptionForm.Tokens,
        ["max"] = OptionForm.Tokens,
        ["endpoint"] = OptionForm.Secret,
        ["secret"] = OptionForm.Secret,
        ["timeout"] = OptionForm.Time,
        ["expect"] = OptionForm.Latency,
        ["memory"] = OptionForm.Memory,
        ["region"] = OptionForm.Text,
    };

    private static readonly Dictionary<string, OptionForm> s_tool = new(StringComparer.Ordinal)
    {
        ["pure"] = OptionForm.Flag,
        ["idempotent"] = OptionForm.Flag,
        ["effect"] = OptionForm.Flag,
        ["timeout"] = OptionForm.Time,
        ["secret"] = OptionForm.Secret,
        ["expect"] = OptionForm.Latency,
        ["memory"] = OptionForm.Memory,
        ["region"] = OptionForm.Text,
    };

    private static readonly Dictionary<string, OptionForm> s_index = new(StringComparer.Ordinal)
    {
        ["chunk"] = OptionForm.Tokens,
        ["overlap"] = OptionForm.Tokens,
        ["embed"] = OptionForm.Encoder,
        ["key"] = OptionForm.Text,
        ["region"] = OptionForm.Text,
    };

    private static readonly Dictionary<string, OptionForm> s_memory = new(StringComparer.Ordinal)
    {
        ["keep"] = OptionForm.Time,
        ["path"] = OptionForm.Text,
        ["region"] = OptionForm.Text,
    };

    /// <summary>The options of what begins with <paramref name="word"/>.</summary>
    public static IReadOnlyDictionary<string, OptionForm> Of(string word) => word switch
    {
        "model" => s_model,
        "tool" => s_tool,
        "index" => s_index,
        _ => s_memory,
    };

    public static IReadOnlyDictionary<string, OptionForm> For(NamedDeclaration declaration) => declaration switch
    {
        ModelDeclaration => s_model,
        ToolDeclaration => s_tool,
        IndexDeclaration => s_index,
        _ => s_memory,
    };

    public static Sequence<Option> Of(NamedDeclaration declaration) => declaration switch
    {
        ModelDeclaration d => d.Options,
        ToolDeclaration d => d.Options,
        IndexDeclaration d => d.Options,
        MemoryDeclaration d => d.Options,
        _ => [],
    };

    /// <summary>How a value of the form is written.</summary>
    public static string Example(string name, OptionForm form) => form switch
    {
        OptionForm.Flag => name,
        OptionForm.Text => $"{name}: \"…\"",
        OptionForm.Secret => $"{name}: env(\"NAME\")",
        OptionForm.Time => $"{name}: 3 s",
        OptionForm.Tokens => $"{name}: 400 tokens",
        OptionForm.Count => $"{name}: 4",
        OptionForm.Number => $"{name}: 0.2",
        OptionForm.Memory => $"{name}: 8 GB",
        OptionForm.Precision => $"{name}: fp8 | bf16",
        OptionForm.Quality => $"{name}: 86 % | 73 %",
        OptionForm.Latency => $"{name}: 180 ms p50, 900 ms p95",
        _ => $"{name}: the name of a model, or \"hash-ngrams\"",
    };
}
