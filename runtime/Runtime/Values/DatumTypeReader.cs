using System.Collections.Immutable;

namespace Orchestrator.Runtime;

/// <summary>Reads a type in Flow's notation; depth is bounded and whatever it does not understand fits every value.</summary>
internal sealed class DatumTypeReader(string text)
{
    private const int DeepestType = 32;
    private int _at;

    public DatumType Read() => Type(0);

    private DatumType Type(int depth)
    {
        if (depth > DeepestType)
        {
            _at = text.Length;
            return DatumType.Any;
        }

        DatumType type;
        if (Take('{'))
        {
            type = Record(depth);
        }
        else
        {
            string word = Word();
            type = word == "list" && Take('<') ? List(depth) : word == "optional" && Take('<') ? Optional(depth) : word.Length == 0 ? DatumType.Any : new DatumType(word, false, null, []);
        }

        return Take('?') ? type with { IsOptional = true } : type;
    }

    private DatumType List(int depth)
    {
        DatumType element = Type(depth + 1);
        Take('>');
        return new DatumType("list", false, element, []);
    }

    private DatumType Optional(int depth)
    {
        DatumType element = Type(depth + 1);
        Take('>');
        return element with { IsOptional = true };
    }

    private DatumType Record(int depth)
    {
        ImmutableArray<KeyValuePair<string, DatumType>>.Builder fields = ImmutableArray.CreateBuilder<KeyValuePair<string, DatumType>>();
        while (_at < text.Length && !Take('}'))
        {
            string name = Word();
            if (name.Length == 0 || !Take(':'))
            {
                _at = text.Length;
                return DatumType.Any;
            }

            fields.Add(new(name, Type(depth + 1)));
            Take(',');
        }

        return new DatumType("record", false, null, fields.ToImmutable());
    }

    private string Word()
    {
        Skip();
        int start = _at;
        while (_at < text.Length && (char.IsLetterOrDigit(text[_at]) || text[_at] is '_' or '.' or '-'))
        {
            _at++;
        }

        return text[start.._at];
    }

    private bool Take(char c)
    {
        Skip();
        if (_at < text.Length && text[_at] == c)
        {
            _at++;
            return true;
        }

        return false;
    }

    private void Skip()
    {
        while (_at < text.Length && char.IsWhiteSpace(text[_at]))
        {
            _at++;
        }
    }
}
