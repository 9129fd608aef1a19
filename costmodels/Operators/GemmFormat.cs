using System.Collections.Frozen;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// How the operands of a matrix multiply are stored and in which format the units multiply them. Bytes per element include scales: one
/// fp32 per 128 x 128 weights and per 128 activations for <c>fp8_block</c>, one byte per 16 values for <c>nvfp4</c> and per 32 for
/// <c>mxfp4</c> (OCP microscaling formats), one 16-bit value per 128 weights for the weight-only formats. Outputs are 16 bits.
/// </summary>
/// <param name="Name">As measured tables call it: <c>bf16</c>, <c>fp8_block</c>, <c>int4_wo</c>.</param>
/// <param name="Class">Formats with alike kernels, which learn from each other: <c>half</c>, <c>fp8</c>, <c>block</c>, <c>int8</c>, <c>weight_only</c>, <c>fp4</c>, <c>single</c>.</param>
/// <param name="WeightBytes">Bytes per weight in memory.</param>
/// <param name="ActivationBytes">Bytes per activation in memory.</param>
/// <param name="Peaks">Formats in which the units may multiply, best first; the first that the device has a peak for counts.</param>
/// <param name="Known">False for a name that is not in the table and was taken as 16 bits.</param>
public sealed record GemmFormat(string Name, string Class, double WeightBytes, double ActivationBytes, IReadOnlyList<string> Peaks, bool Known = true)
{
    /// <summary>Bytes of one output value: 16 bits, as every measured kernel writes.</summary>
    public const double OutputBytes = 2;

    private static readonly string[] Half = ["bf16", "fp16", "tf32", "fp32"];
    private static readonly string[] Eight = ["fp8", "bf16", "fp16", "fp32"];
    private static readonly string[] Integer = ["int8", "bf16", "fp16", "fp32"];
    private static readonly string[] Four = ["fp4", "fp8", "bf16", "fp16", "fp32"];

    private const double BlockScale = 4.0 / (128 * 128); // fp32 per block of weights
    private const double RowScale = 4.0 / 128; // fp32 per 128 activations
    private const double GroupScale = 2.0 / 128; // 16 bits per 128 weights
    private const double NvScale = 1.0 / 16;
    private const double MxScale = 1.0 / 32;

    private static readonly FrozenDictionary<string, GemmFormat> Formats = new GemmFormat[]
    {
        new("fp32", "single", 4, 4, ["fp32", "tf32"]),
        new("tf32", "single", 4, 4, ["tf32", "fp32"]),
        new("bf16", "half", 2, 2, Half),
        new("fp16", "half", 2, 2, Half),
        new("float16", "half", 2, 2, Half),
        new("bfloat16", "half", 2, 2, Half),
        new("bf16/fp16", "half", 2, 2, Half),
        new("fp8", "fp8", 1, 1, Eight),
        new("fp8_static", "fp8", 1, 1, Eight),
        new("fp8_block", "block", 1 + BlockScale, 1 + RowScale, Eight),
        new("int8", "int8", 1, 1, Integer),
        new("sq", "int8", 1, 1, Integer),
        new("int8_wo", "weight_only", 1 + GroupScale, 2, Half),
        new("int4_wo", "weight_only", 0.5 + GroupScale, 2, Half),
        new("w4a16", "weight_only", 0.5 + GroupScale, 2, Half),
        new("w4a16_mxfp4", "weight_only", 0.5 + MxScale, 2, Half),
        new("w4afp8", "weight_only", 0.5 + GroupScale, 1, Eight),
        new("nvfp4", "fp4", 0.5 + NvScale, 0.5 + NvScale, Four),
        new("mxfp4", "fp4", 0.5 + MxScale, 0.5 + MxScale, Four),
        new("w4a8_mxfp4_mxfp8", "fp4", 0.5 + MxScale, 1 + MxScale, Eight),
        new("w4a8_mxfp4_fp8", "fp4", 0.5 + MxScale, 1, Eight),
    }.ToFrozenDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that are known.</summary>
    public static IEnumerable<string> Names => Formats.Keys.Order(StringComparer.Ordinal);

    /// <summary>A format by name; an unknown or empty name is taken as 16 bits with <see cref="Known"/> false.</summary>
    public static GemmFormat Of(string name) => Formats.TryGetValue(name, out GemmFormat? format)
        ? format
        : new GemmFormat(name.Length == 0 ? "not stated" : name, "half", 2, 2, Half, Known: false);
}
