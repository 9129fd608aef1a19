namespace Orchestrator.CostModels.Serving;

/// <summary>What the cost of serving on a device follows from, complete: a missing peak follows from another format's.</summary>
/// <param name="Name">One name for all labels of a device; the key of a (device, model) pair.</param>
/// <param name="Family">What shares its software and proportions: <c>hopper</c>, <c>geforce</c>, <c>xeon</c>.</param>
/// <param name="Tier"><c>gpu</c>, <c>npu</c> or <c>cpu</c>.</param>
/// <param name="Known">Whether the figures are from a table; else they are those of a middling device.</param>
/// <param name="Bf16">Operations a second in 16 bits.</param>
/// <param name="Fp8">In 8-bit floating point; as 16 bits where it has none.</param>
/// <param name="Int8">In 8-bit integers.</param>
/// <param name="Fp4">In 4-bit floating point; as 8 bits where it has none.</param>
/// <param name="Bandwidth">Bytes a second from memory.</param>
/// <param name="Memory">Bytes of memory.</param>
/// <param name="Link">Bytes a second to another device of the node, one direction.</param>
/// <param name="NodeSize">Devices that this link joins.</param>
/// <param name="Parts">Devices that software sees in one, each with its share of everything.</param>
public sealed record DeviceShape(
    string Name,
    string Family,
    string Tier,
    bool Known,
    double Bf16,
    double Fp8,
    double Int8,
    double Fp4,
    double Bandwidth,
    double Memory,
    double Link,
    double NodeSize,
    double Parts)
{
    /// <summary>Arithmetic a second in a number format.</summary>
    public double Peak(ArithmeticFormat format) => format switch
    {
        ArithmeticFormat.Fp8 => Fp8,
        ArithmeticFormat.Int8 => Int8,
        ArithmeticFormat.Fp4 => Fp4,
        _ => Bf16,
    };
}

/// <summary>What matrix products are computed in.</summary>
public enum ArithmeticFormat
{
    /// <summary>16-bit floating point.</summary>
    Bf16,

    /// <summary>8-bit floating point.</summary>
    Fp8,

    /// <summary>8-bit integers.</summary>
    Int8,

    /// <summary>4-bit floating point.</summary>
    Fp4,
}
