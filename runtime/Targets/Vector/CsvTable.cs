using System.Collections.Immutable;
using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.Targets.Vector;

/// <summary>A table of text: comma-separated with a head row, cells with commas, line ends or quotes in double quotes (RFC 4180).</summary>
/// <param name="Columns">Names in the head row.</param>
/// <param name="Rows">Cells of a row with the line (from 1) on which it starts.</param>
internal sealed record CsvTable(ImmutableArray<string> Columns, List<(int Line, ImmutableArray<string> Cells)> Rows)
{
    /// <summary>Reads a table; throws a located diagnostic (ORC5404) for one that cannot be read.</summary>
    public static CsvTable Read(SourceText source)
    {
        List<(int Start, ImmutableArray<string> Cells)> records = Records(source);
        if (records.Count == 0)
        {
            throw Bad(source, 0, "the table is empty", "give it a first row with the names of its columns");
        }

        ImmutableArray<string> columns = [.. records[0].Cells.Select(c => c.Trim())];
        if (columns.Any(c => c.Length == 0) || columns.Distinct(StringComparer.Ordinal).Count() != columns.Length)
        {
            throw Bad(source, 0, "the names of the columns must all be there and differ", "name every column once in the first row");
        }

        var rows = new List<(int, ImmutableArray<string>)>(records.Count - 1);
        foreach ((int start, ImmutableArray<string> cells) in records.Skip(1))
        {
            if (cells.Length != columns.Length)
            {
                throw Bad(source, start, $"this row has {cells.Length} cells where the first row names {columns.Length} columns",
                    "put cells that hold a comma in double quotes, and write empty cells too");
            }

            rows.Add((source.Locate(start).Line, cells));
        }

        return new CsvTable(columns, rows);
    }

    private static List<(int Start, ImmutableArray<string> Cells)> Records(SourceText source)
    {
        string text = source.Text;
        var records = new List<(int, ImmutableArray<string>)>();
        int at = text.StartsWith('\uFEFF') ? 1 : 0;
        while (at < text.Length)
        {
            int start = at;
            var cells = ImmutableArray.CreateBuilder<string>();
            bool more;
            do
            {
                cells.Add(Cell(source, ref at));
                more = at < text.Length && text[at] == ',';
                at += more ? 1 : 0;
            }
            while (more);

            at += at < text.Length && text[at] == '\r' ? 1 : 0;
            at += at < text.Length && text[at] == '\n' ? 1 : 0;

            // Empty lines separate nothing.
            if (cells.Count > 1 || cells[0].Length > 0)
            {
                records.Add((start, cells.ToImmutable()));
            }
        }

        return records;
    }

    private static string Cell(SourceText source, ref int at)
    {
        string text = source.Text;
        int start = at;
        if (at >= text.Length || text[at] != '"')
        {
            int end = text.AsSpan(at).IndexOfAny(',', '\r', '\n');
            at = end < 0 ? text.Length : at + end;

            // A lone carriage return is part of a cell's text only in quotes; elsewhere it ends the row.
            return text[start..at];
        }

        var cell = new StringBuilder();
        at++;
        while (true)
        {
            int quote = text.IndexOf('"', at);
            if (quote < 0)
            {
                throw Bad(source, start, "this cell opens with a quote that never closes", "close it, and write a quote inside a cell twice");
            }

            cell.Append(text, at, quote - at);
            at = quote + 1;
            if (at >= text.Length || text[at] != '"')
            {
                break;
            }

            cell.Append('"');
            at++;
        }

        return at >= text.Length || text[at] is ',' or '\r' or '\n'
            ? cell.ToString()
            : throw Bad(source, at, "text follows the closing quote of a cell", "put the whole cell in quotes, and write a quote inside a cell twice");
    }

    private static DiagnosticException Bad(SourceText source, int offset, string message, string remedy) =>
        new(Diagnostic.Error("ORC5404", message, new SourceSpan(source, offset, 1), remedy));
}
