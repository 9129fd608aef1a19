using System.Globalization;
using System.Numerics;
using System.Text;

namespace Orchestrator.IR;

// The inside of dense<…>, as MLIR writes it.
internal static class DenseText
{
    // More elements than this are written as bytes in hexadecimal.
    private const long MostInFull = 100;

    public static AsmWriter Write(AsmWriter writer, DenseElementsAttr attr, bool allowHex)
    {
        if (allowHex && !attr.IsSplat && attr.Type.ElementCount > MostInFull)
        {
            return writer.Write("\"0x").Write(Convert.ToHexString(attr.Data.AsSpan())).Write('"');
        }

        if (attr.Type.Element is ComplexType complex)
        {
            WriteNested(writer, attr.Type, attr.IsSplat, i =>
            {
                WriteNumber(writer.Write('('), attr.BitsAt(2 * i), complex.Element);
                WriteNumber(writer.Write(','), attr.BitsAt((2 * i) + 1), complex.Element);
                writer.Write(')');
            });
        }
        else
        {
            WriteNested(writer, attr.Type, attr.IsSplat, i => WriteNumber(writer, attr.BitsAt(i), attr.Type.Element));
        }

        return writer;
    }

    // Elements in brackets, one pair for each dimension. The counter ticks like an odometer.
    public static void WriteNested(AsmWriter writer, ShapedType type, bool isSplat, Action<long> write)
    {
        long count = type.ElementCount;
        if (isSplat || count == 0)
        {
            if (isSplat)
            {
                write(0);
            }

            return;
        }

        int rank = type.Shape.Length;
        long[] counter = new long[rank];
        int open = 0;
        for (long i = 0; i < count; i++)
        {
            writer.Write(i == 0 ? "" : ", ");
            for (; open < rank; open++)
            {
                writer.Write('[');
            }

            write(i);
            for (int d = rank - 1; d >= 0 && ++counter[d] >= type.Shape[d]; d--)
            {
                counter[d] = 0;
                open--;
                writer.Write(']');
            }
        }
    }

    private static void WriteNumber(AsmWriter writer, BigInteger bits, IRType type)
    {
        switch (type)
        {
            case FloatType floating:
                var text = new StringBuilder();
                FloatFormat.Print(text, FloatSemantics.Of(floating.Name).Normalize(bits), floating.Name);
                writer.Write(text.ToString());
                break;
            case IntegerType { Width: 1, Signedness: Signedness.Signless }:
                writer.Write(bits.IsZero ? "false" : "true");
                break;
            default:
                int width = DenseElementsAttr.WidthOf(type);
                bool signed = type is not IntegerType { Signedness: Signedness.Unsigned };
                bool negative = signed && width > 0 && bits >> (width - 1) == 1;
                BigInteger value = negative ? bits - (BigInteger.One << width) : bits;
                writer.Write(value.ToString(CultureInfo.InvariantCulture));
                break;
        }
    }
}
