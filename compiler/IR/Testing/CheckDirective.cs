using Orchestrator.Diagnostics;

namespace Orchestrator.IR.Testing;

/// <summary>The kinds of check lines.</summary>
internal enum CheckKind
{
    Plain,
    Next,
    Same,
    Not,
    Dag,
    Label,
    Empty,

    /// <summary>The end of the output, where trailing NOT and DAG lines are compared.</summary>
    End,
}

/// <summary>One check line.</summary>
/// <param name="Kind">What it asks.</param>
/// <param name="Name">How it was written, such as <c>CHECK-NEXT</c>, for messages.</param>
/// <param name="Pattern">What it looks for.</param>
/// <param name="Count">How many times in a row.</param>
/// <param name="Span">The pattern in the file.</param>
internal sealed record CheckDirective(CheckKind Kind, string Name, CheckPattern Pattern, int Count, SourceSpan Span)
{
    /// <summary>The NOT and DAG lines between the check line before and this one.</summary>
    public IReadOnlyList<CheckDirective> Before { get; init; } = [];
}
