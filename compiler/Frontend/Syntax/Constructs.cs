using Orchestrator.Diagnostics;

namespace Orchestrator.Frontend.Syntax;

/// <summary>Steps and the value that they lead to.</summary>
public sealed record Block(Sequence<PromiseItem> Promises, Sequence<Statement> Statements, Expression? Value, SourceSpan Span) : Node(Span);

/// <summary>A step of a block.</summary>
public abstract record Statement(SourceSpan Span) : Node(Span);

/// <summary><c>name = value</c>.</summary>
public sealed record AssignStatement(Name Name, Expression Value, SourceSpan Span) : Statement(Span);

/// <summary>A step that is there for its effect.</summary>
public sealed record ExpressionStatement(Expression Value) : Statement(Value.Span);

/// <summary><c>until c</c>, in a <c>repeat</c> only.</summary>
public sealed record UntilStatement(Expression Condition, SourceSpan Span) : Statement(Span);

/// <summary><c>if c { … } expect p else { … }</c>.</summary>
public sealed record IfExpression(Expression Condition, Block Then, NumberExpression? Likelihood, Block? Else, SourceSpan Span) : Expression(Span);

/// <summary><c>match e { pattern => value, else => value }</c>.</summary>
public sealed record MatchExpression(Expression Subject, Sequence<MatchArm> Arms, SourceSpan Span) : Expression(Span);

/// <summary>One case; <paramref name="Pattern"/> is null for <c>else</c>.</summary>
public sealed record MatchArm(Expression? Pattern, Expression Value, NumberExpression? Likelihood, SourceSpan Span) : Node(Span);

/// <summary><c>for x in xs in order at most n { … }</c>.</summary>
public sealed record ForExpression(Name Item, Expression List, bool InOrder, NumberExpression? AtMost, Block Body, SourceSpan Span) : Expression(Span);

/// <summary><c>repeat e as t at most n times { … }</c>.</summary>
public sealed record RepeatExpression(Expression Start, Name Item, NumberExpression AtMost, Block Body, SourceSpan Span) : Expression(Span);

/// <summary><c>first of { a, b }</c>.</summary>
public sealed record RaceExpression(Sequence<Expression> Branches, SourceSpan Span) : Expression(Span);

/// <summary><c>any k of n within t { for … }</c>.</summary>
public sealed record GatherExpression(NumberExpression Wanted, NumberExpression Asked, NumberExpression? Deadline, Block Body, SourceSpan Span) : Expression(Span);

/// <summary><c>best of n by name { … }</c> or <c>best of n by name => score { … }</c>.</summary>
public sealed record BestExpression(NumberExpression Tries, Name By, Expression? Score, Block Body, SourceSpan Span) : Expression(Span);

/// <summary><c>human prompt as: T within t else value</c>.</summary>
public sealed record HumanExpression(Expression Prompt, TypeSyntax? As, NumberExpression? Timeout, Expression? Else, SourceSpan Span) : Expression(Span);

/// <summary><c>try { … } else { … }</c>.</summary>
public sealed record TryExpression(Block Body, Block Else, SourceSpan Span) : Expression(Span);
