using System.Text;

namespace Orchestrator.IR;

/// <summary>A string: bytes, mostly UTF-8 text.</summary>
public sealed class StringAttr : Attr
{
    private string? _value;

    internal StringAttr(Context context, string bytes, IRType? type) : base(context) => (Bytes, Type) = (bytes, type);

    /// <summary>The bytes, one a character, so that strings which are not UTF-8 survive.</summary>
    public string Bytes { get; }

    /// <summary>The type that was written after it, or null.</summary>
    public IRType? Type { get; }

    /// <summary>The text that the bytes are in UTF-8.</summary>
    public string Value => _value ??= Decode(Bytes);

    /// <inheritdoc/>
    protected internal override int ContentHash() => HashCode.Combine(Bytes, Type);

    /// <inheritdoc/>
    protected internal override bool ContentEquals(Interned other) => other is StringAttr o && o.Bytes == Bytes && ReferenceEquals(o.Type, Type);

    /// <inheritdoc/>
    protected internal override void Print(AsmWriter writer)
    {
        writer.WriteQuotedBytes(Bytes);
        if (Type is not null)
        {
            writer.Write(" : ").Write(Type);
        }
    }

    internal static string Encode(string text) => Ascii.IsValid(text) ? text : Encoding.Latin1.GetString(Encoding.UTF8.GetBytes(text));

    internal static string Decode(string bytes) => Ascii.IsValid(bytes) ? bytes : Encoding.UTF8.GetString(Encoding.Latin1.GetBytes(bytes));
}
