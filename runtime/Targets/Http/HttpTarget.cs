using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Targets.Http;

/// <summary>
/// Tools behind a URL. <c>GET</c>, <c>HEAD</c> and <c>DELETE</c> carry the arguments in the query, other methods as a JSON object in the body. The secret, if
/// one is declared (<c>secret: env("NAME")</c>), is sent as a bearer token. The answer is JSON or text of at most <see cref="AnswerLimit"/> bytes. Codes
/// other than 2xx are failures; 408, 429, 5xx and broken connections may be tried again, not before the server's <c>Retry-After</c>.
/// </summary>
[Target("http")]
public sealed class HttpTarget : ITarget
{
    /// <summary>Most bytes of an answer.</summary>
    public const int AnswerLimit = 16 << 20;

    // Time limits are the engine's.
    private readonly HttpClient _client = new(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5), ConnectTimeout = TimeSpan.FromSeconds(15), MaxAutomaticRedirections = 5 }) { Timeout = Timeout.InfiniteTimeSpan };

    /// <inheritdoc/>
    public string? WhyUnavailable(Declaration service, TargetEnvironment environment)
    {
        if (!Uri.TryCreate(service.Target, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            return $"'{service.Target}' is not an http or https URL";
        }

        return StepArguments.Option(service, "secret_env") is { } secret && string.IsNullOrEmpty(environment.Variable(secret))
            ? $"the environment variable {secret}, which holds its secret, is not set"
            : null;
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> ExecuteAsync(StepRequest request, CancellationToken cancellationToken)
    {
        using HttpRequestMessage message = Message(request);
        try
        {
            using HttpResponseMessage response = await _client.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, cancellationToken).ConfigureAwait(false);
            await using Stream body = await response.Content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false);
            string answer = await BoundedReader.ReadAsync(body, AnswerLimit, cancellationToken).ConfigureAwait(false)
                ?? throw Faults.At("ORC5303", request.Step, $"{Where(message)} answered with more than {new Bytes(AnswerLimit)}", "ask for less");
            return response.IsSuccessStatusCode
                ? new StepResult(StepArguments.Read(answer, request.Step.Type))
                : throw Refused(request, message, response, answer);
        }
        catch (Exception e) when (e is HttpRequestException or IOException)
        {
            throw Faults.At("ORC5301", request.Step, $"{Where(message)} cannot be reached: {e.Message}", "check the address and the network", transient: true);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync()
    {
        _client.Dispose();
        return default;
    }

    private static HttpRequestMessage Message(StepRequest request)
    {
        Declaration service = request.Service ?? throw new InvalidOperationException("a tool has a declaration");
        var method = new HttpMethod((StepArguments.Option(service, "method") ?? "POST").ToUpperInvariant());
        bool inQuery = method == HttpMethod.Get || method == HttpMethod.Head || method == HttpMethod.Delete;
        var message = new HttpRequestMessage(method, inQuery ? WithQuery(service.Target, request) : service.Target);
        if (!inQuery)
        {
            message.Content = new StringContent(StepArguments.Json(request), Encoding.UTF8, "application/json");
        }

        message.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (StepArguments.Option(service, "secret_env") is { } name && request.Environment.Variable(name) is { Length: > 0 } secret)
        {
            message.Headers.Authorization = new AuthenticationHeaderValue("Bearer", secret.Trim());
        }

        return message;
    }

    private static string WithQuery(string url, StepRequest request)
    {
        var query = new StringBuilder(url);
        char separator = url.Contains('?', StringComparison.Ordinal) ? '&' : '?';
        foreach ((string name, Datum value) in StepArguments.Named(request))
        {
            if (value is not NoneDatum)
            {
                query.Append(separator).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value.ToText()));
                separator = '&';
            }
        }

        return query.ToString();
    }

    private static StepFailedException Refused(StepRequest request, HttpRequestMessage message, HttpResponseMessage response, string answer)
    {
        int code = (int)response.StatusCode;
        string text = string.Create(CultureInfo.InvariantCulture, $"{Where(message)} answered {code} {response.ReasonPhrase}") + (answer.Length > 0 ? ": " + Faults.Tail(answer) : "");
        string remedy = response.StatusCode is HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden ? "declare its secret: { secret: env(\"NAME\") }, and check it" : "check what it is sent";
        StepFailedException failure = Faults.At("ORC5302", request.Step, text, remedy, transient: code is 408 or 429 or >= 500);
        TimeSpan? after = response.Headers.RetryAfter is not { } retry ? null : retry.Delta ?? (retry.Date is { } date ? date - request.Environment.Clock.GetUtcNow() : null);
        return after is { } wait && wait > TimeSpan.Zero ? new StepFailedException(failure.Diagnostic, failure.IsTransient) { RetryAfter = wait } : failure;
    }

    // Without the query: arguments may be private.
    private static string Where(HttpRequestMessage message) => $"{message.Method} {message.RequestUri?.GetLeftPart(UriPartial.Path)}";
}
