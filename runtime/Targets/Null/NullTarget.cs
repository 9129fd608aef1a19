using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Targets.Null;

/// <summary>Does nothing and gives the empty value of the step's type at once: the least that a target must do, and what engine overhead is measured with.</summary>
[Target("null")]
public sealed class NullTarget : ITarget
{
    /// <inheritdoc/>
    public string? WhyUnavailable(Declaration service, TargetEnvironment environment) => null;

    /// <inheritdoc/>
    public ValueTask<StepResult> ExecuteAsync(StepRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return new(new StepResult(Empty(DatumType.Parse(request.Step.Type))));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    // The depth of a type is bounded where it is read.
    private static Datum Empty(DatumType type) => type switch
    {
        { IsOptional: true } => Datum.None,
        { Name: "text" } => new TextDatum(""),
        { Name: "bool" } => new BoolDatum(false),
        { Name: "int" or "tokens" } => new IntDatum(0),
        { Name: "decimal" } => new DecimalDatum(0),
        { Name: "bytes" or "image" or "audio" } => new BytesDatum(default, "application/octet-stream"),
        { Name: "vector" } => new VectorDatum([]),
        { Name: "list" } => new ListDatum([]),
        { Name: "record" } => new RecordDatum([.. type.Fields.Select(f => KeyValuePair.Create(f.Key, Empty(f.Value)))]),
        _ => Datum.None,
    };
}
