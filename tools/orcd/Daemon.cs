using System.Collections.Immutable;
using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.Logging;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets;

namespace Orchestrator.Daemon;

/// <summary>
/// Serves plans over HTTP. <c>GET /health</c>; <c>GET /workflows</c>; <c>POST /runs?workflow=NAME</c> with the inputs as a JSON object gives the run's report.
/// 400: the request is at fault, with diagnostics; 422: the run failed, with diagnostics and report; 503: too many runs.
/// </summary>
internal sealed partial class Daemon(ServeOptions options, ImmutableArray<ServedPlan> plans, ILogger<Daemon> logger) : IAsyncDisposable
{
    private readonly Engine _engine = new();
    private readonly RunServices _services = new(BuiltInTargets.All());
    private readonly HttpListener _listener = new();
    private readonly SemaphoreSlim _runs = new(options.Runs, options.Runs);
    private readonly HashSet<Task> _underWay = [];

    /// <summary>Answers until told to stop; requests under way then get some time to end, and are cancelled after it.</summary>
    /// <exception cref="DiagnosticException">ORC5702: the address cannot be listened on.</exception>
    public async Task ServeAsync(CancellationToken stop)
    {
        Listen();
        using var abandon = new CancellationTokenSource();
        await using (stop.UnsafeRegister(static s => ((HttpListener)s!).Stop(), _listener))
        {
            while (await NextAsync(stop) is { } context)
            {
                Task answer = AnswerAsync(context, abandon.Token);
                lock (_underWay)
                {
                    _underWay.Add(answer);
                }

                _ = ForgetAsync(answer);
            }
        }

        Task all;
        lock (_underWay)
        {
            LogStopping(_underWay.Count);
            all = Task.WhenAll(_underWay);
        }

        abandon.CancelAfter(ServeOptions.StopGrace);
        await all;
    }

    public async ValueTask DisposeAsync()
    {
        ((IDisposable)_listener).Dispose();
        _runs.Dispose();
        await _services.Targets.DisposeAsync();
    }

    private void Listen()
    {
        string address = FormattableString.Invariant($"http://{options.Host}:{options.Port}/");
        try
        {
            _listener.Prefixes.Add(address);
            if (options.Host == "127.0.0.1")
            {
                // The listener goes by the name in the request, and people write the other one.
                _listener.Prefixes.Add(FormattableString.Invariant($"http://localhost:{options.Port}/"));
            }

            _listener.Start();
        }
        catch (Exception e) when (e is HttpListenerException or ArgumentException)
        {
            throw new DiagnosticException(Diagnostic.Error("ORC5702", $"{address} cannot be listened on: {e.Message}", SourceSpan.None, "choose another --port or --host"));
        }

        string names = string.Join(", ", plans.Select(p => p.Plan.Graph.Name));
        LogServing(names, address);
        foreach (ServedPlan plan in plans)
        {
            foreach ((Declaration service, string why) in Engine.Unavailable(plan.Plan.Program, _services, plan.Environment))
            {
                LogUnavailable(plan.Plan.Graph.Name, service.Symbol, why);
            }
        }
    }

    private async Task<HttpListenerContext?> NextAsync(CancellationToken stop)
    {
        try
        {
            return stop.IsCancellationRequested ? null : await _listener.GetContextAsync();
        }
        catch (Exception e) when (stop.IsCancellationRequested && e is HttpListenerException or ObjectDisposedException or InvalidOperationException)
        {
            return null;
        }
    }

    private async Task ForgetAsync(Task answer)
    {
        await answer;
        lock (_underWay)
        {
            _underWay.Remove(answer);
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        await Task.Yield();
        string request = $"{context.Request.HttpMethod} {context.Request.Url?.AbsolutePath}";
        try
        {
            (int code, JsonNode body) = request switch
            {
                "GET /health" => (200, new JsonObject { ["status"] = "ok", ["running"] = options.Runs - _runs.CurrentCount }),
                "GET /workflows" => (200, Workflows()),
                "POST /runs" => await RunAsync(context, cancellationToken),
                _ => (404, Errors(Diagnostic.Error("ORC5703", $"there is no '{request}'", SourceSpan.None, "there are GET /health, GET /workflows and POST /runs?workflow=NAME"))),
            };
            await WriteAsync(context, code, body, cancellationToken);
        }
        catch (DiagnosticException e)
        {
            await TryWriteAsync(context, 400, Errors([.. e.Diagnostics]), cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpListenerException or IOException or ObjectDisposedException)
        {
            context.Response.Abort(); // The client went away, or the daemon stops.
        }
        catch (Exception bug)
        {
            LogBug(request, bug);
            await TryWriteAsync(context, 500, Errors(Diagnostic.Error("ORC5799", "a bug in the daemon; its log says more", SourceSpan.None, "report it")), cancellationToken);
        }
    }

    private async Task<(int Code, JsonNode Body)> RunAsync(HttpListenerContext context, CancellationToken cancellationToken)
    {
        ServedPlan plan = Find(context.Request.QueryString["workflow"]);
        JsonNode? json = await RequestBody.ReadJsonAsync(context.Request, cancellationToken);
        ImmutableDictionary<string, Datum> inputs = RunInputs.FromJson(plan.Plan.Graph, json);
        if (!await _runs.WaitAsync(0, cancellationToken))
        {
            context.Response.Headers["Retry-After"] = "1";
            return (503, Errors(Diagnostic.Error("ORC5704", FormattableString.Invariant($"{options.Runs} runs are under way"), SourceSpan.None, "come back later, or start orcd with more --runs")));
        }

        try
        {
            // Nobody sits at a daemon; its queue of questions comes with the dashboard.
            RunResult result = await _engine.RunAsync(plan.Plan.Program, inputs, _services, plan.Environment, new EngineOptions { NoHumans = true }, cancellationToken);
            JsonNode report = JsonSerializer.SerializeToNode(Compare.Report(plan.Plan, result), PlanJson.Default.RunReport)!; // A report is never null.
            if (result.Failure is not { } failure)
            {
                LogFinished(plan.Plan.Graph.Name, result.Elapsed.TotalMilliseconds);
                return (200, report);
            }

            LogFailed(plan.Plan.Graph.Name, result.Elapsed.TotalMilliseconds, failure.Code, failure.Message);
            JsonObject failed = Errors(failure);
            failed["report"] = report;
            return (422, failed);
        }
        finally
        {
            _runs.Release();
        }
    }

    private ServedPlan Find(string? name)
    {
        IEnumerable<string> names = plans.Select(p => p.Plan.Graph.Name);
        ServedPlan? plan = name is null && plans.Length == 1 ? plans[0] : plans.FirstOrDefault(p => p.Plan.Graph.Name == name);
        return plan ?? throw new DiagnosticException(Diagnostic.Error("ORC5705", name is null ? "no workflow is named" : $"there is no workflow '{name}'", SourceSpan.None,
            (name is null ? null : NearestName.Suggest(name, names)) ?? "name one with ?workflow=: " + string.Join(", ", names)));
    }

    private JsonArray Workflows() => [.. plans.Select(p => (JsonNode)new JsonObject
    {
        ["name"] = p.Plan.Graph.Name,
        ["result"] = p.Plan.Graph.ResultType,
        ["inputs"] = new JsonArray([.. p.Plan.Graph.Inputs.Select(i => (JsonNode)new JsonObject { ["name"] = i.Name, ["type"] = i.Type, ["required"] = i.Default is null })]),
    })];

    private static JsonObject Errors(params ReadOnlySpan<Diagnostic> diagnostics)
    {
        var errors = new JsonArray();
        foreach (Diagnostic diagnostic in diagnostics)
        {
            errors.Add((JsonNode)new JsonObject { ["code"] = diagnostic.Code, ["place"] = diagnostic.Span.ToString(), ["message"] = diagnostic.Message, ["remedy"] = diagnostic.Remedy });
        }

        return new JsonObject { ["errors"] = errors };
    }

    private static async Task TryWriteAsync(HttpListenerContext context, int code, JsonNode body, CancellationToken cancellationToken)
    {
        try
        {
            await WriteAsync(context, code, body, cancellationToken);
        }
        catch (Exception e) when (e is OperationCanceledException or HttpListenerException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            context.Response.Abort();
        }
    }

    private static async Task WriteAsync(HttpListenerContext context, int code, JsonNode body, CancellationToken cancellationToken)
    {
        byte[] bytes = System.Text.Encoding.UTF8.GetBytes(body.ToJsonString() + "\n");
        context.Response.StatusCode = code;
        context.Response.ContentType = "application/json";
        context.Response.ContentLength64 = bytes.Length;
        await context.Response.OutputStream.WriteAsync(bytes, cancellationToken);
        context.Response.Close();
    }
}
