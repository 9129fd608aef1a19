using System.ClientModel;
using System.ClientModel.Primitives;
using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Targets.OpenAI;

/// <summary>
/// Models behind any OpenAI-compatible endpoint. Text streams as it comes; the time to the first token is the phase <c>prefill</c>, the rest <c>decode</c>.
/// Structured output (attribute <c>schema</c>) is asked for as a JSON schema, read, and asked for once more with the mistake when it does not fit.
/// An embedding of text goes to the endpoint's embedding model of the declared name.
/// </summary>
[Target("llm")]
[Target("encoder")]
public sealed class OpenAITarget : ITarget
{
    private readonly ConcurrentDictionary<EndpointSettings, (IChatClient Chat, IEmbeddingGenerator<string, Embedding<float>> Embed)> _clients = new();

    // Shared by all endpoints; time limits and retries are the engine's.
    private readonly HttpClient _http = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(15) }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <inheritdoc/>
    public string? WhyUnavailable(Declaration service, TargetEnvironment environment) =>
        EndpointSettings.Find(service, environment, out string why) is null ? why : null;

    /// <inheritdoc/>
    public async ValueTask<StepResult> ExecuteAsync(StepRequest request, CancellationToken cancellationToken)
    {
        Declaration service = request.Service ?? throw new InvalidOperationException("a call has a model");
        EndpointSettings settings = EndpointSettings.Find(service, request.Environment, out string why)
            ?? throw Faults.At("ORC5401", request.Step, why, $"set {EndpointSettings.EndpointVariable}");
        (IChatClient chat, IEmbeddingGenerator<string, Embedding<float>> embed) = _clients.GetOrAdd(settings, Connect);
        try
        {
            return request.Step.Kind switch
            {
                StepKind.Call => await ChatConversation.AskAsync(chat, request, cancellationToken).ConfigureAwait(false),
                StepKind.Embed => await EmbedAsync(embed, request, cancellationToken).ConfigureAwait(false),
                _ => throw Faults.At("ORC5404", request.Step, "speech is not served by this endpoint", "declare a tool for it: tool speak = process \"…\" (text: text) -> audio"),
            };
        }
        catch (ClientResultException e)
        {
            throw Refused(request, settings, e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Faults.At("ORC5402", request.Step, $"{settings.Endpoint} cannot be reached: {e.Message}", $"check {EndpointSettings.EndpointVariable} and that the server runs", transient: true);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw Faults.At("ORC5405", request.Step, $"{settings.Endpoint} answered something that is not an OpenAI answer: {e.Message}", "check that the base URL ends where /chat/completions would follow", transient: true);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        foreach ((IChatClient chat, IEmbeddingGenerator<string, Embedding<float>> embed) in _clients.Values)
        {
            chat.Dispose();
            embed.Dispose();
        }

        _http.Dispose();
        return default;
    }

    private (IChatClient, IEmbeddingGenerator<string, Embedding<float>>) Connect(EndpointSettings settings)
    {
        var client = new global::OpenAI.OpenAIClient(new ApiKeyCredential(settings.Key), new global::OpenAI.OpenAIClientOptions
        {
            Endpoint = settings.Endpoint,
            Transport = new HttpClientPipelineTransport(_http),
            RetryPolicy = new ClientRetryPolicy(0),
            NetworkTimeout = Timeout.InfiniteTimeSpan,
        });
        return (client.GetChatClient(settings.Model).AsIChatClient(), client.GetEmbeddingClient(settings.Model).AsIEmbeddingGenerator());
    }

    private static async Task<StepResult> EmbedAsync(IEmbeddingGenerator<string, Embedding<float>> embed, StepRequest request, CancellationToken cancellationToken)
    {
        GeneratedEmbeddings<Embedding<float>> given = await embed.GenerateAsync([request.Operands[0].ToText()], null, cancellationToken).ConfigureAwait(false);
        return given.Count == 1
            ? new StepResult(new VectorDatum([.. given[0].Vector.Span]))
            : throw Faults.At("ORC5405", request.Step, "the endpoint gave no embedding", "check that the declared model is an embedding model");
    }

    private static StepFailedException Refused(StepRequest request, EndpointSettings settings, ClientResultException e)
    {
        bool unreachable = e.Status == 0;
        string message = unreachable
            ? $"{settings.Endpoint} cannot be reached: {e.Message}"
            : FormattableString.Invariant($"{settings.Endpoint} answered {e.Status}: {Faults.Tail(e.Message)}");
        string remedy = e.Status switch
        {
            401 or 403 => $"check {EndpointSettings.KeyVariable}",
            404 => $"check {EndpointSettings.EndpointVariable}, and {EndpointSettings.ModelVariable} or the model's name (asked for '{settings.Model}')",
            429 => "wait, or raise the account's limit; 'retry 2' after the call tries again",
            _ => "check the server's log",
        };
        StepFailedException failure = Faults.At(unreachable ? "ORC5402" : "ORC5403", request.Step, message, remedy, unreachable || e.Status is 408 or 429 or >= 500);
        return e.GetRawResponse()?.Headers.TryGetValue("Retry-After", out string? after) == true
            && double.TryParse(after, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out double seconds) && seconds is > 0 and < 1e6
            ? new StepFailedException(failure.Diagnostic, failure.IsTransient) { RetryAfter = TimeSpan.FromSeconds(seconds) }
            : failure;
    }
}
