using System.Globalization;

namespace Orchestrator.CostModels;

/// <summary>Reads the tables in <c>data/</c>, which are part of the assembly.</summary>
internal static class Csv
{
    /// <summary>Rows by column name of an embedded table; none when there is no such table.</summary>
    /// <exception cref="InvalidDataException">The table is broken.</exception>
    public static IEnumerable<IReadOnlyDictionary<string, string>> Rows(string resource)
    {
        using Stream? stream = typeof(Csv).Assembly.GetManifestResourceStream(resource);
        if (stream is null)
        {
            return [];
        }

        using var reader = new StreamReader(stream);
        try
        {
            Table table = Table.Parse(reader);
            return table.Rows.Select(row => table.Columns.Zip(row.Fields).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal));
        }
        catch (TableException e)
        {
            throw new InvalidDataException($"{resource}:{e.Line}: {e.Message}", e);
        }
    }

    /// <summary>A number, or null for an empty field: unknown.</summary>
    public static double? Number(this IReadOnlyDictionary<string, string> row, string column) =>
        row[column].Length == 0 ? null : double.Parse(row[column], NumberStyles.Float, CultureInfo.InvariantCulture);
}
