using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>Marks a target so that it is found; <paramref name="executor"/> is what tasks ask for (<see cref="Workload.Executor"/>).</summary>
[AttributeUsage(AttributeTargets.Class, AllowMultiple = true)]
public sealed class TargetAttribute(string executor) : Attribute
{
    /// <summary><c>llm</c>, <c>onnx</c>, <c>kernel</c>, <c>process</c>, <c>http</c>, <c>human</c> …</summary>
    public string Executor { get; } = executor;
}

/// <summary>Executes leaf steps of one kind. One instance serves many runs at the same time; it is thread-safe.</summary>
public interface ITarget : IAsyncDisposable
{
    /// <summary>Whether a declaration can be served in this environment; when not, why, for people (a missing model file, no endpoint configured).</summary>
    string? WhyUnavailable(Declaration service, TargetEnvironment environment);

    /// <summary>
    /// Executes one step. Throws <see cref="StepFailedException"/> for everything that is the world's or the user's fault (the engine retries or falls back);
    /// any other exception is a bug. Honours cancellation promptly and then throws <see cref="OperationCanceledException"/>.
    /// </summary>
    ValueTask<StepResult> ExecuteAsync(StepRequest request, CancellationToken cancellationToken);
}

/// <summary>What targets may know of the world around a run.</summary>
/// <param name="BaseDirectory">The directory that relative paths of the workflow are relative to.</param>
/// <param name="Clock">The only clock.</param>
/// <param name="Variable">Reads an environment variable; null when unset. Secrets come only from here.</param>
public sealed record TargetEnvironment(string BaseDirectory, TimeProvider Clock, Func<string, string?> Variable)
{
    /// <summary>Directory of the plan's generated code, or null when there is none.</summary>
    public string? KernelDirectory { get; init; }

    /// <summary>Directory where fetched model files are kept.</summary>
    public string? ModelDirectory { get; init; }
}

/// <summary>One execution of a leaf step.</summary>
/// <param name="Step">The step with its attributes.</param>
/// <param name="Service">What serves it; null only for steps that name none (a person).</param>
/// <param name="Operands">By position in <see cref="Step.Operands"/>.</param>
/// <param name="Environment">The world around the run.</param>
public sealed record StepRequest(Step Step, Declaration? Service, ImmutableArray<Datum> Operands, TargetEnvironment Environment)
{
    /// <summary>Receives pieces of the value as they come, for steps whose value streams; null when nobody listens.</summary>
    public Action<string>? OnPiece { get; init; }
}

/// <summary>How long a phase of a step took, by the phase name of its tasks.</summary>
public sealed record PhaseTime(string Phase, TimeSpan Time);

/// <summary>The value of a step and what it took.</summary>
/// <param name="Value">The value.</param>
public sealed record StepResult(Datum Value)
{
    /// <summary>Times of the phases that the target can tell apart; phases not named share what is left of the step's time.</summary>
    public ImmutableArray<PhaseTime> Phases { get; init; } = [];

    /// <summary>Tokens read and written, where counted.</summary>
    public (long In, long Out)? Tokens { get; init; }

    /// <summary>Something a person should know.</summary>
    public string? Note { get; init; }
}

/// <summary>A step did not work for a reason outside this program.</summary>
public sealed class StepFailedException : Exception
{
    /// <summary>With the diagnostic to show (ORC5xxx).</summary>
    public StepFailedException(Diagnostic diagnostic, bool transient = false)
        : base(diagnostic.Message) => (Diagnostic, IsTransient) = (diagnostic, transient);

    /// <summary>What to show.</summary>
    public Diagnostic Diagnostic { get; }

    /// <summary>Whether trying again may help.</summary>
    public bool IsTransient { get; }

    /// <summary>The least time to wait before trying again, when the other side said so.</summary>
    public TimeSpan? RetryAfter { get; init; }
}
