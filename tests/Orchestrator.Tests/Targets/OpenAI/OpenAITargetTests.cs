using System.Net;
using System.Text;
using System.Text.Json;
using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets.OpenAI;
using Orchestrator.Tests.Targets.Http;
using Xunit;

namespace Orchestrator.Tests.Targets.OpenAI;

public sealed class OpenAITargetTests
{
    private static readonly (string Name, Datum Value)[] Prompt = [("prompt", new TextDatum("Say hello"))];

    private static async Task StreamAsync(HttpListenerContext context, params string[] pieces)
    {
        context.Response.ContentType = "text/event-stream";
        context.Response.SendChunked = true;
        foreach (string piece in pieces)
        {
            await WriteAsync(context, JsonSerializer.Serialize(new { id = "1", @object = "chat.completion.chunk", created = 1, model = "m", choices = new[] { new { index = 0, delta = new { role = "assistant", content = piece }, finish_reason = (string?)null } } }));
        }

        await WriteAsync(context, "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}");
        await WriteAsync(context, "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[],\"usage\":{\"prompt_tokens\":5,\"completion_tokens\":2,\"total_tokens\":7}}");
        await WriteAsync(context, "[DONE]");
        context.Response.Close();
    }

    private static async Task WriteAsync(HttpListenerContext context, string data)
    {
        await context.Response.OutputStream.WriteAsync(Encoding.UTF8.GetBytes($"data: {data}\n\n"));
        await context.Response.OutputStream.FlushAsync();
    }

    private static Task<RunResult> RunAsync(FakeServer server, string type = "text", EngineOptions? options = null, params (string, string)[] attributes)
    {
        TaskGraph graph = TargetRun.Graph(StepKind.Call, "llm", TargetRun.Declare("model", "", "org/some-model"), type, Prompt, attributes);
        return TargetRun.RunAsync(new OpenAITarget(), graph, Prompt, TargetRun.Environment(("ORC_OPENAI_BASE_URL", server.Url + "/v1"), ("ORC_OPENAI_API_KEY", "k")), options);
    }

    [Fact]
    public async Task TextStreamsAndTimesAndTokensAreTold()
    {
        using var server = new FakeServer((_, c) => StreamAsync(c, "Hel", "lo"));
        var pieces = new List<string>();
        RunResult result = await RunAsync(server, options: new EngineOptions { OnPiece = pieces.Add }, attributes: ("max_tokens", "60"));
        Assert.Equal("Hello", result.Value?.ToText());
        Assert.Equal(["Hel", "lo"], pieces);
        Assert.Equal((5L, 2L), result.Tokens);
        Assert.All(result.Tasks, t => Assert.Equal(1, t.Executions));
        Assert.NotNull(result.FirstPiece);
        Assert.Equal(("POST /v1/chat/completions", "Bearer k"), (server.Received[0].Request, server.Received[0].Authorization));
        Assert.Contains("\"org/some-model\"", server.Received[0].Body, StringComparison.Ordinal);
        Assert.Contains("Say hello", server.Received[0].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StructuredOutputIsAskedForAgainWithTheMistake()
    {
        using var server = new FakeServer((s, c) => s.Received.Count == 1 ? StreamAsync(c, "{\"ok\": \"maybe\"}") : StreamAsync(c, "```json\n{\"ok\": true}\n```"));
        RunResult result = await RunAsync(server, "{ ok: bool }", null, ("schema", "{\"type\":\"object\",\"properties\":{\"ok\":{\"type\":\"boolean\"}},\"required\":[\"ok\"]}"));
        Assert.Equal("{\"ok\":true}", result.Value?.ToText());
        Assert.Contains("json_schema", server.Received[0].Body, StringComparison.Ordinal);
        Assert.Contains("text where bool is needed", server.Received[1].Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task StructuredOutputThatNeverFitsFails()
    {
        using var server = new FakeServer((_, c) => StreamAsync(c, "no"));
        Assert.Equal("ORC5406", (await RunAsync(server, "{ ok: bool }", null, ("schema", "{\"type\":\"object\"}"))).Failure?.Code);
        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task AFailingServerIsTriedAgain()
    {
        using var server = new FakeServer((s, c) => s.Received.Count == 1 ? FakeServer.WriteAsync(c, 500, "{\"error\":{\"message\":\"busy\"}}") : StreamAsync(c, "ok"));
        Assert.Equal("ok", (await RunAsync(server, attributes: ("retry", "1"))).Value?.ToText());
    }

    [Fact]
    public async Task AWrongKeyIsSaidWithWhatToCheck()
    {
        using var server = new FakeServer((_, c) => FakeServer.WriteAsync(c, 401, "{\"error\":{\"message\":\"bad key\"}}"));
        RunResult result = await RunAsync(server, attributes: ("retry", "3"));
        Assert.Equal("ORC5403", result.Failure?.Code);
        Assert.Contains("ORC_OPENAI_API_KEY", result.Failure?.Remedy, StringComparison.Ordinal);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task AStreamThatStallsEndsWithWithin()
    {
        using var server = new FakeServer(async (_, c) =>
        {
            c.Response.SendChunked = true;
            c.Response.ContentType = "text/event-stream";
            await WriteAsync(c, "{\"id\":\"1\",\"object\":\"chat.completion.chunk\",\"created\":1,\"model\":\"m\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\"x\"}}]}");
        });
        Assert.Equal("ORC5006", (await RunAsync(server, attributes: ("within_us", "300000"))).Failure?.Code);
    }

    [Fact]
    public async Task AnEmbeddingIsAVector()
    {
        string vector = Convert.ToBase64String([.. new[] { 0.5f, -1f }.SelectMany(BitConverter.GetBytes)]);
        using var server = new FakeServer((_, c) => FakeServer.WriteAsync(c, 200, $"{{\"object\":\"list\",\"model\":\"m\",\"data\":[{{\"object\":\"embedding\",\"index\":0,\"embedding\":\"{vector}\"}}],\"usage\":{{\"prompt_tokens\":1,\"total_tokens\":1}}}}"));
        TaskGraph graph = TargetRun.Graph(StepKind.Embed, "encoder", TargetRun.Declare("model", "", "e"), "vector", Prompt);
        RunResult result = await TargetRun.RunAsync(new OpenAITarget(), graph, Prompt, TargetRun.Environment(("ORC_OPENAI_BASE_URL", server.Url + "/v1")));
        Assert.Equal([0.5f, -1f], Assert.IsType<VectorDatum>(result.Value).Value);
    }

    [Fact]
    public void WithoutAnEndpointTheVariableIsNamed() =>
        Assert.Contains("ORC_OPENAI_BASE_URL", new OpenAITarget().WhyUnavailable(TargetRun.Declare("model", "", "m"), TargetRun.Environment()), StringComparison.Ordinal);
}
