using Orchestrator.Diagnostics;

namespace Orchestrator.Frontend.Syntax;

/// <summary>Something at the outermost level of a file.</summary>
public abstract record Declaration(SourceSpan Span) : Node(Span);

/// <summary><c>import "file.flow"</c>.</summary>
public sealed record ImportDeclaration(TextExpression Path, SourceSpan Span) : Declaration(Span);

/// <summary>A declaration that gives a name.</summary>
public abstract record NamedDeclaration(Name Name, SourceSpan Span) : Declaration(Span);

/// <summary><c>model writer = "…" | "…" { … }</c>: any of the references serves, the first is meant when only one can be.</summary>
public sealed record ModelDeclaration(Name Name, Sequence<TextExpression> References, Sequence<Option> Options, SourceSpan Span) : NamedDeclaration(Name, Span);

/// <summary><c>tool ticket = http POST "…" (…) -> T { … }</c>.</summary>
public sealed record ToolDeclaration(
    Name Name, Name Kind, Name? Method, TextExpression Target, Sequence<Parameter> Parameters, TypeSyntax Result, Sequence<Option> Options, SourceSpan Span)
    : NamedDeclaration(Name, Span);

/// <summary><c>index kb = folder "docs/" { … }</c>.</summary>
public sealed record IndexDeclaration(Name Name, Name Kind, TextExpression Target, Sequence<Option> Options, SourceSpan Span) : NamedDeclaration(Name, Span);

/// <summary><c>memory notes: T { … }</c>.</summary>
public sealed record MemoryDeclaration(Name Name, TypeSyntax? Type, Sequence<Option> Options, SourceSpan Span) : NamedDeclaration(Name, Span);

/// <summary><c>type Verdict = { … }</c>.</summary>
public sealed record TypeDeclaration(Name Name, TypeSyntax Type, SourceSpan Span) : NamedDeclaration(Name, Span);

/// <summary><c>workflow support(…) -> T { … }</c>.</summary>
public sealed record WorkflowDeclaration(Name Name, Sequence<Parameter> Parameters, TypeSyntax Result, Block Body, SourceSpan Span) : NamedDeclaration(Name, Span);

/// <summary>A parameter of a workflow or a tool.</summary>
public sealed record Parameter(Name Name, TypeSyntax Type, Expression? Default, SourceSpan Span) : Node(Span);

/// <summary>One entry of the braces after a declaration; a flag has no value.</summary>
public sealed record Option(Name Name, OptionValue? Value, SourceSpan Span) : Node(Span);

/// <summary>The value of an option.</summary>
public abstract record OptionValue(SourceSpan Span) : Node(Span);

/// <summary>Any expression that is known before the run.</summary>
public sealed record PlainOption(Expression Value) : OptionValue(Value.Span);

/// <summary><c>fp8 | bf16</c>.</summary>
public sealed record ChoiceOption(Sequence<Name> Choices, SourceSpan Span) : OptionValue(Span);

/// <summary><c>86 % | 73 %</c>.</summary>
public sealed record AmountsOption(Sequence<NumberExpression> Amounts, SourceSpan Span) : OptionValue(Span);

/// <summary><c>180 ms p50, 900 ms p95</c>.</summary>
public sealed record LatencyOption(Sequence<Latency> Points, SourceSpan Span) : OptionValue(Span);

/// <summary>One point of a latency distribution.</summary>
public sealed record Latency(NumberExpression Time, Name Percentile, SourceSpan Span) : Node(Span);

/// <summary>One promise, such as <c>first token p95 &lt;= 600 ms</c>: its words, the comparison or null, the value.</summary>
public sealed record PromiseItem(Sequence<Name> Words, string? Comparison, Expression Value, SourceSpan Span) : Node(Span);
