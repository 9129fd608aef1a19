namespace Orchestrator.IR.Testing;

/// <summary>How output is compared with check lines; the names are FileCheck's.</summary>
public sealed record CheckOptions
{
    /// <summary>Prefixes of check lines.</summary>
    public IReadOnlyList<string> Prefixes { get; init; } = ["CHECK"];

    /// <summary>Prefixes of lines that are comments even where they name a check.</summary>
    public IReadOnlyList<string> CommentPrefixes { get; init; } = ["COM", "RUN"];

    /// <summary>Whether blanks count one by one; otherwise a run of blanks and tabs is one blank.</summary>
    public bool StrictWhitespace { get; init; }

    /// <summary>Whether a check must match a line from end to end.</summary>
    public bool MatchFullLines { get; init; }

    /// <summary>Whether upper and lower case are the same.</summary>
    public bool IgnoreCase { get; init; }

    /// <summary>Whether empty output may be checked.</summary>
    public bool AllowEmpty { get; init; }

    /// <summary>Whether variables whose names do not begin with <c>$</c> are forgotten at a label.</summary>
    public bool EnableVarScope { get; init; }

    /// <summary>Patterns that may stand nowhere between the checks.</summary>
    public IReadOnlyList<string> ImplicitCheckNot { get; init; } = [];

    /// <summary>Variables that are set before the first line: <c>X=text</c>, or <c>#N=7</c>.</summary>
    public IReadOnlyList<string> Defines { get; init; } = [];
}
