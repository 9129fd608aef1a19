using System.Globalization;

namespace Orchestrator.IR;

// The names that a printing gives to types and attributes which it writes once and refers to.
internal sealed class AliasNames
{
    private readonly Dictionary<Interned, string> _names = new(ReferenceEqualityComparer.Instance);
    private readonly List<(Interned Part, bool Late)> _order = [];

    /// <summary>Aliases of all that printing <paramref name="root"/> writes.</summary>
    public static AliasNames Of(Operation root, bool locations)
    {
        var collector = new AliasCollector();
        if (!locations && !root.Context.HasVariableParts)
        {
            return new AliasNames();
        }

        foreach (AliasEvent next in AliasWalk.Over(root))
        {
            Visit(collector, next, locations);
        }

        return Number(collector.Candidates);
    }

    /// <summary>The name with its sigil, or null when the part is always written out.</summary>
    public string? Find(Interned part) => _names.GetValueOrDefault(part);

    /// <summary>Writes the definitions: those that must come before the module, or those of locations that may come after it.</summary>
    public void WriteDefinitions(AsmWriter writer, bool late)
    {
        foreach ((Interned part, bool isLate) in _order)
        {
            if (isLate == late)
            {
                writer.Write(_names[part]).Write(" = "u8);
                part.Print(writer);
                writer.Write('\n');
            }
        }
    }

    // As MLIR does it: an operation's location, what is inside it, operand types, result types, attributes. What only the properties of an
    // unknown operation hold gets no name.
    private static void Visit(AliasCollector collector, AliasEvent next, bool locations)
    {
        switch (next)
        {
            case { Block: { } block }:
                foreach (BlockArgument argument in block.Arguments)
                {
                    collector.Visit(argument.Type, mayBeLate: false);
                    if (locations)
                    {
                        collector.Visit(IRPrinter.LocationOf(argument), mayBeLate: false);
                    }
                }

                break;
            case { Op: { } op, IsExit: false }:
                if (locations)
                {
                    collector.Visit(op.Location, mayBeLate: true);
                }

                break;
            case { Op: { } op }:
                VisitParts(collector, op);
                break;
        }
    }

    private static void VisitParts(AliasCollector collector, Operation op)
    {
        for (int i = 0; i < op.OperandCount; i++)
        {
            collector.Visit(op.GetOperand(i).Type, mayBeLate: false);
        }

        foreach (OpResult result in op.Results)
        {
            collector.Visit(result.Type, mayBeLate: false);
        }

        IEnumerable<NamedAttr> attributes = op.Attributes.Entries;
        if (op.Properties is DictionaryAttr properties && (op.Info is not null || op.Name.Text == "builtin.module"))
        {
            attributes = attributes.Concat(properties.Entries).OrderBy(a => a.Name, StringComparer.Ordinal);
        }

        foreach (NamedAttr attribute in attributes)
        {
            collector.Visit(attribute.Value, mayBeLate: false);
        }
    }

    // By depth, so that what is referred to comes first; then types before attributes, then by name; numbers in that order.
    private static AliasNames Number(IEnumerable<AliasCandidate> candidates)
    {
        var names = new AliasNames();
        var used = new Dictionary<string, int>(StringComparer.Ordinal);
        IOrderedEnumerable<AliasCandidate> sorted = candidates.Where(c => c.Name is not null)
            .OrderBy(c => c.Depth).ThenBy(c => c.Part is IRType ? 0 : 1).ThenBy(c => c.Name, StringComparer.Ordinal);
        foreach (AliasCandidate candidate in sorted)
        {
            string name = candidate.Name ?? "";
            int number = used.GetValueOrDefault(name);
            used[name] = number + 1;
            string suffix = number == 0 ? "" : number.ToString(CultureInfo.InvariantCulture);
            names._names.Add(candidate.Part, (candidate.Part is IRType ? "!" : "#") + name + suffix);
            names._order.Add((candidate.Part, candidate.MayBeLate));
        }

        return names;
    }
}
