namespace Orchestrator.IR;

/// <summary>Which symbols attributes name. What a kind of attribute holds is looked up once, however often it is on operations.</summary>
public sealed class SymbolUses
{
    private static readonly SymbolRefAttr[] None = [];

    private readonly Dictionary<Attr, SymbolRefAttr[]> _known = [];

    /// <summary>The symbols that the attributes of <paramref name="op"/> name, inside arrays and dictionaries too; not what is in its regions.</summary>
    public IEnumerable<SymbolRefAttr> Of(Operation op)
    {
        SymbolRefAttr[] pinned = In(op.Attributes);
        SymbolRefAttr[] own = op.Properties is { } properties ? In(properties) : None;
        return own.Length == 0 ? pinned : pinned.Length == 0 ? own : [.. own, .. pinned];
    }

    /// <summary>Whether <paramref name="op"/> is found by its name: it is declared to be a symbol, or to hold symbols, and has one.</summary>
    public static bool IsSymbol(Operation op) => op.Info is { } info && (info.Traits & (OpTraits.Symbol | OpTraits.SymbolTable)) != 0 && op.SymbolName is not null;

    /// <summary>Who may refer to <paramref name="symbol"/>: <c>public</c> (anybody, also where it is not said), <c>private</c> or <c>nested</c>.</summary>
    public static string VisibilityOf(Operation symbol) => symbol.GetAttr<StringAttr>("sym_visibility")?.Value ?? "public";

    private SymbolRefAttr[] In(Attr attr)
    {
        if (attr is DictionaryAttr { Count: 0 })
        {
            return None;
        }

        if (_known.TryGetValue(attr, out SymbolRefAttr[]? known))
        {
            return known;
        }

        List<SymbolRefAttr>? found = null;
        var pending = new Stack<Attr>();
        pending.Push(attr);
        while (pending.TryPop(out Attr? next))
        {
            switch (next)
            {
                case SymbolRefAttr symbol:
                    (found ??= []).Add(symbol);
                    break;
                case ArrayAttr array:
                    for (int i = array.Elements.Length - 1; i >= 0; i--)
                    {
                        pending.Push(array.Elements[i]);
                    }

                    break;
                case DictionaryAttr dictionary:
                    foreach (NamedAttr entry in dictionary.Entries.Reverse())
                    {
                        pending.Push(entry.Value);
                    }

                    break;
            }
        }

        SymbolRefAttr[] symbols = found is null ? None : [.. found];
        _known.Add(attr, symbols);
        return symbols;
    }
}
