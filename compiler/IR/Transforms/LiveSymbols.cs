namespace Orchestrator.IR;

/// <summary>The symbols that may be named, from outside or by what may run.</summary>
internal sealed class LiveSymbols
{
    private readonly HashSet<Operation> _live = [];
    private readonly Stack<(Operation Op, bool Hidden)> _pending = new();
    private readonly SymbolUses _uses = new();
    private readonly SymbolTables _symbols = new();

    public bool IsLive(Operation op) => _live.Contains(op);

    public void Mark(Operation root)
    {
        bool hidden = root.ParentOp is null || !SymbolUses.IsSymbol(root) || SymbolUses.VisibilityOf(root) == "private";
        MarkTable(root, hidden);
        while (_pending.TryPop(out (Operation Op, bool Hidden) next))
        {
            MarkNamed(next.Op, next.Hidden);
        }
    }

    // What a live operation names is live. Tables inside decide about their own symbols.
    private void MarkNamed(Operation root, bool hidden)
    {
        Operation? op = root;
        while (op is not null)
        {
            foreach (SymbolRefAttr symbol in _uses.Of(op))
            {
                MarkLive(op, symbol, hidden);
            }

            bool table = op.Has(OpTraits.SymbolTable);
            if (table)
            {
                MarkTable(op, hidden || !SymbolUses.IsSymbol(op) || SymbolUses.VisibilityOf(op) == "private");
            }

            op = Following(op, root, enter: !table);
        }
    }

    private void MarkTable(Operation table, bool hidden)
    {
        foreach (Region region in table.Regions)
        {
            foreach (Block block in region.Blocks)
            {
                foreach (Operation op in block.Operations)
                {
                    if (!SymbolUses.IsSymbol(op))
                    {
                        _pending.Push((op, hidden));
                        continue;
                    }

                    bool discardable = SymbolUses.VisibilityOf(op) switch { "private" => true, "nested" => hidden, _ => false };
                    if (!discardable && _live.Add(op))
                    {
                        _pending.Push((op, hidden));
                    }
                }
            }
        }
    }

    // Every step of a path is named: @a::@b::@c keeps @a and @b as well.
    private void MarkLive(Operation from, SymbolRefAttr symbol, bool hidden)
    {
        for (Operation? table = SymbolTable.NearestTable(from); table is not null; table = table.ParentOp is { } parent ? SymbolTable.NearestTable(parent) : null)
        {
            Operation? found = _symbols.Of(table).Find(symbol.Root);
            if (found is null)
            {
                continue;
            }

            foreach (string name in symbol.Nested)
            {
                Note(found, hidden);
                found = _symbols.Of(found).Find(name);
                if (found is null)
                {
                    return;
                }
            }

            Note(found, hidden);
            return;
        }
    }

    private void Note(Operation op, bool hidden)
    {
        if (_live.Add(op))
        {
            _pending.Push((op, hidden));
        }
    }

    // The next operation below the root, outer before inner; what is inside the operation is passed over unless it is entered.
    private static Operation? Following(Operation op, Operation root, bool enter)
    {
        for (int i = 0; enter && i < op.Regions.Count; i++)
        {
            if (FirstIn(op.Regions[i].First) is { } first)
            {
                return first;
            }
        }

        while (!ReferenceEquals(op, root))
        {
            if (op.Next is { } sibling)
            {
                return sibling;
            }

            if (op.Block is not { } block || op.ParentOp is not { } parent)
            {
                return null;
            }

            Operation? found = FirstIn(block.Next);
            for (int i = (op.ParentRegion?.Index ?? 0) + 1; found is null && i < parent.Regions.Count; i++)
            {
                found = FirstIn(parent.Regions[i].First);
            }

            if (found is not null)
            {
                return found;
            }

            op = parent;
        }

        return null;
    }

    private static Operation? FirstIn(Block? block)
    {
        while (block is not null && block.First is null)
        {
            block = block.Next;
        }

        return block?.First;
    }
}
