namespace Orchestrator.Runtime;

/// <summary>Equality and order of values as workflows see them: by content, whole and decimal numbers together.</summary>
public static class DatumEquality
{
    // Values come from JSON (64 levels) or from records nested by hand; deeper ones are compared no further.
    private const int DeepestValue = 256;

    /// <summary>Whether two values are equal by content; values of different kinds never are, except whole and decimal numbers.</summary>
    public static bool AreEqual(Datum a, Datum b) => AreEqual(a, b, 0);

    private static bool AreEqual(Datum a, Datum b, int depth)
    {
        if (depth > DeepestValue)
        {
            return ReferenceEquals(a, b);
        }

        switch (a, b)
        {
            case (TextDatum x, TextDatum y):
                return x.Value == y.Value;
            case (BoolDatum x, BoolDatum y):
                return x.Value == y.Value;
            case (IntDatum x, IntDatum y):
                return x.Value == y.Value;
            case (IntDatum or DecimalDatum, IntDatum or DecimalDatum):
                return Number(a) == Number(b);
            case (NoneDatum, NoneDatum):
                return true;
            case (BytesDatum x, BytesDatum y):
                return x.Value.Span.SequenceEqual(y.Value.Span);
            case (VectorDatum x, VectorDatum y):
                return x.Value.AsSpan().SequenceEqual(y.Value.AsSpan());
            case (ListDatum x, ListDatum y):
                return AreEqual(x, y, depth);
            case (RecordDatum x, RecordDatum y):
                return AreEqual(x, y, depth);
            default:
                return false;
        }
    }

    /// <summary>A number as a decimal.</summary>
    internal static decimal Number(Datum value) => value switch
    {
        IntDatum whole => whole.Value,
        DecimalDatum number => number.Value,
        _ => throw new ArgumentException("not a number", nameof(value)),
    };

    private static bool AreEqual(ListDatum a, ListDatum b, int depth)
    {
        if (a.Items.Length != b.Items.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Items.Length; i++)
        {
            if (!AreEqual(a.Items[i], b.Items[i], depth + 1))
            {
                return false;
            }
        }

        return true;
    }

    private static bool AreEqual(RecordDatum a, RecordDatum b, int depth)
    {
        if (a.Fields.Length != b.Fields.Length)
        {
            return false;
        }

        foreach (KeyValuePair<string, Datum> field in a.Fields)
        {
            if (b[field.Key] is not { } other || !AreEqual(field.Value, other, depth + 1))
            {
                return false;
            }
        }

        return true;
    }
}
