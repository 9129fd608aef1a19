using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Checking;
using Orchestrator.Frontend.Lowering;
using Orchestrator.Frontend.Syntax;
using Orchestrator.IR;

namespace Orchestrator.Frontend;

/// <summary>The way in: from a Flow file to the <c>agent</c> dialect.</summary>
public static class FlowFrontend
{
    /// <summary>Reads and checks <paramref name="source"/> and all that it imports, without building anything.</summary>
    /// <param name="source">The file.</param>
    /// <param name="diagnostics">Gets all mistakes of all files, by place.</param>
    /// <param name="import">Reads an imported file, by its path relative to the place from which <paramref name="source"/>'s path is; null when there is none.</param>
    /// <returns>Whether there is no error.</returns>
    public static bool Check(SourceText source, DiagnosticBag diagnostics, Func<string, SourceText?>? import = null) =>
        CheckProgram(source, diagnostics, import) is not null;

    /// <summary>Reads, checks and lowers <paramref name="source"/> and all that it imports.</summary>
    /// <param name="source">The file.</param>
    /// <param name="context">A context with the <c>agent</c> and <c>builtin</c> dialects.</param>
    /// <param name="diagnostics">Gets all mistakes and warnings of all files, by place.</param>
    /// <param name="import">Reads an imported file; see <see cref="Check"/>.</param>
    /// <returns>A <c>builtin.module</c> with a symbol for each declaration, or null when there is an error.</returns>
    public static Operation? Parse(SourceText source, Context context, DiagnosticBag diagnostics, Func<string, SourceText?>? import = null) =>
        CheckProgram(source, diagnostics, import) is { } program ? ModuleLowering.Lower(program, context, source) : null;

    internal static FlowProgram? CheckProgram(SourceText source, DiagnosticBag diagnostics, Func<string, SourceText?>? import)
    {
        var found = new DiagnosticBag();
        IReadOnlyList<FlowFile>? files = new ImportLoader(import ?? (static _ => null), found).Load(source);
        FlowProgram? program = files is null ? null : ProgramChecker.Check(files, found);
        diagnostics.AddRange(found.Items.OrderBy(d => d.Span.Source?.Path, StringComparer.Ordinal).ThenBy(d => d.Span.Start));
        return found.HasErrors ? null : program;
    }
}
