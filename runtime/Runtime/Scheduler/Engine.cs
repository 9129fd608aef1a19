using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>
/// Executes task graphs by dataflow: a step starts when its operands are there and the steps it is ordered after are done, and waits for nothing else;
/// a step inside a choice or a map that needs an outer value waits for that value alone. Stateless but for decoded graphs; thread-safe.
/// </summary>
/// <remarks>
/// Failures: a step that fails stops everything up to the nearest <c>try</c>, race branch, gather element, candidate or call option, or the run; what was
/// running is cancelled and awaited before anything else happens. Race: the first branch with a value wins, failed branches drop out, all failed is a failure.
/// Gather: the first k results, given in the order of their elements; fewer than k possible, or at the deadline, is a failure. Best: candidates that fail drop
/// out; of equal scores the first candidate wins. Loop: <c>until</c> is asked at most <c>at_most</c> times. Map: more elements than <c>at_most</c> is a failure.
/// <c>within</c> bounds a call with all its attempts; the declaration's <c>timeout</c> bounds each attempt; <c>retry n</c> tries again up to n times what may
/// work the next time, after 100 ms, 200 ms, … at most 5 s, or later when the other side says so (at most 30 s).
/// </remarks>
public sealed class Engine
{
    private readonly ConditionalWeakTable<TaskGraph, GraphProgram> _programs = [];

    /// <summary>
    /// Runs a workflow once. On a driven <see cref="EventLoop"/> (see <see cref="VirtualClock"/>) everything happens inside it, else on a loop of its own.
    /// </summary>
    /// <param name="graph">The frozen workflow.</param>
    /// <param name="inputs">By name; see <see cref="RunInputs"/>.</param>
    /// <param name="services">Targets and memory.</param>
    /// <param name="environment">Directory, clock and variables.</param>
    /// <param name="options">Limits and listeners; null for the usual ones.</param>
    /// <param name="cancellationToken">Stops the run; everything is awaited before the call ends.</param>
    /// <returns>The value, or the diagnostic of the failure; measured times either way.</returns>
    /// <exception cref="DiagnosticException">Before anything ran: the graph is damaged (ORC5001) or the inputs do not fit (ORC5002).</exception>
    /// <exception cref="OperationCanceledException">The caller cancelled.</exception>
    public async ValueTask<RunResult> RunAsync(
        TaskGraph graph, IReadOnlyDictionary<string, Datum> inputs, RunServices services, TargetEnvironment environment,
        EngineOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new EngineOptions();
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MaxConcurrency, 1, nameof(options));
        ArgumentOutOfRangeException.ThrowIfLessThan(options.MapDegree, 1, nameof(options));
        GraphProgram program = _programs.GetValue(graph, GraphProgram.Build);
        ImmutableDictionary<string, Datum> checkedInputs = RunInputs.Check(graph, inputs);
        EventLoop loop = EventLoop.Running is { IsDriven: true } driven ? driven : new EventLoop();
        var run = new Run(program, checkedInputs, services, environment, options, loop);
        var ended = new TaskCompletionSource<RunResult>(loop.IsDriven ? TaskCreationOptions.None : TaskCreationOptions.RunContinuationsAsynchronously);
        loop.Post(_ => _ = CompleteAsync(run, ended, cancellationToken), null);
        return await ended.Task.ConfigureAwait(loop.IsDriven);
    }

    /// <summary>What of a graph cannot be executed here, with the reason: for telling before a run starts.</summary>
    public static ImmutableArray<(Declaration Service, string Why)> Unavailable(TaskGraph graph, RunServices services, TargetEnvironment environment)
    {
        ImmutableArray<(Declaration, string)>.Builder missing = ImmutableArray.CreateBuilder<(Declaration, string)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (GraphTask task in graph.Tasks)
        {
            Declaration? service = graph.Declarations.FirstOrDefault(d => d.Symbol == task.Service);
            if (service is not null && seen.Add(service.Symbol) && services.Targets.Find(task.Work.Executor, service, environment, out string why) is null)
            {
                missing.Add((service, why));
            }
        }

        return missing.ToImmutable();
    }

    private static async Task CompleteAsync(Run run, TaskCompletionSource<RunResult> ended, CancellationToken cancellationToken)
    {
        try
        {
            ended.SetResult(await run.ExecuteAsync(cancellationToken));
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            ended.TrySetCanceled(cancellationToken);
        }
        catch (Exception bug)
        {
            ended.TrySetException(bug);
        }
    }
}
