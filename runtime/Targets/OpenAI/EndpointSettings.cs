using Orchestrator.Plan;
using Orchestrator.Runtime;

namespace Orchestrator.Targets.OpenAI;

/// <summary>Where a model declaration is served: its own options first, then the environment.</summary>
/// <param name="Endpoint">Base URL, up to and with <c>/v1</c>.</param>
/// <param name="Key">API key; servers on this machine mostly want none.</param>
/// <param name="Model">The name that the endpoint knows the model by.</param>
internal sealed record EndpointSettings(Uri Endpoint, string Key, string Model)
{
    public const string EndpointVariable = "ORC_OPENAI_BASE_URL";
    public const string KeyVariable = "ORC_OPENAI_API_KEY";
    public const string ModelVariable = "ORC_OPENAI_MODEL";
    private const string PublicEndpoint = "https://api.openai.com/v1";

    /// <summary>The settings, or null with what to set.</summary>
    public static EndpointSettings? Find(Declaration service, TargetEnvironment environment, out string why)
    {
        why = "";
        string? key = Value(service, environment, "secret_env", null) ?? environment.Variable(KeyVariable);
        string? endpoint = StepArguments.Option(service, "endpoint") ?? Value(service, environment, "endpoint_env", EndpointVariable)
            ?? (string.IsNullOrEmpty(key) ? null : PublicEndpoint);
        if (string.IsNullOrEmpty(endpoint))
        {
            why = $"no model endpoint is configured: set {EndpointVariable} to an OpenAI-compatible base URL (http://127.0.0.1:8080/v1), or {KeyVariable} for api.openai.com";
            return null;
        }

        if (!Uri.TryCreate(endpoint, UriKind.Absolute, out Uri? url) || url.Scheme is not ("http" or "https"))
        {
            why = $"'{endpoint}' is not an http or https URL: correct {EndpointVariable}";
            return null;
        }

        string? model = StepArguments.Option(service, "name") ?? environment.Variable(ModelVariable);
        return new EndpointSettings(url, string.IsNullOrEmpty(key) ? "none" : key.Trim(), string.IsNullOrEmpty(model) ? service.Target : model);
    }

    private static string? Value(Declaration service, TargetEnvironment environment, string option, string? usual) =>
        (StepArguments.Option(service, option) ?? usual) is { } name && environment.Variable(name) is { Length: > 0 } value ? value : null;
}
