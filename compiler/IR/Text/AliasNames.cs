namespace Orchestrator.IR;

// Which attributes are written once, before the module, and referred to by name. As MLIR does it, an operation is visited after what is
// inside it: operand types, result types, then attributes; what only the properties of an unknown operation hold gets no name.
internal static class AliasNames
{
    public static IReadOnlyList<(string Name, Interned Value)> Of(Operation root)
    {
        var found = new OrderedDictionary<Interned, bool>();
        var seen = new HashSet<Interned>();
        var open = new Stack<(object Part, bool Leave)>();
        open.Push((root, false));
        while (open.TryPop(out (object Part, bool Leave) next))
        {
            switch (next.Part)
            {
                case Block block:
                    foreach (BlockArgument argument in block.Arguments)
                    {
                        Visit(argument.Type, found, seen);
                    }

                    break;
                case Operation op when next.Leave:
                    VisitOperation(op, found, seen);
                    break;
                case Operation op:
                    open.Push((op, true));
                    PushInside(op, open);
                    break;
            }
        }

        return Number(found);
    }

    private static void PushInside(Operation op, Stack<(object Part, bool Leave)> open)
    {
        for (int i = op.Regions.Count - 1; i >= 0; i--)
        {
            for (Block? block = op.Regions[i].Last; block is not null; block = block.Previous)
            {
                for (Operation? inner = block.Last; inner is not null; inner = inner.Previous)
                {
                    open.Push((inner, false));
                }

                open.Push((block, false));
            }
        }
    }

    private static void VisitOperation(Operation op, OrderedDictionary<Interned, bool> found, HashSet<Interned> seen)
    {
        for (int i = 0; i < op.OperandCount; i++)
        {
            Visit(op.GetOperand(i).Type, found, seen);
        }

        foreach (OpResult result in op.Results)
        {
            Visit(result.Type, found, seen);
        }

        IEnumerable<NamedAttr> attributes = op.Attributes.Entries;
        if (op.Info is not null && op.Properties is DictionaryAttr properties)
        {
            attributes = attributes.Concat(properties.Entries).OrderBy(a => a.Name, StringComparer.Ordinal);
        }

        foreach (NamedAttr attribute in attributes)
        {
            Visit(attribute.Value, found, seen);
        }
    }

    private static void Visit(Interned part, OrderedDictionary<Interned, bool> found, HashSet<Interned> seen)
    {
        if (part.MayHoldAlias && seen.Add(part))
        {
            var collector = new AliasCollector(found);
            collector.Visit(part);
        }
    }

    private static List<(string Name, Interned Value)> Number(OrderedDictionary<Interned, bool> found)
    {
        var aliases = new List<(string Name, Interned Value)>();
        foreach (IGrouping<string?, Interned> group in found.Keys.GroupBy(a => a.AliasName).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            int number = 0;
            foreach (Interned value in group)
            {
                aliases.Add((number == 0 ? $"{group.Key}" : string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{group.Key}{number}"), value));
                number++;
            }
        }

        return aliases;
    }

    // Prints into nothing and notes what has a name on the way.
    private sealed class AliasCollector(OrderedDictionary<Interned, bool> found) : IReadOnlyDictionary<Interned, string>
    {
        public int Count => 0;

        public IEnumerable<Interned> Keys => [];

        public IEnumerable<string> Values => [];

        public string this[Interned key] => throw new KeyNotFoundException();

        public void Visit(Interned part)
        {
            var writer = new AsmWriter { Aliases = this };
            writer.Write(part);
        }

        public bool TryGetValue(Interned key, out string value)
        {
            value = "";
            if (key.AliasName is not null)
            {
                found.TryAdd(key, true);
            }

            return false;
        }

        public bool ContainsKey(Interned key) => false;

        public IEnumerator<KeyValuePair<Interned, string>> GetEnumerator() => Enumerable.Empty<KeyValuePair<Interned, string>>().GetEnumerator();

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
