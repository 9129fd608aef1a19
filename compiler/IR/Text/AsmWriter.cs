using System.Buffers.Text;
using System.Collections.Immutable;
using System.Text;

namespace Orchestrator.IR;

/// <summary>Collects the text form of types, attributes and operations, in UTF-8.</summary>
public sealed class AsmWriter
{
    private byte[] _buffer = new byte[64];
    private int _count;

    /// <summary>What this printing knows beyond the parts themselves, or null for none.</summary>
    internal PrintState? State { get; init; }

    /// <summary>Is handed every type and attribute instead of its text, to see what is inside another one.</summary>
    internal Action<Interned>? Visitor { get; init; }

    /// <summary>Whether something was written whose text depends on the printing.</summary>
    internal bool WroteVariable { get; private set; }

    /// <summary>Number of bytes so far.</summary>
    public int Length => _count;

    /// <summary>The bytes so far; good until the next write.</summary>
    public ReadOnlySpan<byte> Written => _buffer.AsSpan(0, _count);

    /// <summary>Adds text as it is.</summary>
    public AsmWriter Write(string text)
    {
        Span<byte> room = Room(3 * text.Length);
        _count += Encoding.UTF8.GetBytes(text, room);
        return this;
    }

    /// <summary>Adds UTF-8 text as it is.</summary>
    public AsmWriter Write(ReadOnlySpan<byte> utf8)
    {
        utf8.CopyTo(Room(utf8.Length));
        _count += utf8.Length;
        return this;
    }

    /// <summary>Adds a character.</summary>
    public AsmWriter Write(char character)
    {
        if (!char.IsAscii(character))
        {
            return Write(character.ToString());
        }

        Room(1)[0] = (byte)character;
        _count++;
        return this;
    }

    /// <summary>Adds an integer.</summary>
    public AsmWriter Write(long value)
    {
        Utf8Formatter.TryFormat(value, Room(20), out int written);
        _count += written;
        return this;
    }

    /// <summary>Adds a type or an attribute.</summary>
    public AsmWriter Write(Interned part)
    {
        if (Visitor is not null)
        {
            Visitor(part);
            return this;
        }

        bool variable = part.MayHoldAlias;
        WroteVariable |= variable;
        if (State is null || !variable)
        {
            part.WriteText(this);
            return this;
        }

        if (!TryWriteAlias(part))
        {
            part.Print(this);
        }

        return this;
    }

    /// <summary>Adds types or attributes separated by commas.</summary>
    public AsmWriter WriteList<T>(IReadOnlyList<T> parts) where T : Interned
    {
        for (int i = 0; i < parts.Count; i++)
        {
            Write(i == 0 ? "" : ", ").Write(parts[i]);
        }

        return this;
    }

    /// <summary>Adds result types: one alone unless it is a function, any other number in parentheses.</summary>
    public AsmWriter WriteResults(IReadOnlyList<IRType> types) =>
        types.Count == 1 && types[0] is not FunctionType ? Write(types[0]) : Write('(').WriteList(types).Write(')');

    /// <summary>Adds a name in quotes where it is not a bare identifier.</summary>
    public AsmWriter WriteKey(string name) => IsBareIdentifier(name) ? Write(name) : WriteQuotedBytes(StringAttr.Encode(name));

    /// <summary>Adds <c>@name</c>.</summary>
    public AsmWriter WriteSymbol(string name) => Write('@').WriteKey(name);

    /// <summary>Adds text in quotes.</summary>
    public AsmWriter WriteQuoted(string text) => WriteQuotedBytes(StringAttr.Encode(text));

    /// <inheritdoc/>
    public override string ToString() => Encoding.UTF8.GetString(Written);

    // Writes the alias of a part if it has one; a visitor is handed the part.
    internal bool TryWriteAlias(Interned part)
    {
        WroteVariable = true;
        Visitor?.Invoke(part);
        if (Visitor is null && State?.Aliases.Find(part) is { } alias)
        {
            Write(alias);
            return true;
        }

        return Visitor is not null;
    }

    internal void FlushTo(Stream output)
    {
        output.Write(Written);
        _count = 0;
    }

    internal AsmWriter Spaces(int count)
    {
        Room(count)[..count].Fill((byte)' ');
        _count += count;
        return this;
    }

    // Every byte that is not printable ASCII is written as two hex digits, as MLIR does.
    internal AsmWriter WriteQuotedBytes(string bytes)
    {
        Write('"');
        foreach (char c in bytes)
        {
            if (c == '\\')
            {
                Write("\\\\"u8);
            }
            else if (c is >= ' ' and <= '~' and not '"')
            {
                Write(c);
            }
            else
            {
                Write('\\').Write(HexDigit(c >> 4)).Write(HexDigit(c & 15));
            }
        }

        return Write('"');
    }

    internal AsmWriter WriteEntries(DictionaryAttr dictionary)
    {
        ImmutableArray<NamedAttr> entries = dictionary.Entries;
        for (int i = 0; i < entries.Length; i++)
        {
            Write(i == 0 ? "" : ", ").WriteKey(entries[i].Name);
            if (entries[i].Value is not UnitAttr)
            {
                Write(" = "u8).Write(entries[i].Value);
            }
        }

        return this;
    }

    // Inside arrays the types that numbers have by default are left out.
    internal AsmWriter WriteElided(Attr attr) => attr switch
    {
        IntegerAttr { Type: IntegerType { Width: 64, Signedness: Signedness.Signless } } => WriteWithoutType(attr),
        FloatAttr { Type.Name: "f64", Bits: null } f when double.IsFinite(f.Value) => ElideFloat(f),
        _ => Write(attr),
    };

    internal AsmWriter WriteWithoutType(Attr attr)
    {
        switch (attr)
        {
            case IntegerAttr { IsBool: true } b:
                return Write(b.Bool ? "true"u8 : "false"u8);
            case IntegerAttr i:
                return Write(i.BigValue.ToString(System.Globalization.CultureInfo.InvariantCulture));
            case FloatAttr f:
                var text = new StringBuilder();
                FloatFormat.Print(text, f);
                return Write(text.ToString());
            default:
                return Write(attr);
        }
    }

    internal AsmWriter WriteDialectSymbol(string dialect, string body)
    {
        Write(dialect);
        if (IsSimpleSymbol(body))
        {
            return Write('.').Write(body);
        }

        return Write('<').Write(body).Write('>');
    }

    internal static bool IsBareIdentifier(string text)
    {
        if (text.Length == 0 || !(char.IsAsciiLetter(text[0]) || text[0] == '_'))
        {
            return false;
        }

        foreach (char c in text)
        {
            if (!(char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '.'))
            {
                return false;
            }
        }

        return true;
    }

    // A number that prints as bits needs its type, or it would read back as an integer.
    private AsmWriter ElideFloat(FloatAttr attr)
    {
        int start = _count;
        WriteWithoutType(attr);
        bool hex = _count > start + 1 && _buffer[start] == '0' && _buffer[start + 1] == 'x';
        return hex ? Write(" : "u8).Write(attr.Type) : this;
    }

    private static bool IsSimpleSymbol(string body)
    {
        if (body.Length == 0 || !char.IsAsciiLetter(body[0]))
        {
            return false;
        }

        int i = 0;
        while (i < body.Length && (char.IsAsciiLetterOrDigit(body[i]) || body[i] is '.' or '_'))
        {
            i++;
        }

        return i == body.Length || (body[i] == '<' && body[^1] == '>');
    }

    private static char HexDigit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);

    private Span<byte> Room(int length)
    {
        if (_buffer.Length - _count < length)
        {
            Array.Resize(ref _buffer, Math.Max(_count + length, 2 * _buffer.Length));
        }

        return _buffer.AsSpan(_count);
    }
}
