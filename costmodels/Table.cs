using System.Globalization;

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

/// <summary>A comma-separated table with a header line: fields may be quoted, quotes are doubled inside quotes.</summary>
/// <param name="Columns">Column names in order.</param>
/// <param name="Rows">The lines.</param>
public sealed record Table(IReadOnlyList<string> Columns, IReadOnlyList<TableRow> Rows)
{
    /// <summary>Reads a table.</summary>
    /// <exception cref="TableException">A line has another number of fields than the header.</exception>
    public static Table Parse(TextReader reader)
    {
        string[] header = Csv.Split(reader.ReadLine() ?? "");
        var columns = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < header.Length; i++)
        {
            if (!columns.TryAdd(header[i], i))
            {
                throw new TableException(1, header[i], $"the column '{header[i]}' is there twice", "rename one of them");
            }
        }

        var rows = new List<TableRow>();
        for (int line = 2; reader.ReadLine() is { } text; line++)
        {
            if (text.Length == 0)
            {
                continue;
            }

            string[] fields = Csv.Split(text);
            if (fields.Length != header.Length)
            {
                throw new TableException(line, "", $"{fields.Length} fields where the header has {header.Length}", "quote fields that hold commas");
            }

            rows.Add(new TableRow(line, columns, fields));
        }

        return new Table(header, rows);
    }
}
