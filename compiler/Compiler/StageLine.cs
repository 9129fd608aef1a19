using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Compiler;

/// <summary>Runs stages one after the other until one makes mistakes or is the last that was asked for; the ones after it do nothing.</summary>
internal sealed class StageLine(CompileRequest request, CancellationToken cancellation)
{
    private bool _ended;
    private string? _text;
    private PlacementFailure? _failure;

    /// <summary>What the stages report.</summary>
    public DiagnosticBag Mistakes { get; } = new();

    /// <summary>Runs a stage whose result is <paramref name="run"/>'s value.</summary>
    public T? Stage<T>(string name, Func<T?> run, Func<T, string> text) where T : class
    {
        if (_ended)
        {
            return null;
        }

        cancellation.ThrowIfCancellationRequested();
        T? result = run();
        _ended = result is null || Mistakes.HasErrors || request.StopAfter == name;
        if (result is not null && !Mistakes.HasErrors && request.StopAfter == name)
        {
            _text = text(result);
        }

        return _ended ? null : result;
    }

    /// <summary>The placement, or null with its failure kept for <see cref="Finish"/>.</summary>
    public Placement? Accept(PlacementAnswer answer)
    {
        _failure = answer.Failure;
        return answer.Placement;
    }

    /// <summary>What the compile gave.</summary>
    public CompileResult Finish(DeploymentPlan? plan, ImmutableSortedDictionary<string, string> kernels) => new()
    {
        Diagnostics = Mistakes.Items,
        Text = _text,
        Plan = plan,
        Failure = _failure,
        Kernels = kernels,
    };
}
