using System.Globalization;
using System.Text.RegularExpressions;

namespace Orchestrator.CostModels.Serving;

/// <summary>Which program served, and in which year, as far as a row tells.</summary>
internal static partial class EngineReader
{
    // What the sources that do not name their program in every row ran. Source: the sources' own descriptions.
    private static readonly Dictionary<string, (string Engine, double Year)> Sources = new(StringComparer.Ordinal)
    {
        ["trtllm_v1.0"] = ("trtllm", 2025),
        ["trtllm_v1.x_dev"] = ("trtllm", 2026),
        ["trtllm_v0.17"] = ("trtllm", 2024),
        ["trtllm_v0.14_online"] = ("trtllm", 2024),
        ["trtllm_v0.6.1"] = ("trtllm", 2023),
        ["rocm_vllm"] = ("vllm", 2025),
        ["llamacpp_gpu_table"] = ("llama.cpp", 2024),
        ["dgx_spark"] = ("llama.cpp", 2025),
        ["apex_vllm"] = ("vllm", 2024),
        ["llmservingsim_vllm"] = ("vllm", 2026),
        ["mooncake_pd"] = ("vllm", 2025),
        ["vllm_ascend"] = ("vllm", 2025),
        ["intel_gaudi"] = ("habana", 2024),
        ["rknn_llm"] = ("rknn", 2025),
        ["qualcomm_aihub"] = ("genie", 2025),
        ["openvino_client"] = ("openvino", 2025),
        ["openvino_ovms"] = ("openvino", 2024),
        ["openvino_ovms_2025"] = ("openvino", 2025),
        ["aws_neuron"] = ("neuron", 2024),
        ["aws_neuron_old"] = ("neuron", 2023),
        ["aws_nxdi_trn2"] = ("neuron", 2025),
        ["jetstream_pt"] = ("jetstream", 2024),
        ["jetson_thor"] = ("trtllm edge", 2025),
        ["mlperf_v4.1"] = ("trtllm", 2024),
        ["deepseek_infra"] = ("deepseek", 2025),
        ["cloudmatrix384"] = ("deepseek", 2025),
        ["llmperf_groq"] = ("endpoint", 2024),
        ["sambanova_blog"] = ("endpoint", 2024),
    };

    // Words of notes by program, longer first where one holds another.
    private static readonly (string Word, string Engine)[] Words =
    [
        ("tensorrt-llm", "trtllm"), ("trtllm", "trtllm"), ("trt-llm", "trtllm"), ("llama.cpp", "llama.cpp"), ("llama-bench", "llama.cpp"), ("deepspeed-mii", "mii"),
        ("deepspeed", "deepspeed"), ("sambaflow", "sambaflow"), ("sglang", "sglang"), ("vllm", "vllm"), ("openvino", "openvino"),
    ];

    /// <summary>The engine and the year; <c>unknown</c> and 2025 when nothing tells.</summary>
    public static (string Engine, double Year) Read(string source, string notes, DeviceShape device)
    {
        string text = notes.ToLowerInvariant();
        double? dated = Dated().Match(notes) is { Success: true } match
            ? double.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture) + (double.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture) > 9 ? 1 : 0)
            : null;
        if (Sources.TryGetValue(source, out (string Engine, double Year) known))
        {
            return source == "mlperf_v4.1" && device.Family == "cdna" ? ("vllm", 2024) : known;
        }

        bool argonne = source.StartsWith("argonne", StringComparison.Ordinal);
        foreach ((string word, string engine) in Words)
        {
            if (text.Contains(word, StringComparison.Ordinal))
            {
                // Undated rows of the collection of serving tools are of late 2025, the year of their versions.
                return (engine, argonne ? 2024 : dated ?? (source == "aic_silicon" ? 2026 : 2025));
            }
        }

        return argonne ? ("vllm", 2024) : (EngineOf(device), dated ?? 2025);
    }

    private static string EngineOf(DeviceShape device) => device.Family switch
    {
        "apple" => "llama.cpp",
        "rockchip" => "rknn",
        "hexagon" => "genie",
        "xeon" or "xeon avx" or "intel igpu" or "arc" => "openvino",
        "neuron" => "neuron",
        "tpu" => "jetstream",
        "gaudi" => "habana",
        "groq" or "cerebras" => "endpoint",
        _ => "vllm",
    };

    [GeneratedRegex(@"\b(20\d\d)-(\d\d)-\d\d\s*$")]
    private static partial Regex Dated();
}
