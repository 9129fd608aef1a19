namespace Orchestrator.IR;

/// <summary>
/// The symbols of one operation with <see cref="OpTraits.SymbolTable"/>: a dictionary, so look-ups are constant time. It follows changes
/// made through it; make a new one after other changes.
/// </summary>
public sealed class SymbolTable
{
    private readonly Dictionary<string, Operation> _symbols = new(StringComparer.Ordinal);

    /// <summary>Reads the symbols directly inside <paramref name="table"/>; of equal names the first counts.</summary>
    public SymbolTable(Operation table)
    {
        Table = table;
        foreach (Region region in table.Regions)
        {
            foreach (Block block in region.Blocks)
            {
                foreach (Operation op in block.Operations)
                {
                    Add(op);
                }
            }
        }
    }

    /// <summary>The operation whose symbols these are.</summary>
    public Operation Table { get; }

    /// <summary>All names.</summary>
    public IReadOnlyCollection<string> Names => _symbols.Keys;

    /// <summary>Notes a symbol that was put into <see cref="Table"/>; false when its name is taken.</summary>
    public bool Add(Operation op) => op.SymbolName is { } name && _symbols.TryAdd(name, op);

    /// <summary>Forgets a symbol that was taken out.</summary>
    public void Remove(Operation op)
    {
        if (op.SymbolName is { } name && _symbols.TryGetValue(name, out Operation? known) && ReferenceEquals(known, op))
        {
            _symbols.Remove(name);
        }
    }

    /// <summary>The operation called <paramref name="name"/>, or null.</summary>
    public Operation? Find(string name) => _symbols.GetValueOrDefault(name);

    /// <summary>The nearest operation around <paramref name="from"/> that holds symbols, or null.</summary>
    public static Operation? NearestTable(Operation from)
    {
        Operation? at = from;
        while (at is not null && !at.Has(OpTraits.SymbolTable) && at.Name.Text != "builtin.module")
        {
            at = at.ParentOp;
        }

        return at;
    }
}

/// <summary>Symbol tables made when first asked for and kept, so that many look-ups cost one reading of each table.</summary>
public sealed class SymbolTables
{
    private readonly Dictionary<Operation, SymbolTable> _tables = [];

    /// <summary>The symbols of <paramref name="table"/>.</summary>
    public SymbolTable Of(Operation table)
    {
        if (!_tables.TryGetValue(table, out SymbolTable? symbols))
        {
            _tables.Add(table, symbols = new SymbolTable(table));
        }

        return symbols;
    }

    /// <summary>What <paramref name="symbol"/> means at <paramref name="from"/>: the nearest table that knows its root decides; null when none does.</summary>
    public Operation? Lookup(Operation from, SymbolRefAttr symbol)
    {
        for (Operation? table = SymbolTable.NearestTable(from); table is not null;
            table = table.ParentOp is { } parent ? SymbolTable.NearestTable(parent) : null)
        {
            Operation? found = Of(table).Find(symbol.Root);
            foreach (string name in symbol.Nested)
            {
                found = found is null ? null : Of(found).Find(name);
            }

            if (found is not null)
            {
                return found;
            }
        }

        return null;
    }

    /// <summary>The names that could have been meant at <paramref name="from"/>.</summary>
    public IEnumerable<string> NamesAt(Operation from) =>
        SymbolTable.NearestTable(from) is { } table ? Of(table).Names : [];
}
