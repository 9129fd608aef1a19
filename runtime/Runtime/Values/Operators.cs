using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>
/// What the kinds of <see cref="StepKind.Operator"/> compute. <c>eq ne</c>: by content. <c>lt le gt ge</c>: two numbers or two texts (ordinal).
/// <c>and or not</c>: truth values. <c>add</c>: two numbers, texts or lists. <c>sub mul div neg</c>: numbers; two whole numbers stay whole
/// (division cuts toward zero) unless the step's type is <c>decimal</c>. <c>index</c>: an element of a list from 0, or a field of a record.
/// <c>contains</c>: a part of a text (ordinal), an element of a list, a field of a record. <c>exists</c>: not absent. <c>default</c>: the first unless it
/// is absent, then the second. <c>mod</c>: the rest of a division, with the sign of the first. <c>length</c>: characters of a text, elements, fields, bytes. <c>join</c>: a list, and optionally the text between its elements.
/// </summary>
internal static class Operators
{
    public static Datum Apply(Step step, string kind, ReadOnlySpan<Datum> values)
    {
        int arity = kind switch { "not" or "neg" or "length" or "exists" => 1, "join" => -1, "available" => 0, _ => 2 };
        if (arity >= 0 ? values.Length != arity : values.Length is not (1 or 2))
        {
            throw Faults.At("ORC5003", step, $"'{kind}' is given {values.Length} values", "compile the workflow again: its plan is damaged");
        }

        try
        {
            return kind switch
            {
                "eq" => new BoolDatum(DatumEquality.AreEqual(values[0], values[1])),
                "ne" => new BoolDatum(!DatumEquality.AreEqual(values[0], values[1])),
                "lt" => new BoolDatum(Order(step, kind, values) < 0),
                "le" => new BoolDatum(Order(step, kind, values) <= 0),
                "gt" => new BoolDatum(Order(step, kind, values) > 0),
                "ge" => new BoolDatum(Order(step, kind, values) >= 0),
                "and" => new BoolDatum(Truth(step, kind, values[0]) & Truth(step, kind, values[1])),
                "or" => new BoolDatum(Truth(step, kind, values[0]) | Truth(step, kind, values[1])),
                "not" => new BoolDatum(!Truth(step, kind, values[0])),
                "exists" => new BoolDatum(values[0] is not NoneDatum),
                "default" => values[0] is NoneDatum ? values[1] : values[0],
                "contains" => Contains(step, values[0], values[1]),
                "add" or "sub" or "mul" or "div" or "mod" => Arithmetic(step, kind, values[0], values[1]),
                "neg" => values[0] switch
                {
                    IntDatum whole => new IntDatum(checked(-whole.Value)),
                    DecimalDatum number => new DecimalDatum(-number.Value),
                    _ => throw Unfit(step, kind, values),
                },
                "index" => Index(step, values[0], values[1]),
                "length" => Length(step, values[0]),
                "join" => Join(step, values),
                _ => throw Faults.At("ORC5003", step, $"there is no operator '{kind}'", "compile the workflow again with this version"),
            };
        }
        catch (OverflowException)
        {
            throw Faults.At("ORC5011", step, $"the result of '{kind}' is too large for a number", "keep numbers under 9.2e18 (int) or 7.9e28 (decimal)");
        }
    }

    private static int Order(Step step, string kind, ReadOnlySpan<Datum> values) => (values[0], values[1]) switch
    {
        (IntDatum a, IntDatum b) => a.Value.CompareTo(b.Value),
        (IntDatum or DecimalDatum, IntDatum or DecimalDatum) => DatumEquality.Number(values[0]).CompareTo(DatumEquality.Number(values[1])),
        (TextDatum a, TextDatum b) => string.CompareOrdinal(a.Value, b.Value),
        _ => throw Unfit(step, kind, values),
    };

    private static bool Truth(Step step, string kind, Datum value) => value is BoolDatum truth ? truth.Value : throw Unfit(step, kind, [value]);

    private static Datum Arithmetic(Step step, string kind, Datum a, Datum b)
    {
        switch (a, b)
        {
            case (TextDatum x, TextDatum y) when kind == "add":
                return new TextDatum(x.Value + y.Value);
            case (ListDatum x, ListDatum y) when kind == "add":
                return new ListDatum([.. x.Items, .. y.Items]);
            case (IntDatum or DecimalDatum, IntDatum or DecimalDatum):
                break;
            default:
                throw Unfit(step, kind, [a, b]);
        }

        if (kind is "div" or "mod" && DatumEquality.Number(b) == 0)
        {
            throw Faults.At("ORC5010", step, "division by zero", "test the divisor before: if n > 0 { total / n } else { … }");
        }

        if (a is IntDatum i && b is IntDatum j && step.Type != "decimal")
        {
            return new IntDatum(checked(kind switch { "add" => i.Value + j.Value, "sub" => i.Value - j.Value, "mul" => i.Value * j.Value, "mod" => i.Value % j.Value, _ => i.Value / j.Value }));
        }

        (decimal p, decimal q) = (DatumEquality.Number(a), DatumEquality.Number(b));
        return new DecimalDatum(kind switch { "add" => p + q, "sub" => p - q, "mul" => p * q, "mod" => p % q, _ => p / q });
    }

    private static Datum Index(Step step, Datum value, Datum index)
    {
        switch (value, index)
        {
            case (ListDatum list, IntDatum at):
                return at.Value >= 0 && at.Value < list.Items.Length ? list.Items[(int)at.Value] : throw Faults.At("ORC5012", step,
                    string.Create(CultureInfo.InvariantCulture, $"index {at.Value} of a list of {list.Items.Length} {(list.Items.Length == 1 ? "element" : "elements")}"),
                    "the first element has index 0; test the length before");
            case (RecordDatum record, TextDatum name):
                return record[name.Value] ?? throw Faults.At("ORC5013", step, $"there is no field '{name.Value}'",
                    "it has " + string.Join(", ", record.Fields.Select(f => f.Key)));
            default:
                throw Unfit(step, "index", [value, index]);
        }
    }

    private static BoolDatum Contains(Step step, Datum whole, Datum part) => new((whole, part) switch
    {
        (TextDatum text, TextDatum piece) => text.Value.Contains(piece.Value, StringComparison.Ordinal),
        (ListDatum list, _) => list.Items.Any(i => DatumEquality.AreEqual(i, part)),
        (RecordDatum record, TextDatum name) => record[name.Value] is not null,
        _ => throw Unfit(step, "contains", [whole, part]),
    });

    private static IntDatum Length(Step step, Datum value) => new(value switch
    {
        TextDatum text => text.Value.EnumerateRunes().Count(),
        ListDatum list => list.Items.Length,
        RecordDatum record => record.Fields.Length,
        BytesDatum bytes => bytes.Value.Length,
        VectorDatum vector => vector.Value.Length,
        _ => throw Unfit(step, "length", [value]),
    });

    private static TextDatum Join(Step step, ReadOnlySpan<Datum> values)
    {
        string between = values.Length == 2 ? values[1].ToText() : "";
        return values[0] is ListDatum list
            ? new TextDatum(string.Join(between, list.Items.Select(i => i.ToText())))
            : throw Unfit(step, "join", values);
    }

    private static StepFailedException Unfit(Step step, string kind, ReadOnlySpan<Datum> values)
    {
        var kinds = new List<string>();
        foreach (Datum value in values)
        {
            kinds.Add(DatumType.KindOf(value));
        }

        return Faults.At("ORC5014", step, $"'{kind}' does not work on {string.Join(" and ", kinds)}", "check the types of what it is given");
    }
}
