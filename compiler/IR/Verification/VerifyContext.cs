using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>What an operation's verifier may ask, and where it reports.</summary>
public sealed class VerifyContext
{
    internal VerifyContext(DiagnosticBag diagnostics) => Diagnostics = diagnostics;

    /// <summary>Where mistakes go.</summary>
    public DiagnosticBag Diagnostics { get; }

    /// <summary>Symbol look-ups, cached for the whole verification.</summary>
    public SymbolTables Symbols { get; } = new();

    /// <summary>Reports a mistake at <paramref name="op"/>; gives false, so that a check can return it.</summary>
    public bool Error(Operation op, string code, string message, string remedy)
    {
        Diagnostics.Error(code, $"'{op.Name}' {message}", op.Span, remedy);
        return false;
    }

    /// <summary>
    /// The operation that <paramref name="symbol"/> names at <paramref name="op"/> if it is a <typeparamref name="T"/>; otherwise reports why not,
    /// with the nearest name, and gives null. <paramref name="kind"/> names what is wanted, such as <c>model</c>.
    /// </summary>
    public T? Resolve<T>(Operation op, SymbolRefAttr symbol, string kind) where T : Operation
    {
        Operation? found = Symbols.Lookup(op, symbol);
        if (found is T wanted)
        {
            return wanted;
        }

        if (found is not null)
        {
            Diagnostics.Add(Diagnostic.Error(IRCodes.WrongSymbolKind, $"'{op.Name}' needs a {kind}, but {symbol} is a '{found.Name}'", op.Span,
                $"name a {kind} that the module declares").WithNote($"{symbol} is declared here", found.Span));
            return null;
        }

        IEnumerable<string> candidates = SymbolTable.NearestTable(op) is { } table
            ? Symbols.Of(table).Names.Where(n => Symbols.Of(table).Find(n) is T)
            : [];
        string remedy = NearestName.Suggest(symbol.Leaf, candidates) ?? $"declare the {kind} in the module, or correct the name";
        Error(op, IRCodes.UnknownSymbol, $"refers to {symbol}, which is not declared", remedy);
        return null;
    }
}
