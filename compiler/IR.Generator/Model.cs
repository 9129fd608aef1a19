using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace Orchestrator.IR.Generator;

// What the generator keeps of a declaration: text only, so that equal declarations compare equal and nothing is generated again.

internal sealed record Mistake(string Message, string Path, TextSpan Span, LinePositionSpan Lines)
{
    public static readonly DiagnosticDescriptor Rule = new(
        "ORCG001", "Declaration cannot be generated", "{0}", "Orchestrator", DiagnosticSeverity.Error, isEnabledByDefault: true);

    public static Mistake At(ISymbol symbol, string message)
    {
        Location location = symbol.Locations[0];
        return new Mistake(message, location.SourceTree?.FilePath ?? "", location.SourceSpan, location.GetLineSpan().Span);
    }

    public Diagnostic ToDiagnostic() => Diagnostic.Create(Rule, Location.Create(Path, Span, Lines), Message);
}

/// <summary>One generated file and the line that it adds to the registry of the assembly.</summary>
/// <param name="Kind">Dialect, Op, Pass, or the name of another registered kind such as CostModel.</param>
/// <param name="Name">The name in the attribute.</param>
/// <param name="Class">The class with its namespace, from <c>global::</c> on.</param>
/// <param name="Source">The rest of the partial class, or empty.</param>
/// <param name="Entry">The expression for the registry, or empty.</param>
/// <param name="Contract">The interface of other kinds, or empty.</param>
/// <param name="Mistakes">What is wrong with the declaration.</param>
internal sealed record Declared(string Kind, string Name, string Class, string Source, string Entry, string Contract, Sequence<Mistake> Mistakes);

/// <summary>An array that compares by its elements.</summary>
internal readonly struct Sequence<T>(IEnumerable<T> items) : IEquatable<Sequence<T>>
    where T : IEquatable<T>
{
    private readonly T[] _items = items.ToArray();

    public IReadOnlyList<T> Items => _items ?? [];

    public bool Equals(Sequence<T> other) => Items.SequenceEqual(other.Items);

    public override bool Equals(object? obj) => obj is Sequence<T> other && Equals(other);

    public override int GetHashCode() => Items.Count;
}
