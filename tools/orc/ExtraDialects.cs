using System.CommandLine;
using Orchestrator.Dialects.Irdl;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Cli;

/// <summary>The dialects of a run: those of this program, and those that the command line adds as text.</summary>
internal static class ExtraDialects
{
    public static Option<string[]> Irdl() => new("--irdl")
    {
        Description = "Read dialects from this IRDL file; may be given several times",
        AllowMultipleArgumentsPerToken = false,
    };

    /// <summary>What makes contexts with the dialects of <paramref name="files"/> beside those of <paramref name="builtIn"/>.</summary>
    /// <exception cref="DiagnosticException">A file has mistakes.</exception>
    public static Func<Context> Contexts(IReadOnlyList<string> files, Func<IEnumerable<Dialect>> builtIn)
    {
        if (files.Count == 0)
        {
            return () => new Context(builtIn());
        }

        var bag = new DiagnosticBag();
        if (DeclaredDialects.Read([.. files.Select(WorkflowFile.ReadText)], [.. builtIn()], bag) is not { } declared)
        {
            throw new DiagnosticException(bag.Items);
        }

        return () => new Context([.. builtIn(), .. declared.Create()]);
    }
}
