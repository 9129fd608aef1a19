using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Checking;
using Orchestrator.Frontend.Syntax;
using Orchestrator.IR.Editing;

namespace Orchestrator.Frontend.Editing;

/// <summary>The editor's questions about Flow files.</summary>
/// <param name="import">Reads a file that the edited one imports, by its path relative to the place from which the source's path is; null when there is none.</param>
public sealed class FlowService(Func<string, SourceText?>? import = null) : ILanguageService
{
    private readonly Func<string, SourceText?> _import = import ?? (static _ => null);

    /// <inheritdoc/>
    public IReadOnlyList<Diagnostic> Diagnose(SourceText source, CancellationToken cancellation)
    {
        var bag = new DiagnosticBag();
        FlowFrontend.Check(source, bag, _import);
        cancellation.ThrowIfCancellationRequested();
        return [.. bag.Items.Where(d => d.Span.Source is null || d.Span.Source.Path == source.Path)];
    }

    /// <inheritdoc/>
    public IEditedText Read(SourceText source, IEditedText? previous, CancellationToken cancellation)
    {
        var scan = new FlowScan(source, cancellation);
        IReadOnlyList<FlowFile>? files = new ImportLoader(_import, new DiagnosticBag()).Load(source);
        FlowFacts? facts = files is null ? (previous as FlowText)?.Facts : FlowFacts.Of(ProgramChecker.Check(files, new DiagnosticBag()), source, scan);
        return new FlowText(source, scan, facts);
    }
}
