using Orchestrator.Diagnostics;

namespace Orchestrator.IR.Editing;

/// <summary>The editor's questions about IR text.</summary>
/// <param name="newContext">Makes a context with the known dialects.</param>
/// <param name="passes">The known passes.</param>
public sealed class MlirService(Func<Context> newContext, PassRegistry passes) : ILanguageService
{
    /// <summary>A dialect that is not registered: its operations are kept but not checked.</summary>
    public const string UnknownDialect = "ORC2230";

    private readonly Context _context = newContext();

    /// <inheritdoc/>
    public IReadOnlyList<Diagnostic> Diagnose(SourceText source, CancellationToken cancellation)
    {
        bool isSplit = source.Text.Contains("// -----", StringComparison.Ordinal);
        bool expects = source.Text.Contains("expected-error", StringComparison.Ordinal);
        var options = new OptOptions { SplitInputFile = isSplit, VerifyDiagnostics = expects };
        OptResult result = OptRun.Run(source, passes, newContext, options, cancellation);
        return [.. result.Diagnostics.Items, .. UnknownDialects(source, cancellation)];
    }

    /// <inheritdoc/>
    public IEditedText Read(SourceText source, IEditedText? previous, CancellationToken cancellation) =>
        new MlirText(source, new MlirScan(source.Text, cancellation), _context, passes);

    // Once a dialect, at its first operation.
    private IEnumerable<Diagnostic> UnknownDialects(SourceText source, CancellationToken cancellation)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (MlirOp op in new MlirScan(source.Text, cancellation).Ops)
        {
            int dot = op.Name.IndexOf('.', StringComparison.Ordinal);
            string dialect = dot > 0 ? op.Name[..dot] : "";
            if (dialect.Length > 0 && _context.FindDialect(dialect) is null && seen.Add(dialect))
            {
                yield return Diagnostic.Warning(UnknownDialect, $"dialect '{dialect}' is not known here; its operations are kept but not checked",
                    new SourceSpan(source, op.NameStart, op.Name.Length), NearestName.Suggest(dialect, _context.Dialects.Select(d => d.Name)));
            }
        }
    }
}
