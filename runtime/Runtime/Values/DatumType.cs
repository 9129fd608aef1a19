using System.Collections.Immutable;

namespace Orchestrator.Runtime;

/// <summary>
/// A type in Flow's notation, for checking and converting values that come from outside: <c>text bool int decimal json bytes image audio vector tokens</c>,
/// <c>list&lt;T&gt;</c>, <c>{ a: T, b: T? }</c>, <c>T?</c>. A name that is none of these fits every value.
/// </summary>
/// <param name="Name">The word, <c>list</c> or <c>record</c>.</param>
/// <param name="IsOptional">Whether the value may be absent.</param>
/// <param name="Element">Of a list, else null.</param>
/// <param name="Fields">Of a record, in order.</param>
public sealed record DatumType(string Name, bool IsOptional, DatumType? Element, ImmutableArray<KeyValuePair<string, DatumType>> Fields)
{
    /// <summary>Fits everything.</summary>
    public static DatumType Any { get; } = new("json", true, null, []);

    /// <summary>Reads a type; what cannot be read fits every value.</summary>
    public static DatumType Parse(string text) => new DatumTypeReader(text).Read();

    /// <summary>The kind of a value for messages.</summary>
    public static string KindOf(Datum value) => value switch
    {
        NoneDatum => "nothing",
        TextDatum => "text",
        BoolDatum => "a truth value",
        IntDatum => "a whole number",
        DecimalDatum => "a decimal number",
        BytesDatum bytes => bytes.MediaType.StartsWith("image/", StringComparison.Ordinal) ? "an image"
            : bytes.MediaType.StartsWith("audio/", StringComparison.Ordinal) ? "audio" : "bytes",
        VectorDatum => "a vector",
        ListDatum => "a list",
        RecordDatum => "a record",
        _ => "a value",
    };

    /// <summary>
    /// The value as this type: whole numbers become decimals, base64 text becomes bytes, arrays of numbers vectors, absent optional fields nothing, fields
    /// that the type does not name are dropped. Null when it does not fit; <paramref name="problem"/> then says where and why.
    /// </summary>
    public Datum? Fit(Datum value, out string problem)
    {
        problem = "";
        if (value is NoneDatum)
        {
            problem = IsOptional || Name is "json" or "none" ? "" : $"nothing where {Name} is needed";
            return problem.Length == 0 ? value : null;
        }

        switch (Name)
        {
            case "text" when value is TextDatum:
            case "bool" when value is BoolDatum:
            case "int" or "tokens" when value is IntDatum:
            case "decimal" when value is DecimalDatum:
            case "bytes" or "image" or "audio" when value is BytesDatum:
            case "vector" when value is VectorDatum:
                return value;
            case "decimal" when value is IntDatum whole:
                return new DecimalDatum(whole.Value);
            case "int" when value is DecimalDatum number && decimal.Truncate(number.Value) == number.Value && Math.Abs(number.Value) <= long.MaxValue:
                return new IntDatum((long)number.Value);
            case "bytes" or "image" or "audio" when value is TextDatum text:
                return FromBase64(text.Value, out problem);
            case "vector" when value is ListDatum list && list.Items.All(i => i is IntDatum or DecimalDatum):
                return new VectorDatum([.. list.Items.Select(i => (float)DatumEquality.Number(i))]);
            case "list" when value is ListDatum list:
                return FitList(list, out problem);
            case "record" when value is RecordDatum record:
                return FitRecord(record, out problem);
            case "text" or "bool" or "int" or "tokens" or "decimal" or "bytes" or "image" or "audio" or "vector" or "list" or "record":
                problem = $"{KindOf(value)} where {Name} is needed";
                return null;
            default:
                return value;
        }
    }

    private Datum? FitList(ListDatum list, out string problem)
    {
        problem = "";
        if (Element is null)
        {
            return list;
        }

        ImmutableArray<Datum>.Builder items = ImmutableArray.CreateBuilder<Datum>(list.Items.Length);
        foreach (Datum item in list.Items)
        {
            if (Element.Fit(item, out problem) is not { } fitted)
            {
                problem = FormattableString.Invariant($"element {items.Count}: {problem}");
                return null;
            }

            items.Add(fitted);
        }

        return new ListDatum(items.MoveToImmutable());
    }

    private Datum? FitRecord(RecordDatum record, out string problem)
    {
        problem = "";
        ImmutableArray<KeyValuePair<string, Datum>>.Builder fields = ImmutableArray.CreateBuilder<KeyValuePair<string, Datum>>(Fields.Length);
        foreach ((string name, DatumType type) in Fields)
        {
            Datum? given = record[name];
            if (given is null && !type.IsOptional)
            {
                problem = $"field '{name}' is missing";
                return null;
            }

            if (type.Fit(given ?? Datum.None, out problem) is not { } fitted)
            {
                problem = $"field '{name}': {problem}";
                return null;
            }

            fields.Add(new(name, fitted));
        }

        return new RecordDatum(fields.MoveToImmutable());
    }

    private Datum? FromBase64(string text, out string problem)
    {
        problem = "";
        byte[] buffer = new byte[text.Length];
        if (!Convert.TryFromBase64String(text, buffer, out int length))
        {
            problem = $"text that is not base64 where {Name} is needed";
            return null;
        }

        return new BytesDatum(buffer.AsMemory(0, length), MediaTypes.Guess(buffer.AsSpan(0, length)));
    }
}
