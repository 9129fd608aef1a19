using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Targets.Vector;

/// <summary>Embeds text with the built-in embedding: <c>model embed = "hash-ngrams"</c>; gives a vector of 1024 floats and length 1.</summary>
[Target("encoder")]
public sealed class EmbedTarget : ITarget
{
    /// <inheritdoc/>
    public string? WhyUnavailable(Declaration service, TargetEnvironment environment)
    {
        ArgumentNullException.ThrowIfNull(service);
        return service.Target == HashEmbedder.Name
            ? null
            : $"no weights of the encoder '{service.Target}' are here; the built-in one is \"{HashEmbedder.Name}\", for text";
    }

    /// <inheritdoc/>
    public ValueTask<StepResult> ExecuteAsync(StepRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        if (request.Service is { } service && WhyUnavailable(service, request.Environment) is { } why)
        {
            throw Failed("ORC5408", why, $"declare the model as \"{HashEmbedder.Name}\"");
        }

        if (request.Step.Kind != StepKind.Embed || request.Operands.Length != 1)
        {
            throw Failed("ORC5409", $"the step '{request.Step.Name}' asks the text embedding for something else", "call embed(model, text)");
        }

        cancellationToken.ThrowIfCancellationRequested();
        float[] vector = new float[HashEmbedder.Dimension];
        HashEmbedder.Plain.Embed(request.Operands[0].ToText(), vector);
        return ValueTask.FromResult(new StepResult(new VectorDatum([.. vector])));
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static StepFailedException Failed(string code, string message, string remedy) => new(Diagnostic.Error(code, message, SourceSpan.None, remedy));
}
