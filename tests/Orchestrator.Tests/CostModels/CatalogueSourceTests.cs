using System.Globalization;
using Orchestrator.CostModels;
using Xunit;

namespace Orchestrator.Tests.Costs;

/// <summary>Every number that comes with the program says where it is from.</summary>
public sealed class CatalogueSourceTests
{
    private static readonly string[] Vague = ["", "unknown", "todo", "tbd", "n/a", "?", "-", "none"];

    public static TheoryData<string> Tables => [.. typeof(Catalogue).Assembly.GetManifestResourceNames().Where(n => n.EndsWith(".csv", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];

    // A row has its source, or each column of numbers has one of its own (bandwidth, bandwidth_source), or the row names a context whose row in
    // TABLE_contexts.csv has it. Labels of anchors are columns l:NAME.
    [Theory]
    [MemberData(nameof(Tables))]
    public void EveryNumberHasASource(string table)
    {
        Table read = Read(table);
        Assert.NotEmpty(read.Rows);
        string named = table.Replace(".csv", "_contexts.csv", StringComparison.Ordinal);
        Table? contexts = Tables.Any(t => t.Data == named) ? Read(named) : null;
        Assert.Empty(Unsourced(read, contexts));
    }

    [Theory]
    [InlineData("kind,tdp,source\nA,700,\n")]
    [InlineData("kind,tdp,source\nA,700,todo\n")]
    [InlineData("kind,tdp\nA,700\n")]
    public void ANumberWithoutASourceIsFound(string table)
    {
        using var reader = new StringReader(table);
        Assert.NotEmpty(Unsourced(Table.Parse(reader)));
    }

    [Fact]
    public void NoTableIsACopyOfTheMeasurements()
    {
        foreach (string file in Directory.EnumerateFiles(Repository.Shared("data"), "*.csv", SearchOption.AllDirectories))
        {
            string[] head = Csv(file);
            Assert.All(Tables, t => Assert.False(Read(t.Data).Columns.SequenceEqual(head), $"{t.Data} has the layout of {Path.GetFileName(file)}"));
        }
    }

    private static string[] Csv(string file) => File.ReadLines(file).First().Split(',');

    private static IEnumerable<string> Unsourced(Table table, Table? contexts = null)
    {
        Dictionary<string, string>? byContext = contexts?.Rows.ToDictionary(r => r["context"], r => r["source"], StringComparer.Ordinal);
        foreach (TableRow r in table.Rows)
        {
            foreach (string column in table.Columns)
            {
                bool number = double.TryParse(r[column], NumberStyles.Float, CultureInfo.InvariantCulture, out _);
                string source = table.Columns.Contains(column + "_source") ? r[column + "_source"]
                    : byContext is not null ? byContext.GetValueOrDefault(r["context"], "")
                    : r["source"] + r["l:source"];
                if (number && Vague.Contains(source.Trim().ToLowerInvariant()))
                {
                    yield return $"line {r.Line}, {column}: {r[column]}";
                }
            }
        }
    }

    private static Table Read(string name)
    {
        using var reader = new StreamReader(typeof(Catalogue).Assembly.GetManifestResourceStream(name)!); // a name of the assembly's own
        return Table.Parse(reader);
    }
}
