using System.Collections.Frozen;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// How a multiply takes its operands: weights as <see cref="NumberFormat"/> stores them, activations with one fp32 scale per 128 values for
/// <c>fp8_block</c> and one byte per 16 or 32 values for <c>nvfp4</c> and <c>mxfp4</c>; weight-only formats keep activations in 16 bits and
/// unpack weights on the way. Outputs are 16 bits.
/// </summary>
/// <param name="Name">As measured tables call it: <c>bf16</c>, <c>fp8_block</c>, <c>int4_wo</c>.</param>
/// <param name="Class">Formats with alike kernels: <c>half</c>, <c>fp8</c>, <c>block</c>, <c>int8</c>, <c>weight_only</c>, <c>fp4</c>, <c>single</c>.</param>
/// <param name="WeightBytes">Bytes per weight in memory with its share of the scales.</param>
/// <param name="ActivationBytes">Bytes per activation in memory.</param>
/// <param name="Peaks">Formats in which the units may multiply, best first; the first that the device has a peak for counts.</param>
/// <param name="Known">False for a name that is not in the table and was taken as 16 bits.</param>
public sealed record GemmFormat(string Name, string Class, double WeightBytes, double ActivationBytes, IReadOnlyList<string> Peaks, bool Known = true)
{
    /// <summary>Bytes of one output value: 16 bits, as every measured kernel writes.</summary>
    public const double OutputBytes = 2;

    private const double BlockActivation = 1 + 4.0 / 128;
    private const double NvActivation = 0.5 + 1.0 / 16;
    private const double MxActivation = 0.5 + 1.0 / 32;

    private static readonly string[] Single = ["fp32", "tf32"];
    private static readonly string[] Half = ["bf16", "fp16", "tf32", "fp32"];
    private static readonly string[] Eight = ["fp8", "bf16", "fp16", "fp32"];
    private static readonly string[] Integer = ["int8", "bf16", "fp16", "fp32"];
    private static readonly string[] Four = ["fp4", "fp8", "bf16", "fp16", "fp32"];

    private static readonly FrozenDictionary<string, GemmFormat> Formats = new[]
    {
        Made("fp32", "single", "fp32", 4, Single),
        Made("tf32", "single", "fp32", 4, [.. Single.Reverse()]),
        Made("bf16", "half", "bf16", 2, Half),
        Made("bfloat16", "half", "bf16", 2, Half),
        Made("fp16", "half", "fp16", 2, Half),
        Made("float16", "half", "fp16", 2, Half),
        Made("bf16/fp16", "half", "bf16", 2, Half),
        Made("fp8", "fp8", "fp8", 1, Eight),
        Made("fp8_static", "fp8", "fp8", 1, Eight),
        Made("fp8_block", "block", "fp8_block", BlockActivation, Eight),
        Made("int8", "int8", "int8", 1, Integer),
        Made("sq", "int8", "int8", 1, Integer),
        Made("int8_wo", "weight_only", "int8_wo", 2, Half),
        Made("int4_wo", "weight_only", "int4_wo", 2, Half),
        Made("w4a16", "weight_only", "w4a16", 2, Half),
        Made("w4a16_mxfp4", "weight_only", "mxfp4", 2, Half),
        Made("w4afp8", "weight_only", "w4afp8", 1, Eight),
        Made("nvfp4", "fp4", "nvfp4", NvActivation, Four),
        Made("mxfp4", "fp4", "mxfp4", MxActivation, Four),
        Made("w4a8_mxfp4_mxfp8", "fp4", "mxfp4", 1 + 1.0 / 32, Eight),
        Made("w4a8_mxfp4_fp8", "fp4", "mxfp4", 1, Eight),
    }.ToFrozenDictionary(f => f.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>Names that are known.</summary>
    public static IEnumerable<string> Names => Formats.Keys.Order(StringComparer.Ordinal);

    /// <summary>A format by name; an unknown or empty name is taken as 16 bits with <see cref="Known"/> false.</summary>
    public static GemmFormat Of(string name) => Formats.TryGetValue(name.Trim(), out GemmFormat? format)
        ? format
        : new GemmFormat(name.Trim().Length == 0 ? "not stated" : name.Trim(), "half", 2, 2, Half, Known: false);

    private static GemmFormat Made(string name, string kin, string weights, double activation, string[] peaks) => new(
        name, kin, NumberFormat.Parse(weights)?.BytesPerWeight ?? throw new InvalidDataException($"formats.csv has no '{weights}'"), activation, peaks);
}
