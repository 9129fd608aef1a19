using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Tests.Examples;

/// <summary>Answers with what it was asked.</summary>
[Target("echo")]
public sealed class EchoTarget : ITarget
{
    public string? WhyUnavailable(Declaration service, TargetEnvironment environment) => null;

    public ValueTask<StepResult> ExecuteAsync(StepRequest request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(new StepResult(request.Operands[0]));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
