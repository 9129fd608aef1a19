using System.Globalization;

namespace Orchestrator.CostModels.Operators;

/// <summary>Where and with what a collective runs: rows of one context are measured alike.</summary>
/// <param name="Source">Who measured, as the row says.</param>
/// <param name="Hardware">The device as the row names it, with notes on its links in brackets.</param>
/// <param name="Library">Library with version: <c>NCCL 2.29.2</c>.</param>
/// <param name="Kind">What the collective does.</param>
/// <param name="Spread">Whether it goes over more than one chassis.</param>
internal sealed record CollectiveContext(string Source, string Hardware, string Library, CollectiveKind Kind, bool Spread)
{
    /// <summary>Library without its version: <c>NCCL</c>.</summary>
    public string LibraryName { get; } = Library.Split(' ')[0];

    /// <summary>The device's figures.</summary>
    public OperatorDevice Device { get; } = OperatorDevice.Of(Hardware);

    /// <summary>The device with its wiring: boards joined in pairs are another machine than boards on a switch.</summary>
    public string Machine { get; } = OperatorDevice.Of(Hardware).Name + (Hardware.Contains("pairwise", StringComparison.OrdinalIgnoreCase) ? " in pairs" : "");
}

/// <summary>How rows of measured collectives are read.</summary>
internal static class CollectiveTable
{
    private const double MostRanks = 1e6;
    private const double MostBytes = 1e15;

    private static readonly (string Name, CollectiveKind Kind)[] Names =
    [
        ("all_reduce", CollectiveKind.AllReduce), ("all_gather", CollectiveKind.AllGather), ("reduce_scatter", CollectiveKind.ReduceScatter),
        ("all_to_all", CollectiveKind.AllToAll), ("broadcast", CollectiveKind.Broadcast), ("reduce", CollectiveKind.Reduce),
        ("send_recv", CollectiveKind.SendReceive), ("p2p", CollectiveKind.SendReceive), ("point_to_point", CollectiveKind.SendReceive),
        ("allreduce", CollectiveKind.AllReduce), ("allgather", CollectiveKind.AllGather), ("alltoall", CollectiveKind.AllToAll),
    ];

    /// <summary>One row: the context and the shape.</summary>
    public static (CollectiveContext Context, CollectiveShape Shape) Read(TableRow row)
    {
        CollectiveKind kind = KindOf(row);
        double ranks = Whole(row, "ranks", 2, MostRanks);
        double nodes = row["nodes"].Length == 0 ? 1 : Whole(row, "nodes", 1, MostRanks);
        if (nodes > ranks)
        {
            throw new TableException(row.Line, "nodes", $"{nodes} nodes for {ranks} ranks", "give at most one node per rank");
        }

        double bytes = row.Positive("bytes");
        if (bytes > MostBytes)
        {
            throw new TableException(row.Line, "bytes", $"a buffer of {bytes} bytes is beyond any device", "give the size in bytes, not in bits or with a unit");
        }

        return (new CollectiveContext(row["source"], row["hardware"], row["library"], kind, nodes > 1), new CollectiveShape(kind, ranks, nodes, bytes));
    }

    /// <summary>The name of a kind in tables.</summary>
    public static string NameOf(CollectiveKind kind) => Names.First(n => n.Kind == kind).Name;

    /// <summary>The kind by its name in tables, which must be known.</summary>
    public static CollectiveKind KindOf(string name) => Names.First(n => n.Name == name).Kind;

    private static CollectiveKind KindOf(TableRow row)
    {
        string name = row["op"].Trim().ToLowerInvariant().Replace('-', '_');
        foreach ((string known, CollectiveKind kind) in Names)
        {
            if (known == name)
            {
                return kind;
            }
        }

        throw new TableException(row.Line, "op", $"'{row["op"]}' is no collective", "write one of " + string.Join(", ", Names.Take(7).Select(n => n.Name)));
    }

    private static double Whole(TableRow row, string column, double least, double most)
    {
        double value = row.Positive(column);
        return value >= least && value <= most && value == Math.Floor(value)
            ? value
            : throw new TableException(
                row.Line, column, string.Create(CultureInfo.InvariantCulture, $"{column} must be a whole number from {least} to {most}, not {value}"), "count devices and chassis");
    }
}
