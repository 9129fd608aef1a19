using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Nerdbank.Streams;
using Orchestrator.Cli;
using Orchestrator.Cli.Commands;
using StreamJsonRpc;
using Xunit;

namespace Orchestrator.Tests.Lsp;

/// <summary>An editor that talks to a language server in JSON-RPC messages, in this process or over a program's standard streams.</summary>
internal sealed class EditorClient : IAsyncDisposable
{
    private readonly JsonRpc _rpc;
    private readonly Channel<JsonNode> _diagnostics = Channel.CreateUnbounded<JsonNode>();
    private readonly Task<int>? _server;
    private readonly CancellationTokenSource _stop = new();

    public EditorClient(Stream toServer, Stream fromServer)
    {
        _rpc = new JsonRpc(new HeaderDelimitedMessageHandler(toServer, fromServer, new SystemTextJsonFormatter()));
        _rpc.AddLocalRpcMethod("textDocument/publishDiagnostics", (string uri, int version, JsonElement diagnostics) =>
        {
            _diagnostics.Writer.TryWrite(new JsonObject { ["uri"] = uri, ["version"] = version, ["diagnostics"] = JsonNode.Parse(diagnostics.GetRawText()) });
        });
        _rpc.StartListening();
    }

    private EditorClient((Stream Client, Stream Server) pair) : this(pair.Client, pair.Client) =>
        _server = LspCommand.ServeAsync(LspCommand.Languages(Additions.None, null), pair.Server, pair.Server, TimeProvider.System, TimeSpan.Zero, _stop.Token);

    /// <summary>A server in this process that works diagnostics out at once.</summary>
    public static async Task<EditorClient> StartAsync()
    {
        (Stream a, Stream b) = FullDuplexStream.CreatePair();
        var client = new EditorClient((a, b));
        await client.AskAsync("initialize", new { processId = (int?)null, rootUri = (string?)null, capabilities = new { } });
        await client.TellAsync("initialized", new { });
        return client;
    }

    public async Task<JsonNode?> AskAsync(string method, object? parameters = null)
    {
        JsonElement? answer = parameters is null
            ? await _rpc.InvokeAsync<JsonElement?>(method)
            : await _rpc.InvokeWithParameterObjectAsync<JsonElement?>(method, parameters);
        return answer is { ValueKind: not JsonValueKind.Null } element ? JsonNode.Parse(element.GetRawText()) : null;
    }

    public Task TellAsync(string method, object parameters) => _rpc.NotifyWithParameterObjectAsync(method, parameters);

    public Task OpenAsync(string uri, string text) =>
        TellAsync("textDocument/didOpen", new { textDocument = new { uri, languageId = Path.GetExtension(uri)[1..], version = 1, text } });

    public Task ChangeAsync(string uri, int version, params object[] changes) =>
        TellAsync("textDocument/didChange", new { textDocument = new { uri, version }, contentChanges = changes });

    /// <summary>Asks about the place of <c>§</c> in <paramref name="marked"/>, which is the opened text with that mark.</summary>
    public Task<JsonNode?> AskAtAsync(string method, string uri, string marked, object? more = null)
    {
        (int line, int character) = PlaceOf(marked);
        var parameters = new JsonObject { ["textDocument"] = new JsonObject { ["uri"] = uri }, ["position"] = new JsonObject { ["line"] = line, ["character"] = character } };
        foreach (KeyValuePair<string, JsonNode?> extra in JsonSerializer.SerializeToNode(more)?.AsObject() ?? [])
        {
            parameters[extra.Key] = extra.Value?.DeepClone();
        }

        return AskAsync("textDocument/" + method, parameters);
    }

    public static (int Line, int Character) PlaceOf(string marked)
    {
        int at = marked.IndexOf('§', StringComparison.Ordinal);
        string before = marked[..at];
        return (before.Count(c => c == '\n'), at - (before.LastIndexOf('\n') + 1));
    }

    /// <summary>The diagnostics of a version; those of older ones are passed over.</summary>
    public async Task<JsonArray> DiagnosticsAsync(int version)
    {
        while (true)
        {
            JsonNode next = await _diagnostics.Reader.ReadAsync(TestContext.Current.CancellationToken);
            if ((int?)next["version"] == version)
            {
                return next["diagnostics"]!.AsArray(); // Always there.
            }
        }
    }

    /// <summary>How many publications are waiting.</summary>
    public int Waiting => _diagnostics.Reader.Count;

    /// <summary>Shuts the server down as an editor does, and gives its exit code when it runs in this process.</summary>
    public async Task<int?> QuitAsync()
    {
        await AskAsync("shutdown");
        await _rpc.NotifyAsync("exit");
        return _server is null ? null : await _server;
    }

    public async ValueTask DisposeAsync()
    {
        _rpc.Dispose();
        if (_server is not null)
        {
            await _server;
        }

        _stop.Dispose();
    }
}
