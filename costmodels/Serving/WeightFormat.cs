namespace Orchestrator.CostModels.Serving;

/// <summary>How a checkpoint stores its weights, by the many names that tables give it.</summary>
/// <param name="Label">Short name: <c>16</c>, <c>fp8</c>, <c>int8</c>, <c>fp4</c>, <c>int4</c>, <c>q4</c>, <c>q8</c>.</param>
/// <param name="Stated">Whether the table said so.</param>
/// <param name="ExpertBytes">Bytes of a weight of a routed expert.</param>
/// <param name="DenseBytes">Bytes of any other weight of a layer.</param>
/// <param name="HeadBytes">Bytes of a weight of the output matrix.</param>
/// <param name="KvBytes">Bytes of a number in the cache.</param>
/// <param name="Arithmetic">What the products are computed in where the device can.</param>
public sealed record WeightFormat(string Label, bool Stated, double ExpertBytes, double DenseBytes, double HeadBytes, double KvBytes, ArithmeticFormat Arithmetic)
{
    /// <summary>Reads the text of a precision column; 16 bits where it says nothing.</summary>
    public static WeightFormat Read(string text, string model, string engine, double year, DeviceShape device)
    {
        string t = text.ToLowerInvariant();
        bool stated = t.Length > 0 && !t.Contains("not stated", StringComparison.Ordinal);
        // The cache is 16 bits unless the engine is known to narrow it with the weights.
        double kv = engine is "trtllm" || engine is "vllm" or "sglang" && year >= 2025 ? 1 : 2;
        // Released 4-bit in its experts only, whatever runs it.
        if (model.Contains("gpt-oss", StringComparison.Ordinal))
        {
            return new("mxfp4", true, 0.53, 2, 2, kv, device.Family.StartsWith("blackwell", StringComparison.Ordinal) ? ArithmeticFormat.Fp4 : ArithmeticFormat.Bf16);
        }

        // Weight-only formats compute in 16 bits, but NPUs made for them in 8.
        ArithmeticFormat only = device.Tier == "npu" && device.Family is "rockchip" or "hexagon" ? ArithmeticFormat.Int8 : ArithmeticFormat.Bf16;
        return t switch
        {
            _ when t.Contains("nvfp4", StringComparison.Ordinal) || t.Contains("fp4", StringComparison.Ordinal) =>
                new("fp4", stated, 0.56, 0.56, 2, kv, ArithmeticFormat.Fp4),
            _ when t.StartsWith("q4", StringComparison.Ordinal) => new("q4", stated, 0.6, 0.6, 0.82, 2, only),
            _ when t.StartsWith("q8", StringComparison.Ordinal) => new("q8", stated, 1.06, 1.06, 1.06, 2, only),
            _ when t.StartsWith("q5", StringComparison.Ordinal) => new("q5", stated, 0.71, 0.71, 0.82, 2, only),
            _ when t.StartsWith("q6", StringComparison.Ordinal) => new("q6", stated, 0.82, 0.82, 0.82, 2, only),
            _ when t.Contains("mixed", StringComparison.Ordinal) => new("int4mixed", stated, 0.6, 0.6, 1, 2, only),
            _ when t.Contains("w4a16", StringComparison.Ordinal) || t == "w4" || t.Contains("gptq", StringComparison.Ordinal) || t.Contains("awq", StringComparison.Ordinal)
                || t.StartsWith("int4", StringComparison.Ordinal) =>
                new("int4", stated, 0.55, model.Contains("kimi", StringComparison.Ordinal) ? 2 : 0.55, device.Family == "rockchip" ? 1 : 2, 2, only),
            _ when t.Contains("w8a8", StringComparison.Ordinal) || t.StartsWith("int8", StringComparison.Ordinal) || t.StartsWith("8-bit", StringComparison.Ordinal) =>
                new("int8", stated, 1, 1, 1, 2, ArithmeticFormat.Int8),
            _ when t.Contains("fp8", StringComparison.Ordinal) => new("fp8", stated, 1, 1, 2, kv, ArithmeticFormat.Fp8),
            _ when t.Contains("fp32", StringComparison.Ordinal) => new("fp32", stated, 4, 4, 4, 4, ArithmeticFormat.Bf16),
            _ => new("16", stated, 2, 2, 2, 2, ArithmeticFormat.Bf16),
        };
    }
}
