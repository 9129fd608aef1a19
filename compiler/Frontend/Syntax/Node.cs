using Orchestrator.Diagnostics;

namespace Orchestrator.Frontend.Syntax;

/// <summary>A piece of a Flow file. Two nodes are equal when they say the same, wherever they stand.</summary>
/// <param name="Span">Where it stands.</param>
public abstract record Node(SourceSpan Span)
{
    /// <summary>Equality without the place.</summary>
    public virtual bool Equals(Node? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>A name where it is written.</summary>
public sealed record Name(string Text, SourceSpan Span) : Node(Span);

/// <summary>One file.</summary>
public sealed record FlowFile(Sequence<Declaration> Declarations, SourceSpan Span) : Node(Span);

/// <summary>A type as it is written.</summary>
public abstract record TypeSyntax(SourceSpan Span) : Node(Span);

/// <summary><c>text</c>, <c>Verdict</c>, <c>list&lt;T&gt;</c>.</summary>
public sealed record NamedTypeSyntax(Name Name, TypeSyntax? Argument, SourceSpan Span) : TypeSyntax(Span);

/// <summary><c>{ a: T, b: T? }</c>.</summary>
public sealed record RecordTypeSyntax(Sequence<FieldSyntax> Fields, SourceSpan Span) : TypeSyntax(Span);

/// <summary><c>T?</c>.</summary>
public sealed record OptionalTypeSyntax(TypeSyntax Inner, SourceSpan Span) : TypeSyntax(Span);

/// <summary><c>yes | no</c>, in a type declaration only.</summary>
public sealed record CasesTypeSyntax(Sequence<Name> Cases, SourceSpan Span) : TypeSyntax(Span);

/// <summary>A field of a record type.</summary>
public sealed record FieldSyntax(Name Name, TypeSyntax Type, SourceSpan Span) : Node(Span);
