namespace Orchestrator.CostModels.Serving;

/// <summary>Lengths that are usual where a row does not tell them.</summary>
internal static class LengthReader
{
    /// <summary>Tokens in and out; by what the source is known to send, else a middling chat.</summary>
    public static (double Input, double Output) Usual(Scenario s, TableRow row) => s.Source switch
    {
        // Generated tokens over offered requests at the lowest rates: 416 to 444 a request.
        "openvino_ovms" or "openvino_ovms_2025" => (220, 430),
        // The table says which prompt but not how much was written: the steps printed are of the first tokens after it.
        "openvino_client" => (512, 128),
        // Decode speed is printed for a context of 4096 that the prompt fills in part.
        "qualcomm_aihub" => (row["notes"].Contains("4096", StringComparison.Ordinal) ? 1024 : 128, 128),
        // llama-bench writes 1024 tokens from an empty context.
        "llamacpp_gpu_table" => (s.Metric == ServingMetric.PrefillRate ? 1024 : 1, 1024),
        "aws_nxdi_trn2" => (1024, 1024),
        "deepseek_infra" => (4000, 1200),
        "cloudmatrix384" => (4000, 1000),
        // Means of the OpenOrca and CNN/DailyMail sets of MLPerf.
        "mlperf_v4.1" => s.Model.Name.Contains("gpt-j", StringComparison.Ordinal) ? (760, 70) : (294, 294),
        "intel_gaudi" => (128, 128),
        "jetson_thor" => (370, 128),
        _ => s.Metric switch
        {
            ServingMetric.PrefillRate or ServingMetric.FirstToken => (512, 128),
            _ => s.Engine is "llama.cpp" ? (1, 128) : (512, 256),
        },
    };
}
