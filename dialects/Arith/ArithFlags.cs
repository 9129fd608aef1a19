using Orchestrator.IR;

namespace Orchestrator.Dialects.Arith;

/// <summary>A set of named flags, <c>#arith.kind&lt;a, b&gt;</c>.</summary>
public abstract class ArithFlags : Attr
{
    private protected ArithFlags(Context context, int bits) : base(context) => Bits = bits;

    /// <summary>One bit a flag, in the order in which they are printed.</summary>
    public int Bits { get; }

    /// <summary>The word after the dot.</summary>
    private protected abstract string Mnemonic { get; }

    private protected abstract string[] Names { get; }

    private protected abstract string Separator { get; }

    // What stands for all flags together, or null.
    private protected virtual string? All => null;

    /// <inheritdoc/>
    protected override int ContentHash() => Bits;

    /// <inheritdoc/>
    protected override bool ContentEquals(Interned other) => other is ArithFlags flags && flags.Bits == Bits;

    /// <inheritdoc/>
    protected override void Print(AsmWriter writer)
    {
        writer.Write("#arith.").Write(Mnemonic).Write('<');
        if (Bits == 0)
        {
            writer.Write("none");
        }
        else if (All is { } all && Bits == (1 << Names.Length) - 1)
        {
            writer.Write(all);
        }
        else
        {
            bool first = true;
            for (int i = 0; i < Names.Length; i++)
            {
                if ((Bits & (1 << i)) != 0)
                {
                    writer.Write(first ? "" : Separator).Write(Names[i]);
                    first = false;
                }
            }
        }

        writer.Write('>');
    }

    /// <summary>Reads <c>&lt;a, b&gt;</c>.</summary>
    private protected static int Read(IRParser parser, string kind, string[] names, string? all)
    {
        int bits = 0;
        parser.Take("<");
        do
        {
            int flag = Array.FindIndex(names, parser.TryTake);
            bool whole = flag < 0 && all is not null && parser.TryTake(all);
            if (flag < 0 && !whole && !parser.TryTake("none"))
            {
                parser.Fail(IRCodes.UnknownDialectSymbol, $"#arith.{kind} has no such flag", parser.Here, $"write none or some of {string.Join(", ", names)}");
            }

            bits |= whole ? (1 << names.Length) - 1 : flag < 0 ? 0 : 1 << flag;
        }
        while (parser.TryTake(","));
        parser.Take(">");
        return bits;
    }
}

/// <summary><c>#arith.overflow&lt;nsw, nuw&gt;</c>: in which readings the author promises that nothing overflows.</summary>
public sealed class OverflowFlags : ArithFlags
{
    /// <summary>No overflow when the numbers are read as signed.</summary>
    public const int NoSignedWrap = 1;

    /// <summary>No overflow when the numbers are read as unsigned.</summary>
    public const int NoUnsignedWrap = 2;

    internal const string NoneText = "#arith.overflow<none>";

    private static readonly string[] FlagNames = ["nsw", "nuw"];

    private OverflowFlags(Context context, int bits) : base(context, bits)
    {
    }

    private protected override string Mnemonic => "overflow";

    private protected override string[] Names => FlagNames;

    private protected override string Separator => ", ";

    /// <summary>The flags of these bits.</summary>
    public static OverflowFlags Get(Context context, int bits) => context.Intern(new OverflowFlags(context, bits));

    internal static OverflowFlags Parse(IRParser parser) => Get(parser.Context, Read(parser, "overflow", FlagNames, null));
}

/// <summary><c>#arith.fastmath&lt;nnan,contract&gt;</c>: which rules of floating-point arithmetic need not be kept.</summary>
public sealed class FastMathFlags : ArithFlags
{
    /// <summary>Nothing is infinite or not a number, among others: every flag.</summary>
    public const int Fast = 127;

    /// <summary>No operand or result is not a number.</summary>
    public const int NoNaNs = 2;

    /// <summary>The sign of zero does not matter.</summary>
    public const int NoSignedZeros = 8;

    /// <summary>Operations may be contracted into one that rounds once.</summary>
    public const int Contract = 32;

    internal const string NoneText = "#arith.fastmath<none>";

    private static readonly string[] FlagNames = ["reassoc", "nnan", "ninf", "nsz", "arcp", "contract", "afn"];

    private FastMathFlags(Context context, int bits) : base(context, bits)
    {
    }

    private protected override string Mnemonic => "fastmath";

    private protected override string[] Names => FlagNames;

    private protected override string Separator => ",";

    private protected override string All => "fast";

    /// <summary>The flags of these bits.</summary>
    public static FastMathFlags Get(Context context, int bits) => context.Intern(new FastMathFlags(context, bits));

    internal static FastMathFlags Parse(IRParser parser) => Get(parser.Context, Read(parser, "fastmath", FlagNames, "fast"));
}
