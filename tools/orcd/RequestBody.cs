using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Diagnostics;

namespace Orchestrator.Daemon;

/// <summary>Reads what a client sends, up to <see cref="ServeOptions.BodyLimit"/>.</summary>
internal static class RequestBody
{
    /// <summary>The body as JSON; an empty object when there is none.</summary>
    /// <exception cref="DiagnosticException">ORC5706: too large, or not JSON.</exception>
    public static async Task<JsonNode?> ReadJsonAsync(HttpListenerRequest request, CancellationToken cancellationToken)
    {
        using var body = new MemoryStream();
        byte[] buffer = new byte[65536];
        int read;
        while ((read = await request.InputStream.ReadAsync(buffer, cancellationToken)) > 0)
        {
            if (body.Length + read > ServeOptions.BodyLimit)
            {
                throw Wrong($"the body is larger than {new Plan.Bytes(ServeOptions.BodyLimit)}", "send less");
            }

            body.Write(buffer, 0, read);
        }

        if (body.Length == 0)
        {
            return new JsonObject();
        }

        try
        {
            return JsonNode.Parse(body.GetBuffer().AsSpan(0, (int)body.Length));
        }
        catch (JsonException e)
        {
            throw Wrong($"the body is not JSON: {e.Message}", "send the inputs as a JSON object: {\"name\": value, …}");
        }
    }

    private static DiagnosticException Wrong(string message, string remedy) => new(Diagnostic.Error("ORC5706", message, SourceSpan.None, remedy));
}
