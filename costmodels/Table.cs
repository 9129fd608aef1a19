using System.Globalization;
using System.Text;

namespace Orchestrator.CostModels;

/// <summary>A field of a table that cannot be read: a mistake of its author, with its place.</summary>
public sealed class TableException(int line, string column, string what, string remedy) : Exception(what)
{
    /// <summary>Line of the file, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>Column by name; empty for a whole line.</summary>
    public string Column { get; } = column;

    /// <summary>What to do about it.</summary>
    public string Remedy { get; } = remedy;
}

/// <summary>A line of a comma-separated table by column name.</summary>
/// <param name="line">Line of the file, from 1.</param>
/// <param name="columns">Index of every column.</param>
/// <param name="fields">The fields.</param>
public sealed class TableRow(int line, IReadOnlyDictionary<string, int> columns, string[] fields)
{
    /// <summary>Line of the file, from 1.</summary>
    public int Line { get; } = line;

    /// <summary>The text of a field; empty when the table has no such column.</summary>
    public string this[string column] => columns.TryGetValue(column, out int index) ? fields[index] : "";

    /// <summary>The fields in the file's order.</summary>
    public IReadOnlyList<string> Fields => fields;

    /// <summary>A number, or null for an empty field.</summary>
    /// <exception cref="TableException">The field is not a finite number.</exception>
    public double? Number(string column)
    {
        string text = this[column];
        if (text.Length == 0)
        {
            return null;
        }

        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new TableException(Line, column, $"'{text}' is not a number", "write digits, or leave the field empty where it is not known");
    }

    /// <summary>A number above zero that must be there.</summary>
    /// <exception cref="TableException">The field is empty, not a number or not above zero.</exception>
    public double Positive(string column) => Number(column) is { } value and > 0
        ? value
        : throw new TableException(Line, column, $"{column} must be a number above 0", "give the measured or planned size");
}

/// <summary>
/// A comma-separated table with a header line. A field that begins with a quote ends with one, may hold commas and line ends, and doubles the quotes
/// inside it; a quote elsewhere is a character like any other.
/// </summary>
/// <param name="Columns">Column names in order.</param>
/// <param name="Rows">The lines; empty ones are left out.</param>
public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>Reads a table.</summary>
    /// <exception cref="TableException">A line has another number of fields than the header, a quote is not closed, or a column is there twice.</exception>
    public static Table Parse(TextReader reader)
    {
        string text = reader.ReadToEnd();
        int at = 0;
        int line = 1;
        string[] header = Record(text, ref at, ref line) ?? [];
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < header.Length; i++)
        {
            if (!columns.TryAdd(header[i], i))
            {
                throw new TableException(1, header[i], $"the column '{header[i]}' is there twice", "rename one of them");
            }
        }

        var rows = new List<TableRow>();
        while (true)
        {
            int first = line;
            if (Record(text, ref at, ref line) is not { } fields)
            {
                return new Table(header, rows);
            }

            if (fields is [""] && header.Length != 1)
            {
                continue;
            }

            if (fields.Length != header.Length)
            {
                throw new TableException(first, "", $"{fields.Length} fields where the header has {header.Length}", "quote fields that hold commas");
            }

            rows.Add(new TableRow(first, columns, fields));
        }
    }

    /// <summary>A field as a table holds it: in quotes where it needs them.</summary>
    public static string Quoted(string field) =>
        field.AsSpan().ContainsAny(",\"\r\n") ? $"\"{field.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : field;

    /// <summary>Writes a line of fields, each in quotes where it needs them.</summary>
    public static void WriteLine(TextWriter writer, IEnumerable<string> fields)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(string.Join(',', fields.Select(Quoted)) + "\n");
    }

    // The fields of the line at `at`, or null at the end; `at` and `line` move behind its line end.
    private static string[]? Record(string text, ref int at, ref int line)
    {
        if (at >= text.Length)
        {
            return null;
        }

        var fields = new List<string>();
        while (true)
        {
            fields.Add(at < text.Length && text[at] == '"' ? InQuotes(text, ref at, ref line) : Plain(text, ref at));
            char next = at < text.Length ? text[at++] : '\n';
            if (next == ',')
            {
                continue;
            }

            at += next == '\r' && at < text.Length && text[at] == '\n' ? 1 : 0;
            line++;
            return [.. fields];
        }
    }

    private static string Plain(string text, ref int at)
    {
        int length = text.AsSpan(at).IndexOfAny(",\r\n");
        int start = at;
        at = length < 0 ? text.Length : at + length;
        return text[start..at];
    }

    private static string InQuotes(string text, ref int at, ref int line)
    {
        int opened = line;
        var field = new StringBuilder();
        for (at++; at < text.Length; at++)
        {
            if (text[at] != '"')
            {
                line += text[at] == '\n' ? 1 : 0;
                field.Append(text[at]);
            }
            else if (at + 1 < text.Length && text[at + 1] == '"')
            {
                field.Append(text[at++]);
            }
            else
            {
                at++;
                return at == text.Length || text[at] is ',' or '\r' or '\n'
                    ? field.ToString()
                    : throw new TableException(line, "", "text stands behind a closing quote", "double the quotes inside a quoted field");
            }
        }

        throw new TableException(opened, "", "a quoted field is not closed", "close it with a quote, and double the quotes inside it");
    }
}
