using System.Globalization;

namespace Orchestrator.CostModels.Operators;

/// <summary>Where and with what an attention call runs: rows of one context are measured alike.</summary>
/// <param name="Source">Who measured, as the row says.</param>
/// <param name="Hardware">The device as the row names it.</param>
/// <param name="Software">Library with version, or who measured where the row names a model in its place.</param>
/// <param name="KvType">Element type of the cache: <c>bf16</c>, <c>fp8</c>.</param>
/// <param name="Prefill">The phase.</param>
internal sealed record AttentionContext(string Source, string Hardware, string Software, string KvType, bool Prefill)
{
    /// <summary>Library without its version: <c>vllm</c>.</summary>
    public string Library { get; } = Software.Split(' ')[0];

    /// <summary>The device's figures.</summary>
    public OperatorDevice Device { get; } = OperatorDevice.Of(Hardware);
}

/// <summary>Measured attention calls and how their rows are read and written.</summary>
internal static class AttentionTable
{
    /// <summary>One row: the context, the shape, and the measured time where there is one.</summary>
    public static (AttentionContext Context, AttentionShape Shape) Read(TableRow row)
    {
        bool prefill = PrefillOf(row);
        string type = row["kv_dtype"].Length > 0 ? row["kv_dtype"] : row["dtype"];
        type = TypeOf(type.Length > 0 ? type : "bf16");
        double heads = Whole(row, "num_heads");
        double kvHeads = Whole(row, "num_kv_heads");
        if (kvHeads > heads)
        {
            throw new TableException(row.Line, "num_kv_heads", $"{kvHeads} key and value heads for {heads} query heads", "give at most as many as num_heads");
        }

        double cached = row.Number("kv_len_before") ?? 0;
        if (cached < 0)
        {
            throw new TableException(row.Line, "kv_len_before", "the cached length must not be below 0", "give 0 where nothing is cached");
        }

        var shape = new AttentionShape(
            prefill, Whole(row, "batch"), Whole(row, "q_len"), cached, heads, kvHeads, Whole(row, "head_dim"), ElementBytes(type));
        return (new AttentionContext(row["source"], row["hardware"], SoftwareOf(row), type, prefill), shape);
    }

    /// <summary>One spelling per element type: <c>bf16/fp16</c> and <c>fp16</c> cost what <c>bf16</c> costs.</summary>
    public static string TypeOf(string text) => text.Trim().ToLowerInvariant() switch
    {
        "bf16" or "fp16" or "float16" or "bfloat16" or "half" or "bf16/fp16" or "auto" => "bf16",
        string t when t.StartsWith("fp8", StringComparison.Ordinal) || t is "int8" or "float8" => "fp8",
        string t => t,
    };

    /// <summary>Bytes of one cached element; 16 bits where the type is not known.</summary>
    public static double ElementBytes(string type) => type switch
    {
        "fp8" => 1,
        "fp4" or "int4" or "nvfp4" or "mxfp4" => 0.5,
        "fp32" or "float32" or "tf32" => 4,
        _ => 2,
    };

    /// <summary>Whether <see cref="ElementBytes"/> knows the type rather than assuming 16 bits.</summary>
    public static bool IsKnownType(string type) => type is "bf16" or "fp8" or "fp4" or "int4" or "nvfp4" or "mxfp4" or "fp32" or "float32" or "tf32";

    private static bool PrefillOf(TableRow row) => row["phase"] switch
    {
        "prefill" or "context" => true,
        "decode" or "generation" => false,
        "" => (row.Number("q_len") ?? 1) > 1,
        string other => throw new TableException(row.Line, "phase", $"'{other}' is no phase", "write prefill or decode"),
    };

    // A name with a slash is a model from a hub, not a library: then who measured stands for the library.
    private static string SoftwareOf(TableRow row)
    {
        string model = row["model"].Trim();
        return model.Length == 0 || model.Contains('/', StringComparison.Ordinal) ? row["source"] : model;
    }

    private static double Whole(TableRow row, string column)
    {
        double value = row.Positive(column);
        return value >= 1 && value <= 1e9 && value == Math.Floor(value)
            ? value
            : throw new TableException(
                row.Line, column, string.Create(CultureInfo.InvariantCulture, $"{column} must be a whole number from 1 to 1e9, not {value}"), "count it in whole units");
    }
}
