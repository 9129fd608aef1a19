using System.Collections.Immutable;
using System.Text.Json.Nodes;

namespace Orchestrator.Runtime;

/// <summary>A value that flows between steps.</summary>
public abstract record Datum
{
    /// <summary>The absent optional value.</summary>
    public static Datum None { get; } = new NoneDatum();

    /// <summary>As JSON: bytes, images and audio as base64 text, vectors as arrays.</summary>
    public abstract JsonNode? ToJson();

    /// <summary>As a person would read it in a template: text as it is, everything else as compact JSON.</summary>
    public virtual string ToText() => ToJson()?.ToJsonString(DatumJson.Compact) ?? "";

    /// <summary>From JSON: objects become records, arrays lists, whole numbers integers.</summary>
    public static Datum FromJson(JsonNode? node) => DatumJson.Read(node);
}

/// <summary>The absent optional value.</summary>
public sealed record NoneDatum : Datum
{
    /// <inheritdoc/>
    public override JsonNode? ToJson() => null;
}

/// <summary>Text.</summary>
public sealed record TextDatum(string Value) : Datum
{
    /// <inheritdoc/>
    public override JsonNode ToJson() => JsonValue.Create(Value);

    /// <inheritdoc/>
    public override string ToText() => Value;
}

/// <summary>A truth value.</summary>
public sealed record BoolDatum(bool Value) : Datum
{
    /// <inheritdoc/>
    public override JsonNode ToJson() => JsonValue.Create(Value);
}

/// <summary>A whole number.</summary>
public sealed record IntDatum(long Value) : Datum
{
    /// <inheritdoc/>
    public override JsonNode ToJson() => JsonValue.Create(Value);
}

/// <summary>A decimal number.</summary>
public sealed record DecimalDatum(decimal Value) : Datum
{
    /// <inheritdoc/>
    public override JsonNode ToJson() => JsonValue.Create(Value);
}

/// <summary>Bytes, an image or audio; <paramref name="MediaType"/> says which.</summary>
/// <param name="Value">The bytes of the file.</param>
/// <param name="MediaType"><c>application/octet-stream</c>, <c>image/png</c>, <c>audio/wav</c> …</param>
public sealed record BytesDatum(ReadOnlyMemory<byte> Value, string MediaType) : Datum
{
    /// <inheritdoc/>
    public override JsonNode ToJson() => JsonValue.Create(Convert.ToBase64String(Value.Span));
}

/// <summary>An embedding.</summary>
public sealed record VectorDatum(ImmutableArray<float> Value) : Datum
{
    /// <inheritdoc/>
    public override JsonNode ToJson() => new JsonArray([.. Value.Select(v => (JsonNode)JsonValue.Create(v))]);
}

/// <summary>A list.</summary>
public sealed record ListDatum(ImmutableArray<Datum> Items) : Datum
{
    /// <inheritdoc/>
    public override JsonNode ToJson() => new JsonArray([.. Items.Select(i => i.ToJson())]);
}

/// <summary>A record; fields keep their written order.</summary>
public sealed record RecordDatum(ImmutableArray<KeyValuePair<string, Datum>> Fields) : Datum
{
    /// <summary>The field's value, or null when there is none of that name.</summary>
    public Datum? this[string name]
    {
        get
        {
            foreach (KeyValuePair<string, Datum> field in Fields)
            {
                if (field.Key == name)
                {
                    return field.Value;
                }
            }

            return null;
        }
    }

    /// <inheritdoc/>
    public override JsonNode ToJson() => new JsonObject(Fields.Select(f => KeyValuePair.Create(f.Key, f.Value.ToJson())));
}
