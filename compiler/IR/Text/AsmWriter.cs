using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Orchestrator.IR;

/// <summary>Collects the text form of types, attributes and operations.</summary>
public sealed class AsmWriter
{
    private readonly StringBuilder _text = new();

    /// <summary>The names that stand for attributes, or null for none.</summary>
    internal IReadOnlyDictionary<Interned, string>? Aliases { get; init; }

    /// <summary>Number of characters so far.</summary>
    public int Length => _text.Length;

    /// <summary>Adds text as it is.</summary>
    public AsmWriter Write(string text)
    {
        _text.Append(text);
        return this;
    }

    /// <summary>Adds a character.</summary>
    public AsmWriter Write(char character)
    {
        _text.Append(character);
        return this;
    }

    /// <summary>Adds an integer.</summary>
    public AsmWriter Write(long value)
    {
        _text.Append(CultureInfo.InvariantCulture, $"{value}");
        return this;
    }

    /// <summary>Adds a type or an attribute.</summary>
    public AsmWriter Write(Interned part)
    {
        if (Aliases is null || !part.MayHoldAlias)
        {
            _text.Append(part.ToString());
        }
        else if (Aliases.TryGetValue(part, out string? alias))
        {
            _text.Append('#').Append(alias);
        }
        else
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
    public override string ToString() => _text.ToString();

    internal void AppendTo(TextWriter output)
    {
        foreach (ReadOnlyMemory<char> chunk in _text.GetChunks())
        {
            output.Write(chunk.Span);
        }

        _text.Clear();
    }

    internal AsmWriter Spaces(int count)
    {
        _text.Append(' ', count);
        return this;
    }

    // Every byte that is not printable ASCII is written as two hex digits, as MLIR does.
    internal AsmWriter WriteQuotedBytes(string bytes)
    {
        _text.Append('"');
        foreach (char c in bytes)
        {
            if (c == '\\')
            {
                _text.Append("\\\\");
            }
            else if (c is >= ' ' and <= '~' and not '"')
            {
                _text.Append(c);
            }
            else
            {
                _text.Append('\\').Append(((int)c).ToString("X2", CultureInfo.InvariantCulture));
            }
        }

        _text.Append('"');
        return this;
    }

    internal AsmWriter WriteEntries(DictionaryAttr dictionary)
    {
        ImmutableArray<NamedAttr> entries = dictionary.Entries;
        for (int i = 0; i < entries.Length; i++)
        {
            Write(i == 0 ? "" : ", ").WriteKey(entries[i].Name);
            if (entries[i].Value is not UnitAttr)
            {
                Write(" = ").Write(entries[i].Value);
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
                Write(b.Bool ? "true" : "false");
                break;
            case IntegerAttr i:
                _text.Append(i.BigValue.ToString(CultureInfo.InvariantCulture));
                break;
            case FloatAttr f:
                FloatFormat.Print(_text, f);
                break;
            default:
                Write(attr);
                break;
        }

        return this;
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
        int start = _text.Length;
        FloatFormat.Print(_text, attr);
        bool hex = _text.Length > start + 1 && _text[start] == '0' && _text[start + 1] == 'x';
        return hex ? Write(" : ").Write(attr.Type) : this;
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
}
