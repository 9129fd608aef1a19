using Orchestrator.IR;

namespace Orchestrator.Cli.Opt;

/// <summary>What a command line of <c>orc opt</c> asks for; filled by the flags.</summary>
internal sealed class OptInvocation
{
    /// <summary>The file, or <c>-</c> for standard input.</summary>
    public string? File { get; set; }

    /// <summary>Where the IR goes: a file, or <c>-</c> for standard output.</summary>
    public string Output { get; set; } = "-";

    /// <summary>The text after <c>-p</c>, or null.</summary>
    public string? Pipeline { get; set; }

    /// <summary>Passes that were named by flags of their own, in order, as text of a pipeline.</summary>
    public List<string> Passes { get; } = [];

    public bool Help { get; set; }

    public bool ListPasses { get; set; }

    public bool ListDialects { get; set; }

    public bool Json { get; set; }

    public bool Debug { get; set; }

    public bool BuiltinOnly { get; set; }

    public bool DumpPipeline { get; set; }

    public bool SplitInput { get; set; }

    public string SplitMarker { get; set; } = OptOptions.DefaultSplitMarker;

    public string OutputSplitMarker { get; set; } = OptOptions.DefaultSplitMarker;

    public bool VerifyDiagnostics { get; set; }

    public bool OnlyExpected { get; set; }

    public bool Locations { get; set; }

    /// <summary>Whether MLIR's generic form is printed rather than the pretty one.</summary>
    public bool Generic { get; set; }

    /// <summary>Files that declare dialects.</summary>
    public List<string> Irdl { get; } = [];

    /// <summary>Assemblies that bring dialects and passes.</summary>
    public List<string> Plugins { get; } = [];

    /// <summary>The dialect that is printed as IRDL text, or null.</summary>
    public string? ExportIrdl { get; set; }

    /// <summary>The file for a drawing, or null.</summary>
    public string? View { get; set; }

    public bool VerifyEach { get; set; } = true;

    public bool CheckClaims { get; set; }

    public int Threads { get; set; } = Environment.ProcessorCount;

    public ReportForm? Timing { get; set; }

    public ReportForm? Statistics { get; set; }

    public List<string> PrintBefore { get; } = [];

    public List<string> PrintAfter { get; } = [];

    public bool PrintOnlyChanged { get; set; }

    public bool PrintAfterFailure { get; set; }

    public bool PrintModule { get; set; }

    public bool PrintDiff { get; set; }

    /// <summary>The folder for printed IR, or null for standard error.</summary>
    public string? PrintFolder { get; set; }

    public string? ReproducerPath { get; set; }

    public ReproducerKind ReproducerKind { get; set; }

    public bool SmallestReproducer { get; set; }

    public bool RunReproducer { get; set; }

    public string? DebugCounter { get; set; }

    public bool PrintDebugCounter { get; set; }

    /// <summary>Whether any IR is printed while passes run.</summary>
    public bool Dumps => PrintBefore.Count > 0 || PrintAfter.Count > 0 || PrintOnlyChanged || PrintAfterFailure || PrintDiff;
}
