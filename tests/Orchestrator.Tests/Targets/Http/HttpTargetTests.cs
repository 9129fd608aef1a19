using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets.Http;
using Xunit;

namespace Orchestrator.Tests.Targets.Http;

public sealed class HttpTargetTests
{
    private static readonly (string Name, Datum Value)[] Arguments = [("title", new TextDatum("a b&c")), ("n", new IntDatum(3))];

    private static Task<RunResult> RunAsync(FakeServer server, string method, string type, (string, string)[]? options = null, params (string, string)[] attributes)
    {
        Declaration tool = TargetRun.Declare("tool", "http", server.Url + "/x", [("method", $"\"{method}\""), .. options ?? []]);
        return TargetRun.RunAsync(new HttpTarget(), TargetRun.Graph(StepKind.Tool, "http", tool, type, Arguments, attributes), Arguments, TargetRun.Environment(("KEY", "s3cret")));
    }

    [Fact]
    public async Task ArgumentsOfAGetAreInTheQueryAndTheAnswerIsJson()
    {
        using var server = new FakeServer((_, c) => FakeServer.WriteAsync(c, 200, "{\"id\":\"7\"}"));
        RunResult result = await RunAsync(server, "GET", "{ id: text }");
        Assert.Equal("{\"id\":\"7\"}", result.Value?.ToText());
        Assert.Equal("GET /x?title=a%20b%26c&n=3", server.Received[0].Request);
    }

    [Fact]
    public async Task ArgumentsOfAPostAreJsonAndTheSecretIsABearerToken()
    {
        using var server = new FakeServer((_, c) => FakeServer.WriteAsync(c, 200, "plain", "text/plain"));
        RunResult result = await RunAsync(server, "POST", "text", [("secret_env", "\"KEY\"")]);
        Assert.Equal("plain", result.Value?.ToText());
        Assert.Equal(("{\"title\":\"a b\\u0026c\",\"n\":3}", "Bearer s3cret"), (server.Received[0].Body, server.Received[0].Authorization));
    }

    [Fact]
    public async Task ABusyServerIsTriedAgain()
    {
        using var server = new FakeServer((s, c) => FakeServer.WriteAsync(c, s.Received.Count == 1 ? 500 : 200, "1"));
        RunResult result = await RunAsync(server, "GET", "int", null, ("retry", "2"));
        Assert.Equal("1", result.Value?.ToText());
        Assert.Equal(2, server.Received.Count);
    }

    [Fact]
    public async Task RetryAfterIsTakenOver()
    {
        using var server = new FakeServer((_, c) =>
        {
            c.Response.Headers["Retry-After"] = "7";
            return FakeServer.WriteAsync(c, 429, "slow down");
        });
        Declaration tool = TargetRun.Declare("tool", "http", server.Url);
        TaskGraph graph = TargetRun.Graph(StepKind.Tool, "http", tool, "text", []);
        await using var target = new HttpTarget();
        StepFailedException failure = await Assert.ThrowsAsync<StepFailedException>(async () => await target.ExecuteAsync(new StepRequest(graph.Steps[0], tool, [], TargetRun.Environment()), default));
        Assert.Equal((true, TimeSpan.FromSeconds(7), "ORC5302"), (failure.IsTransient, failure.RetryAfter, failure.Diagnostic.Code));
    }

    [Fact]
    public async Task ARefusalIsNotTriedAgainAndIsQuoted()
    {
        using var server = new FakeServer((_, c) => FakeServer.WriteAsync(c, 404, "no such thing"));
        RunResult result = await RunAsync(server, "GET", "int", null, ("retry", "2"));
        Assert.Equal("ORC5302", result.Failure?.Code);
        Assert.Contains("404 Not Found: no such thing", result.Failure?.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("a%20b", result.Failure?.Message, StringComparison.Ordinal);
        Assert.Single(server.Received);
    }

    [Fact]
    public async Task AnEndlessAnswerIsCut()
    {
        using var server = new FakeServer(async (_, c) =>
        {
            c.Response.SendChunked = true;
            byte[] block = new byte[1 << 20];
            for (int i = 0; i < 64; i++)
            {
                await c.Response.OutputStream.WriteAsync(block);
            }

            c.Response.Close();
        });
        Assert.Equal("ORC5303", (await RunAsync(server, "GET", "text")).Failure?.Code);
    }

    [Fact]
    public async Task ASilentServerEndsWithTheTimeout()
    {
        using var server = new FakeServer((_, _) => Task.CompletedTask);
        Assert.Equal("ORC5006", (await RunAsync(server, "GET", "text", [("timeout_us", "100000")])).Failure?.Code);
    }

    [Fact]
    public async Task NobodyListeningIsSaid()
    {
        var server = new FakeServer((_, _) => Task.CompletedTask);
        server.Dispose();
        Assert.Equal("ORC5301", (await RunAsync(server, "GET", "text")).Failure?.Code);
    }

    [Fact]
    public void WhatIsMissingIsNamed()
    {
        var target = new HttpTarget();
        Assert.Null(target.WhyUnavailable(TargetRun.Declare("tool", "http", "https://x/"), TargetRun.Environment()));
        Assert.Contains("DESK_KEY", target.WhyUnavailable(TargetRun.Declare("tool", "http", "https://x/", ("secret_env", "\"DESK_KEY\"")), TargetRun.Environment()), StringComparison.Ordinal);
        Assert.NotNull(target.WhyUnavailable(TargetRun.Declare("tool", "http", "file:///etc/passwd"), TargetRun.Environment()));
    }
}
