using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.CostModels;

/// <summary>The values of a configuration by key, of its text part where it has one, with the places of mistakes.</summary>
internal sealed class HuggingFaceKeys
{
    private readonly SourceText _source;
    private readonly JsonElement _root;
    private readonly JsonElement _main;
    private readonly DiagnosticBag _bag;

    /// <summary>Over the root object of a file.</summary>
    public HuggingFaceKeys(SourceText source, JsonElement root, DiagnosticBag bag)
    {
        _source = source;
        _root = root;
        _bag = bag;
        _main = root.TryGetProperty("text_config", out JsonElement text) && text.ValueKind == JsonValueKind.Object ? text : root;
    }

    /// <summary>Whether a mistake was reported.</summary>
    public bool Broken { get; private set; }

    /// <summary>The file's path.</summary>
    public string Path => _source.Path;

    /// <summary>The architecture: <c>model_type</c> of the text part, else of the whole; null after reporting that there is none.</summary>
    public string? Type()
    {
        string type = Of(_main, "model_type") ?? Of(_root, "model_type") ?? "";
        if (type.Length > 0 && HuggingFaceFamilies.Find(type) is null && Of(_root, "model_type") is { Length: > 0 } outer)
        {
            type = outer;
        }

        if (type.Length == 0)
        {
            Error("ORC3042", "the key 'model_type' is missing", "", "give the config.json that comes with the checkpoint, with its model_type");
            return null;
        }

        return type;
    }

    /// <summary>Whether a key has a value.</summary>
    public bool Has(string key) => Value(key) is { ValueKind: not JsonValueKind.Null };

    /// <summary>A text; empty when there is none.</summary>
    public string Text(string key) => Value(key) is { ValueKind: JsonValueKind.String } value ? value.GetString() ?? "" : "";

    /// <summary>A yes or no, or null.</summary>
    public bool? Flag(string key) => Value(key)?.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The first of these keys that has a value, which must be a number within bounds; null when none has.</summary>
    public double? Number(double least, double most, params ReadOnlySpan<string> keys)
    {
        foreach (string key in keys)
        {
            if (Value(key) is not { ValueKind: not JsonValueKind.Null } value)
            {
                continue;
            }

            if (value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number) && number >= least && number <= most)
            {
                return number;
            }

            Error("ORC3043", string.Create(CultureInfo.InvariantCulture, $"'{key}' is a number from {least} to {most}"), key, "check the file; it should be as published");
            return null;
        }

        return null;
    }

    /// <summary>The mean of a list of numbers, or null when the key holds none.</summary>
    public double? Mean(string key) => Value(key) is { ValueKind: JsonValueKind.Array } list && list.GetArrayLength() > 0
        && list.EnumerateArray().All(n => n.ValueKind == JsonValueKind.Number)
        ? list.EnumerateArray().Average(n => n.GetDouble())
        : null;

    /// <summary>As <see cref="Number"/>; 1 after reporting that none of the keys is there.</summary>
    public double Required(double least, double most, params ReadOnlySpan<string> keys)
    {
        bool before = Broken;
        if (Number(least, most, keys) is { } value)
        {
            return value;
        }

        if (Broken == before)
        {
            Error("ORC3042", $"the key '{keys[0]}' is missing", "", keys.Length > 1 ? $"add '{keys[0]}' (or {string.Join(", ", keys[1..].ToArray())})" : $"add '{keys[0]}'");
        }

        return 1;
    }

    /// <summary>How many layers keep keys and values, have a state instead, and look back within a window.</summary>
    /// <param name="layers">All layers.</param>
    /// <param name="window">See <see cref="HuggingFaceFamily.Window"/>, for files that do not list their layers.</param>
    public (double Full, double Linear, double Windows) Layers(double layers, string window)
    {
        if (Value("layer_types") is { ValueKind: JsonValueKind.Array } types)
        {
            string[] listed = [.. types.EnumerateArray().Select(t => t.ValueKind == JsonValueKind.String ? t.GetString() ?? "" : "")];
            double linear = listed.Count(t => t.Contains("linear", StringComparison.Ordinal) || t is "mamba" or "recurrent");
            return (listed.Length - linear, linear, listed.Count(t => t is "sliding_attention" or "chunked_attention"));
        }

        if (Number(2, 1000, "full_attention_interval") is { } interval)
        {
            double full = Math.Floor(layers / interval);
            return (full, layers - full, 0);
        }

        bool bounded = Has("sliding_window") && Flag("use_sliding_window") != false;
        double pattern = Number(2, 100, "sliding_window_pattern") ?? (window == "6" ? 6 : 0);
        double windows = Has("attention_chunk_size") ? layers - Math.Floor(layers / 4)
            : !bounded ? 0
            : pattern > 0 ? layers - Math.Floor(layers / pattern)
            : window == "half" ? Math.Floor(layers / 2)
            : window == "all" ? layers
            : 0;
        return (layers, 0, windows);
    }

    /// <summary>The number format of the weights.</summary>
    public string Format()
    {
        if (_root.TryGetProperty("quantization_config", out JsonElement quantization) && quantization.ValueKind == JsonValueKind.Object)
        {
            string method = Of(quantization, "quant_method") ?? "";
            double bits = quantization.TryGetProperty("bits", out JsonElement b) && b.TryGetDouble(out double read) ? read : 4;
            return method switch
            {
                "fp8" => quantization.TryGetProperty("weight_block_size", out _) ? "fp8_block" : "fp8",
                "mxfp4" => "mxfp4",
                "modelopt" => (Of(quantization, "quant_algo") ?? "").Contains("FP4", StringComparison.OrdinalIgnoreCase) ? "nvfp4" : "fp8",
                "awq" or "gptq" => bits >= 8 ? "int8" : "int4_g128",
                "compressed-tensors" => (Of(quantization, "format") ?? "") switch
                {
                    "float-quantized" => "fp8",
                    "nvfp4-pack-quantized" => "nvfp4",
                    "int-quantized" => "int8",
                    _ => "int4_g128",
                },
                _ => "bf16",
            };
        }

        return (Text("torch_dtype") + Text("dtype")) switch
        {
            "float32" => "fp32",
            "float16" => "fp16",
            _ => "bf16",
        };
    }

    /// <summary>Reports a mistake at a key, at the start of the file for an empty one.</summary>
    public void Error(string code, string message, string key, string remedy)
    {
        Broken = true;
        Match at = key.Length > 0
            ? Regex.Match(_source.Text, "\"" + Regex.Escape(key) + "\"\\s*:\\s*(\"[^\"]*\"|[^,\\s}\\]]+)", RegexOptions.None, TimeSpan.FromSeconds(1))
            : Match.Empty;
        SourceSpan span = at.Success ? new SourceSpan(_source, at.Groups[1].Index, at.Groups[1].Length) : new SourceSpan(_source, 0, 1);
        _bag.Error(code, message, span, remedy);
    }

    private JsonElement? Value(string key) => _main.TryGetProperty(key, out JsonElement value) || _root.TryGetProperty(key, out value) ? value : null;

    private static string? Of(JsonElement element, string key) =>
        element.TryGetProperty(key, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
