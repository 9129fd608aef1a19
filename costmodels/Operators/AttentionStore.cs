using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// The measured calls that come with the program: <c>attention_contexts.csv</c> says who measured on what, <c>attention.csv</c> holds one
/// call per line under its context's number, <c>attention_spread.csv</c> how far answers were off on left-out rows.
/// </summary>
internal static class AttentionStore
{
    private const string Contexts = "attention_contexts.csv";
    private const string Calls = "attention.csv";
    private const string Spreads = "attention_spread.csv";

    /// <summary>The calls.</summary>
    public static ImmutableArray<LawRow<AttentionContext, AttentionShape>> Rows()
    {
        var contexts = ContextRows().ToDictionary(c => c.Id, c => c.Context, StringComparer.Ordinal);
        var rows = ImmutableArray.CreateBuilder<LawRow<AttentionContext, AttentionShape>>();
        foreach (IReadOnlyDictionary<string, string> row in Csv.Rows(Calls))
        {
            double Of(string column) => row.Number(column) ?? throw new InvalidDataException($"{Calls}: a call without {column}");
            AttentionContext context = contexts[row["context"]];
            var shape = new AttentionShape(
                context.Prefill, Of("batch"), Of("new"), Of("cached"), Of("heads"), Of("kv_heads"), Of("head_dim"), AttentionTable.ElementBytes(context.KvType));
            rows.Add(new LawRow<AttentionContext, AttentionShape>(context, shape, Of("us")));
        }

        return rows.ToImmutable();
    }

    /// <summary>How far answers were off.</summary>
    public static LawSpread<AttentionContext, AttentionShape> Spread() =>
        new(ContextRows().ToDictionary(c => c.Context, c => c.Spread), LawSpreadTable.Read(Spreads));

    /// <summary>Writes what <see cref="Rows"/> and <see cref="Spread"/> read; repeated calls become one, their geometric mean.</summary>
    public static void Write(string folder, ImmutableArray<LawRow<AttentionContext, AttentionShape>> rows, LawModel<AttentionContext, AttentionShape> model, LawSpread<AttentionContext, AttentionShape> spread)
    {
        var ids = new Dictionary<AttentionContext, int>();
        using var contexts = new StreamWriter(Path.Combine(folder, Contexts)) { NewLine = "\n" };
        contexts.WriteLine("context,source,hardware,software,kv_type,phase,spread");
        foreach (AttentionContext context in model.Contexts)
        {
            ids.Add(context, ids.Count);
            double factor = spread.Of(context);
            contexts.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{ids[context]},{Table.Quoted(context.Source)},{Table.Quoted(context.Hardware)},{Table.Quoted(context.Software)},{Table.Quoted(context.KvType)},{(context.Prefill ? "prefill" : "decode")},{factor:G4}"));
        }

        using var calls = new StreamWriter(Path.Combine(folder, Calls)) { NewLine = "\n" };
        calls.WriteLine("context,batch,new,cached,heads,kv_heads,head_dim,us");
        foreach (var same in rows.GroupBy(r => (r.Context, r.Shape)))
        {
            AttentionShape s = same.Key.Shape;
            double mean = Math.Exp(same.Average(r => Math.Log(r.Microseconds)));
            calls.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{ids[same.Key.Context]},{s.Batch},{s.NewTokens},{s.CachedTokens},{s.Heads},{s.KvHeads},{s.HeadDim},{mean:G5}"));
        }

        LawSpreadTable.Write(Path.Combine(folder, Spreads), spread.Supports);
    }

    private static IEnumerable<(string Id, AttentionContext Context, double Spread)> ContextRows() => Csv.Rows(Contexts).Select(row => (
        row["context"],
        new AttentionContext(row["source"], row["hardware"], row["software"], row["kv_type"], row["phase"] == "prefill"),
        row.Number("spread") ?? throw new InvalidDataException(Contexts + ": no spread")));
}
