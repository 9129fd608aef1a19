using System.Globalization;
using System.Text;

namespace Orchestrator.CostModels;

/// <summary>Reads the tables in <c>data/</c>: a header line, commas, double quotes around fields that hold commas.</summary>
internal static class Csv
{
    /// <summary>Rows by column name of an embedded table; none when there is no such table.</summary>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string resource)
    {
        using Stream? stream = typeof(Csv).Assembly.GetManifestResourceStream(resource);
        if (stream is null)
        {
            yield break;
        }

        using var reader = new StreamReader(stream);
        string[] header = Split(reader.ReadLine() ?? "");
        while (reader.ReadLine() is { } line)
        {
            string[] fields = Split(line);
            if (fields.Length != header.Length)
            {
                throw new InvalidDataException($"{resource}: {fields.Length} fields where {header.Length} belong: {line}");
            }

            yield return header.Zip(fields).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal);
        }
    }

    /// <summary>A number, or null for an empty field: unknown.</summary>
    public static double? Number(this IReadOnlyDictionary<string, string> row, string column) =>
        row[column].Length == 0 ? null : double.Parse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture);

    public static string[] Split(string line)
    {
        var fields = new List<string>();
        var field = new StringBuilder();
        bool quoted = false;
        for (int i = 0; i < line.Length; i++)
        {
            char c = line[i];
            if (c == '"' && quoted && i + 1 < line.Length && line[i + 1] == '"')
            {
                field.Append('"');
                i++;
            }
            else if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                fields.Add(field.ToString());
                field.Clear();
            }
            else
            {
                field.Append(c);
            }
        }

        fields.Add(field.ToString());
        return [.. fields];
    }
}
