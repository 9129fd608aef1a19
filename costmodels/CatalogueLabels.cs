using System.Collections.Frozen;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.CostModels;

/// <summary>
/// Takes labels of models and devices apart the way people write them. A label becomes words: lower case, hyphens of every kind and spaces are
/// separators, letters part from the digits after them (<c>Llama3.1-8B</c> and <c>LLaMA v3.1 8B</c> are both <c>llama 3.1 8b</c>).
/// </summary>
internal static partial class CatalogueLabels
{
    // Words of a model's name that say how it was tuned, stored or measured, and not what it is.
    private static readonly FrozenSet<string> Tuning = new[]
    {
        "instruct", "instruction", "chat", "hf", "it", "pt", "base", "sft", "dpo", "preview", "tutorial", "meta", "fp8", "nvfp4", "fp4", "mxfp4", "bf16", "fp16",
        "f16", "int4", "int8", "awq", "gptq", "gguf", "ggml", "bnb", "quantized", "dynamic", "4bit", "8bit", "bit", "w4a16", "w8a8", "w8a16", "w4a8", "kv", "g128",
        "q4", "k", "m", "q8", "v", "dense", "bfloat16", "onnx", "mlx", "exl2", "exl3", "autoround", "marlin", "model", "weights", "gg",
    }.ToFrozenSet(StringComparer.Ordinal);

    // Words of a device's label that name its maker or its kind.
    private static readonly FrozenSet<string> Makers = new[]
    {
        "nvidia", "amd", "intel", "apple", "google", "cloud", "aws", "amazon", "qualcomm", "rockchip", "huawei", "geforce", "radeon", "instinct", "tensor", "tesla", "r", "tm",
        "processor", "accelerator", "cpu",
    }.ToFrozenSet(StringComparer.Ordinal);

    [GeneratedRegex(@"[a-z]+|\d+(\.\d+)*[a-z]*")]
    private static partial Regex Word();

    [GeneratedRegex(@"^\d+(\.\d+)?[bm]$")]
    private static partial Regex Size();

    [GeneratedRegex(@"^(\d{4}|\d{6}|\d{8})$")]
    private static partial Regex Date();

    [GeneratedRegex(@"^\d+k$")]
    private static partial Regex Reach();

    [GeneratedRegex(@"^\s*\d+\s*[x×]\s+|^\s*\d+[x×](?=[A-Za-z])")]
    private static partial Regex Count();

    [GeneratedRegex(@"\s+[x×]\s*\d+\s*$")]
    private static partial Regex CountAfter();

    [GeneratedRegex(@"^(\d+(\.\d+)?)gb$")]
    private static partial Regex Gigabytes();

    // What may follow a device's name without making it another device: form factors, memories, counts.
    [GeneratedRegex(@"^(sxm|sxm\d|pcie|oam|hgx|dgx|hbm|hbm\d.*|\de|gpu|npu|gb|\d+gb|\d+g|\d+c|core|cores|\d+|api|server|edition|node|card|chip|generation|gen|nvlink|ddr.*|lpddr.*)$")]
    private static partial Regex Decoration();

    /// <summary>The words of a label.</summary>
    public static string[] Words(string label)
    {
        Span<char> plain = label.Length <= 256 ? stackalloc char[label.Length] : new char[label.Length];
        for (int i = 0; i < label.Length; i++)
        {
            plain[i] = label[i] switch
            {
                >= '\u2010' and <= '\u2015' or '\u2212' or '\u2011' => '-',
                '\u00a0' or '\u202f' or '\u2009' => ' ',
                char c => char.ToLowerInvariant(c),
            };
        }

        return [.. Word().Matches(plain.ToString()).Select(m => m.Value)];
    }

    /// <summary>The words of a model's label without its maker (before the last slash) and without <c>v</c> before a version.</summary>
    public static string[] ModelWords(string label)
    {
        int slash = label.LastIndexOf('/');
        return [.. Words(slash >= 0 && slash < label.Length - 1 ? label[(slash + 1)..] : label).Where(w => w != "v")];
    }

    /// <summary>The words that say what a model is: without tuning, storage, dates and reach (<c>128k</c>).</summary>
    public static string[] Essential(string[] words) =>
        [.. words.Where(w => !Tuning.Contains(w) && !Date().IsMatch(w) && !Reach().IsMatch(w))];

    /// <summary>Whether a word is a size: <c>8b</c>, <c>0.6b</c>, <c>135m</c>.</summary>
    public static bool IsSize(string word) => Size().IsMatch(word);

    /// <summary>The words of a device's label without makers and without a count (<c>8x H100</c>).</summary>
    public static string[] DeviceWords(string label) =>
        [.. Words(CountAfter().Replace(Count().Replace(label, ""), "")).Where(w => !Makers.Contains(w))];

    /// <summary>Whether words after a device's name leave it the same device.</summary>
    public static bool AreDecoration(IEnumerable<string> words) => words.All(w => Decoration().IsMatch(w));

    /// <summary>The memory that a label states, in bytes, or null.</summary>
    public static double? MemoryOf(IEnumerable<string> words)
    {
        foreach (string word in words)
        {
            if (Gigabytes().Match(word) is { Success: true } match)
            {
                return double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) * 1e9;
            }
        }

        return null;
    }
}
