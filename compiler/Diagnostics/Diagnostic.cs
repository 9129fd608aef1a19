using System.Collections.Immutable;

namespace Orchestrator.Diagnostics;

/// <summary>How bad a <see cref="Diagnostic"/> is.</summary>
public enum Severity
{
    /// <summary>The input cannot be used.</summary>
    Error,

    /// <summary>The input can be used but is probably not what was meant.</summary>
    Warning,

    /// <summary>A fact that helps to understand another diagnostic.</summary>
    Note,

    /// <summary>Something worth knowing about what was done, such as why an optimization was not possible.</summary>
    Remark,
}

/// <summary>A second place that explains a diagnostic, such as the earlier definition.</summary>
public sealed record DiagnosticNote(string Message, SourceSpan Span);

/// <summary>
/// A mistake of the user's: what, where, why and what to do. Bugs of ours are exceptions, never diagnostics.
/// </summary>
/// <param name="Code">Stable code, <c>ORC</c> and four digits. ORC1xxx Flow, ORC2xxx IR and passes, ORC3xxx fleets and devices,
/// ORC4xxx plans and placement, ORC5xxx running, ORC6xxx the command line.</param>
/// <param name="Severity">How bad it is.</param>
/// <param name="Message">What is wrong and why, one sentence without a full stop.</param>
/// <param name="Span">Where.</param>
/// <param name="Remedy">What to write instead; every error has one.</param>
public sealed record Diagnostic(string Code, Severity Severity, string Message, SourceSpan Span, string? Remedy)
{
    /// <summary>Other places that explain this one.</summary>
    public ImmutableArray<DiagnosticNote> Notes { get; init; } = [];

    /// <summary>An error.</summary>
    public static Diagnostic Error(string code, string message, SourceSpan span, string remedy) =>
        new(code, Severity.Error, message, span, remedy);

    /// <summary>A warning.</summary>
    public static Diagnostic Warning(string code, string message, SourceSpan span, string? remedy = null) =>
        new(code, Severity.Warning, message, span, remedy);

    /// <summary>A remark.</summary>
    public static Diagnostic Remark(string code, string message, SourceSpan span, string? remedy = null) =>
        new(code, Severity.Remark, message, span, remedy);

    /// <summary>The same with one more note.</summary>
    public Diagnostic WithNote(string message, SourceSpan span) =>
        this with { Notes = Notes.Add(new DiagnosticNote(message, span)) };
}

/// <summary>Collects diagnostics up to a limit, so that one broken file cannot fill the screen or the memory.</summary>
public sealed class DiagnosticBag
{
    /// <summary>Errors kept at most; later ones are counted only.</summary>
    public const int Limit = 200;

    private readonly List<Diagnostic> _items = [];

    /// <summary>What was reported, in order of report.</summary>
    public IReadOnlyList<Diagnostic> Items => _items;

    /// <summary>How many were dropped because <see cref="Limit"/> was reached.</summary>
    public int Dropped { get; private set; }

    /// <summary>Whether any error was reported.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Adds one.</summary>
    public void Add(Diagnostic diagnostic)
    {
        HasErrors |= diagnostic.Severity == Severity.Error;
        if (_items.Count < Limit)
        {
            _items.Add(diagnostic);
        }
        else
        {
            Dropped++;
        }
    }

    /// <summary>Adds an error; see <see cref="Diagnostic"/> for the parts.</summary>
    public void Error(string code, string message, SourceSpan span, string remedy) =>
        Add(Diagnostic.Error(code, message, span, remedy));

    /// <summary>Adds a warning.</summary>
    public void Warning(string code, string message, SourceSpan span, string? remedy = null) =>
        Add(Diagnostic.Warning(code, message, span, remedy));

    /// <summary>Adds all of another bag.</summary>
    public void AddRange(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
        {
            Add(diagnostic);
        }
    }
}

/// <summary>Stops a stage with the user's mistakes. Thrown only where a stage cannot go on; caught at the command line.</summary>
public sealed class DiagnosticException : Exception
{
    /// <summary>One mistake.</summary>
    public DiagnosticException(Diagnostic diagnostic) : this([diagnostic])
    {
    }

    /// <summary>Several.</summary>
    public DiagnosticException(IReadOnlyList<Diagnostic> diagnostics)
        : base(diagnostics.Count > 0 ? diagnostics[0].Message : "no diagnostic") => Diagnostics = diagnostics;

    /// <summary>The mistakes, at least one.</summary>
    public IReadOnlyList<Diagnostic> Diagnostics { get; }
}
