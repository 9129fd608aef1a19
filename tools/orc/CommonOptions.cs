using System.CommandLine;

namespace Orchestrator.Cli;

/// <summary>Options that several commands share.</summary>
internal static class CommonOptions
{
    public static Option<bool> Json() => new("--json") { Description = "Print the answer, or the diagnostics, as JSON" };

    public static Option<string?> Fleet() => new("--fleet") { Description = "Fleet file; the default is fleet.yaml beside the workflow" };

    public static Option<string?> Workflow() => new("--workflow") { Description = "Which workflow of the file; the default is the last" };

    public static Option<string?> Rate() => new("--rate") { Description = "Offered rate: 20/s, 1200/min, 5000/h" };

    public static Option<string?> Sla() => new("--sla") { Description = "Promises: 'p95 <= 4 s, first token p95 <= 600 ms, budget <= $0.01'" };

    public static Option<string[]> Irdl() => new("--irdl")
    {
        Description = "Read dialects from this IRDL file; may be given several times",
        AllowMultipleArgumentsPerToken = false,
    };

    public static Option<string[]> Plugin() => new("--plugin")
    {
        Description = "Add the dialects and passes of this .dll; may be given several times",
        AllowMultipleArgumentsPerToken = false,
    };
}
