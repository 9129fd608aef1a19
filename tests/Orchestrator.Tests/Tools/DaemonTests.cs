using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging.Abstractions;
using Orchestrator.Daemon;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Tests.Targets.Http;
using Xunit;

namespace Orchestrator.Tests.Tools;

public sealed class DaemonTests : IAsyncLifetime
{
    private readonly string _directory = Directory.CreateTempSubdirectory("orcd").FullName;
    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _client = new();
    private Task _serving = Task.CompletedTask;

    public ValueTask InitializeAsync()
    {
        TaskGraph graph = TargetRun.Graph(StepKind.Tool, "process", TargetRun.Declare("tool", "process", "cat"), "{ who: text }", [("who", Datum.None)]);
        graph = graph with { Name = "hello", Inputs = [new GraphInput("who", "text", null)] };
        var plan = new DeploymentPlan(graph, new Fleet("f", [], []), new Objective(), new EstimateTable([], []), new Placement());
        File.WriteAllBytes(Path.Combine(_directory, "plan.json"), JsonSerializer.SerializeToUtf8Bytes(plan, PlanJson.Default.DeploymentPlan));
        int port;
        using (var probe = new TcpListener(IPAddress.Loopback, 0))
        {
            probe.Start();
            port = ((IPEndPoint)probe.LocalEndpoint).Port;
        }

        _client.BaseAddress = new Uri($"http://127.0.0.1:{port}");
        _serving = ServeAsync(new ServeOptions([_directory], "127.0.0.1", port, 4));
        return default;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _serving.WaitAsync(TimeSpan.FromSeconds(15));
        Directory.Delete(_directory, recursive: true);
        _client.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task ARunGivesItsReport()
    {
        (int code, JsonNode body) = await PostAsync("/runs?workflow=hello", "{\"who\":\"world\"}");
        Assert.Equal((200, "world", 1), (code, body["outputs"]!["who"]!.GetValue<string>(), body["tasks"]!.AsArray().Count));
        Assert.True(body["measured_ms"]!.GetValue<double>() > 0);
    }

    [Theory]
    [InlineData("/runs?workflow=hello", "{\"wo\":1}", 400, "ORC5002")]
    [InlineData("/runs?workflow=hello", "[", 400, "ORC5706")]
    [InlineData("/runs?workflow=helo", "{}", 400, "ORC5705")]
    [InlineData("/nothing", "{}", 404, "ORC5703")]
    public async Task AMistakeIsExplained(string path, string body, int code, string error)
    {
        (int given, JsonNode answer) = await PostAsync(path, body);
        Assert.Equal((code, error), (given, answer["errors"]![0]!["code"]!.GetValue<string>()));
    }

    [Fact]
    public async Task HealthAndWorkflowsAreTold()
    {
        Assert.Contains("\"ok\"", await _client.GetStringAsync("/health"), StringComparison.Ordinal);
        Assert.Contains("\"hello\"", await _client.GetStringAsync("/workflows"), StringComparison.Ordinal);
    }

    [Fact]
    public void ADirectoryWithoutAPlanIsRefused()
    {
        Assert.Equal("ORC4011", Assert.Throws<DiagnosticException>(() => ServedPlan.Open(Path.GetTempPath() + "/none")).Diagnostics[0].Code);
        File.WriteAllText(Path.Combine(_directory, "plan.json"), "{}");
        Assert.Equal("ORC4011", Assert.Throws<DiagnosticException>(() => ServedPlan.Open(_directory)).Diagnostics[0].Code);
    }

    private async Task ServeAsync(ServeOptions options)
    {
        await using var daemon = new Orchestrator.Daemon.Daemon(options, [ServedPlan.Open(_directory)], NullLogger<Orchestrator.Daemon.Daemon>.Instance);
        await daemon.ServeAsync(_stop.Token);
    }

    private async Task<(int Code, JsonNode Body)> PostAsync(string path, string body)
    {
        using var content = new StringContent(body);
        using HttpResponseMessage response = await _client.PostAsync(new Uri(path, UriKind.Relative), content);
        return ((int)response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync())!);
    }
}
