using Orchestrator.CostModels;
using Orchestrator.Diagnostics;

namespace Orchestrator.Cli.Predict;

/// <summary>A table that the user pointed at, for one predictor: what it lacks and what cannot be read is told with its place.</summary>
internal sealed class MeasuredTable
{
    private readonly SourceText _source;

    private MeasuredTable(SourceText source, Table table) => (_source, Table) = (source, table);

    /// <summary>The header and the rows.</summary>
    public Table Table { get; }

    /// <summary>Reads a file, <c>-</c> for standard input, with all of <paramref name="needed"/> in its header.</summary>
    /// <exception cref="DiagnosticException">
    /// It cannot be read, a line has too few or too many fields, a column is missing, or a field names a file of a device or model that is not there.
    /// </exception>
    public static MeasuredTable Read(string path, IEnumerable<string> needed)
    {
        SourceText file = SourceFile.ReadBytes(path);
        var source = new SourceText(file.Path, file.Text.TrimStart('\uFEFF'));
        Table table;
        try
        {
            table = Table.Parse(new StringReader(source.Text));
        }
        catch (TableException mistake)
        {
            throw new DiagnosticException(Explain(source, mistake));
        }

        var read = new MeasuredTable(source, table);
        read.Require([.. needed]);
        read.RequireFiles();
        return read;
    }

    /// <summary>A field that could not be read, with its place in the file.</summary>
    public Diagnostic Explain(TableException mistake) => Explain(_source, mistake);

    /// <summary>Runs <paramref name="work"/>; a field that it cannot read becomes a mistake with its place.</summary>
    /// <exception cref="DiagnosticException">A field cannot be read.</exception>
    public T Reading<T>(Func<T> work)
    {
        try
        {
            return work();
        }
        catch (TableException mistake)
        {
            throw new DiagnosticException(Explain(mistake));
        }
    }

    /// <summary>Checks that no column has one of these names.</summary>
    /// <exception cref="DiagnosticException">One has.</exception>
    public void Refuse(IEnumerable<string> names)
    {
        if (names.FirstOrDefault(Table.Columns.Contains) is { } taken)
        {
            throw new DiagnosticException(Diagnostic.Error("ORC6072", $"there is a column '{taken}' already", FieldOf(_source, 1, IndexOf(taken)), "leave it out, or rename it"));
        }
    }

    // One mistake for all missing columns, with the names that were probably meant for them.
    private void Require(string[] needed)
    {
        string[] missing = [.. needed.Except(Table.Columns)];
        if (missing.Length == 0)
        {
            return;
        }

        string what = $"there is no column {string.Join(", ", missing.Select(m => $"'{m}'"))}";
        string[] meant = [.. missing.Select(m => Meant(m, needed) is { } near ? $"'{near}' to '{m}'" : "").Where(m => m.Length > 0)];
        string remedy = Table.Columns is [var only] && only.AsSpan().ContainsAny(';', '\t') ? "separate the fields with commas"
            : meant.Length > 0 ? $"rename {string.Join(", ", meant)}; the header needs {string.Join(", ", needed)}"
            : $"add it to the header, which needs {string.Join(", ", needed)}";
        throw new DiagnosticException(Diagnostic.Error("ORC6072", what, FieldOf(_source, 1, -1), remedy));
    }

    // A column that differs in case and spaces only, or is spelled nearly alike and needed for nothing else; of names of one letter every other is a near one.
    private string? Meant(string name, string[] needed) =>
        Table.Columns.FirstOrDefault(c => c.Trim().Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? (name.Length > 1 ? NearestName.Find(name, Table.Columns.Except(needed)) : null);

    // A name that means a file is never guessed at: without its file nothing is known of the device or model.
    private void RequireFiles()
    {
        var bag = new DiagnosticBag();
        foreach ((string column, Func<string, bool> isFile) in new (string, Func<string, bool>)[] { ("hardware", DeviceFile.IsFile), ("model", ModelFile.IsFile) })
        {
            int index = IndexOf(column);
            foreach (TableRow row in Table.Rows.Where(r => isFile(r[column]) && !File.Exists(r[column])))
            {
                bag.Error("ORC6002", $"there is no file '{row[column]}'", FieldOf(_source, row.Line, index), $"give its path from the current folder, or the {column}'s name");
            }
        }

        if (bag.HasErrors)
        {
            throw new DiagnosticException(bag.Items);
        }
    }

    private int IndexOf(string column) => Table.Columns.ToList().IndexOf(column);

    private static Diagnostic Explain(SourceText source, TableException mistake)
    {
        int column = -1;
        if (mistake.Column.Length > 0)
        {
            column = Array.IndexOf(HeaderOf(source), mistake.Column);
        }

        string where = mistake.Column.Length > 0 && !mistake.Message.Contains(mistake.Column, StringComparison.Ordinal) ? $"{mistake.Column}: " : "";
        return Diagnostic.Error("ORC6073", where + mistake.Message, FieldOf(source, mistake.Line, column), mistake.Remedy);
    }

    private static string[] HeaderOf(SourceText source)
    {
        try
        {
            return [.. Table.Parse(new StringReader(source.Line(1))).Columns];
        }
        catch (TableException)
        {
            return []; // A header whose names run over lines, or come twice: the whole line is shown.
        }
    }

    // The stretch of a field, or of the whole line when there is no such column; fields over several lines end where the line does.
    private static SourceSpan FieldOf(SourceText source, int line, int column)
    {
        string text = source.Line(line);
        int start = source.OffsetOf(line, 1);
        if (column < 0)
        {
            return new SourceSpan(source, start, text.Length);
        }

        int at = 0;
        for (int field = 0; ; field++)
        {
            int end = EndOfField(text, at);
            if (field == column || end >= text.Length)
            {
                return new SourceSpan(source, start + at, end - at);
            }

            at = end + 1;
        }
    }

    private static int EndOfField(string text, int at)
    {
        bool quoted = at < text.Length && text[at] == '"';
        for (int i = quoted ? at + 1 : at; i < text.Length; i++)
        {
            if (quoted)
            {
                quoted = text[i] != '"';
            }
            else if (text[i] == ',')
            {
                return i;
            }
            else if (text[i] == '"' && text[at] == '"')
            {
                quoted = true;
            }
        }

        return text.Length;
    }
}
