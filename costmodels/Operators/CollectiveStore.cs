using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// The measured collectives that come with the program: <c>collective_contexts.csv</c> says who measured what on what,
/// <c>collective.csv</c> holds one case per line under its context's number, <c>collective_spread.csv</c> how far answers were off on left-out rows.
/// </summary>
internal static class CollectiveStore
{
    private const string Contexts = "collective_contexts.csv";
    private const string Cases = "collective.csv";
    private const string Spreads = "collective_spread.csv";

    /// <summary>The cases.</summary>
    public static ImmutableArray<LawRow<CollectiveContext, CollectiveShape>> Rows()
    {
        var contexts = ContextRows().ToDictionary(c => c.Id, c => c.Context, StringComparer.Ordinal);
        var rows = ImmutableArray.CreateBuilder<LawRow<CollectiveContext, CollectiveShape>>();
        foreach (IReadOnlyDictionary<string, string> row in Csv.Rows(Cases))
        {
            double Of(string column) => row.Number(column) ?? throw new InvalidDataException($"{Cases}: a case without {column}");
            CollectiveContext context = contexts[row["context"]];
            rows.Add(new LawRow<CollectiveContext, CollectiveShape>(context, new CollectiveShape(context.Kind, Of("ranks"), Of("nodes"), Of("bytes")), Of("us")));
        }

        return rows.ToImmutable();
    }

    /// <summary>How far answers were off.</summary>
    public static LawSpread<CollectiveContext, CollectiveShape> Spread() =>
        new(ContextRows().ToDictionary(c => c.Context, c => c.Spread), LawSpreadTable.Read(Spreads));

    /// <summary>Writes what <see cref="Rows"/> and <see cref="Spread"/> read; repeated cases become one, their geometric mean.</summary>
    public static void Write(
        string folder, ImmutableArray<LawRow<CollectiveContext, CollectiveShape>> rows, LawModel<CollectiveContext, CollectiveShape> model,
        LawSpread<CollectiveContext, CollectiveShape> spread)
    {
        var ids = new Dictionary<CollectiveContext, int>();
        using var contexts = new StreamWriter(Path.Combine(folder, Contexts)) { NewLine = "\n" };
        contexts.WriteLine("context,source,hardware,library,kind,spread_over_nodes,spread");
        foreach (CollectiveContext c in model.Contexts)
        {
            ids.Add(c, ids.Count);
            contexts.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{ids[c]},{Table.Quoted(c.Source)},{Table.Quoted(c.Hardware)},{Table.Quoted(c.Library)},{CollectiveTable.NameOf(c.Kind)},{(c.Spread ? 1 : 0)},{spread.Of(c):G4}"));
        }

        using var cases = new StreamWriter(Path.Combine(folder, Cases)) { NewLine = "\n" };
        cases.WriteLine("context,ranks,nodes,bytes,us");
        foreach (var same in rows.GroupBy(r => (r.Context, r.Shape)))
        {
            CollectiveShape s = same.Key.Shape;
            double mean = Math.Exp(same.Average(r => Math.Log(r.Microseconds)));
            cases.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ids[same.Key.Context]},{s.Ranks},{s.Nodes},{s.Bytes},{mean:G5}"));
        }

        LawSpreadTable.Write(Path.Combine(folder, Spreads), spread.Supports);
    }

    private static IEnumerable<(string Id, CollectiveContext Context, double Spread)> ContextRows() => Csv.Rows(Contexts).Select(row => (
        row["context"],
        new CollectiveContext(row["source"], row["hardware"], row["library"], CollectiveTable.KindOf(row["kind"]), row["spread_over_nodes"] == "1"),
        row.Number("spread") ?? throw new InvalidDataException(Contexts + ": no spread")));
}
