using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>When a file is made that repeats what a run did.</summary>
public enum ReproducerKind
{
    /// <summary>Never.</summary>
    None,

    /// <summary>When a pass threw, failed or left IR that is not valid: the module as it was at first, and the whole pipeline.</summary>
    OnFailure,

    /// <summary>The same, with the shortest part of the pipeline that still fails and the module as it was before that part.</summary>
    Smallest,

    /// <summary>In any case: the module as it was at first, and the whole pipeline.</summary>
    Always,
}

/// <summary>How a file of IR is read, transformed and printed.</summary>
public sealed class OptOptions
{
    /// <summary>The comment at which a file is cut unless another is named.</summary>
    public const string DefaultSplitMarker = "// -----";

    /// <summary>The pipeline's text; empty for none.</summary>
    public string Pipeline { get; init; } = "";

    /// <summary>Whether the pipeline is the one that the file holds as a reproducer, rather than <see cref="Pipeline"/>.</summary>
    public bool RunReproducer { get; init; }

    /// <summary>Whether the file is several, cut at lines that begin with <see cref="SplitMarker"/>.</summary>
    public bool SplitInputFile { get; init; }

    /// <summary>What a line begins with at which a file is cut.</summary>
    public string SplitMarker { get; init; } = DefaultSplitMarker;

    /// <summary>The line that is printed between the parts of a split file.</summary>
    public string OutputSplitMarker { get; init; } = DefaultSplitMarker;

    /// <summary>Whether <c>expected-error</c> comments are checked against what was reported, instead of printing IR.</summary>
    public bool VerifyDiagnostics { get; init; }

    /// <summary>With <see cref="VerifyDiagnostics"/>, whether what no comment expects is let pass.</summary>
    public bool OnlyExpected { get; init; }

    /// <summary>How the result is printed.</summary>
    public PrintOptions Print { get; init; } = PrintOptions.Default;

    /// <summary>Where the IR goes as soon as it is ready, in UTF-8, or null for <see cref="OptResult.Text"/>.</summary>
    public Stream? Output { get; init; }

    /// <summary>How the passes are run; its report adds up over the parts of a file.</summary>
    public PassRunOptions Passes { get; init; } = new();

    /// <summary>When a reproducer is made.</summary>
    public ReproducerKind Reproducer { get; init; }
}

/// <summary>What came of it.</summary>
/// <param name="Text">The IR afterwards, or null when it went to <see cref="OptOptions.Output"/>, there were errors or diagnostics were verified.</param>
/// <param name="Diagnostics">What was reported; with <see cref="OptOptions.VerifyDiagnostics"/> only what was not as expected.</param>
/// <param name="Ok">Whether all is well.</param>
public sealed record OptResult(string? Text, DiagnosticBag Diagnostics, bool Ok)
{
    /// <summary>The pipeline that was run, or null when it could not be read.</summary>
    public PassPipeline? Pipeline { get; init; }

    /// <summary>The exception that a pass threw, or null. It is a mistake in the pass, not in the input.</summary>
    public PassCrashException? Crash { get; init; }

    /// <summary>The text of a file that repeats the first failure when it is run as a reproducer, or null when none was asked for or needed.</summary>
    public string? Reproducer { get; init; }
}
