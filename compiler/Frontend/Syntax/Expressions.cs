using Orchestrator.Diagnostics;

namespace Orchestrator.Frontend.Syntax;

/// <summary>Something with a value.</summary>
public abstract record Expression(SourceSpan Span) : Node(Span);

/// <summary>Text; a part without an expression is literal.</summary>
public sealed record TextExpression(Sequence<TextPart> Parts, SourceSpan Span) : Expression(Span)
{
    /// <summary>The whole text, or null when something is inserted into it.</summary>
    public string? Literal => Parts.Count == 0 ? "" : Parts.Count == 1 && Parts[0].Value is null ? Parts[0].Text : null;
}

/// <summary>A literal stretch, or an inserted value.</summary>
public sealed record TextPart(string Text, Expression? Value, SourceSpan Span) : Node(Span);

/// <summary>A number; <paramref name="Unit"/> is the empty string, or a unit as it was written.</summary>
public sealed record NumberExpression(decimal Value, string Unit, bool IsWhole, SourceSpan Span) : Expression(Span);

/// <summary><c>true</c> or <c>false</c>.</summary>
public sealed record TruthExpression(bool Value, SourceSpan Span) : Expression(Span);

/// <summary>A name.</summary>
public sealed record NameExpression(Name Name) : Expression(Name.Span);

/// <summary><c>a.b</c>.</summary>
public sealed record FieldExpression(Expression Target, Name Field, SourceSpan Span) : Expression(Span);

/// <summary><c>a[i]</c>.</summary>
public sealed record IndexExpression(Expression Target, Expression Position, SourceSpan Span) : Expression(Span);

/// <summary><c>f(a, option: b)</c>.</summary>
public sealed record CallExpression(Name Callee, Sequence<Argument> Arguments, SourceSpan Span) : Expression(Span);

/// <summary>An argument: with a name or without, a value or (after <c>as:</c>) a type.</summary>
public sealed record Argument(Name? Name, Expression? Value, TypeSyntax? Type, SourceSpan Span) : Node(Span);

/// <summary><c>a + b</c> and its kin; <paramref name="Operator"/> is as it is written.</summary>
public sealed record BinaryExpression(string Operator, Expression Left, Expression Right, SourceSpan Span) : Expression(Span);

/// <summary><c>-a</c>, <c>not a</c>.</summary>
public sealed record UnaryExpression(string Operator, Expression Operand, SourceSpan Span) : Expression(Span);

/// <summary><c>[a, b]</c>.</summary>
public sealed record ListExpression(Sequence<Expression> Items, SourceSpan Span) : Expression(Span);

/// <summary><c>{ a: x, b: y }</c>.</summary>
public sealed record RecordExpression(Sequence<RecordEntry> Entries, SourceSpan Span) : Expression(Span);

/// <summary>One field of a record value.</summary>
public sealed record RecordEntry(Name Name, Expression Value, SourceSpan Span) : Node(Span);

/// <summary>A block used as a value.</summary>
public sealed record BlockExpression(Block Body) : Expression(Body.Span);

/// <summary>A call or construct with words after it, such as <c>within 3 s</c>.</summary>
public sealed record ModifiedExpression(Expression Target, Sequence<Modifier> Modifiers, SourceSpan Span) : Expression(Span);

/// <summary>Words after a call: <c>within</c>, <c>retry</c>, <c>on</c>, <c>near</c>, <c>never</c>, <c>expect</c>.</summary>
/// <param name="Kind">The word, or <c>expect in</c>, <c>expect out</c>, <c>expect in out</c> for tokens.</param>
/// <param name="First">The quantity, or null.</param>
/// <param name="Second">The second quantity of <c>expect in out</c>.</param>
/// <param name="Word">The name of <c>on</c>, <c>near</c> or <c>never</c>.</param>
/// <param name="Text">The place of <c>never leaves</c>.</param>
/// <param name="Span">Where.</param>
public sealed record Modifier(string Kind, NumberExpression? First, NumberExpression? Second, Name? Word, TextExpression? Text, SourceSpan Span) : Node(Span);
