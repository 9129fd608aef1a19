using System.Collections.Concurrent;
using Orchestrator.Diagnostics;
using Orchestrator.IR.Editing;
using StreamJsonRpc;

namespace Orchestrator.Cli.Lsp;

/// <summary>
/// The Language Server Protocol around the language services. Messages are taken in order; diagnostics are worked out after a pause in typing,
/// for the newest version only.
/// </summary>
/// <param name="languageOf">The service for a file by its local path, or null when the file is of no language that is known.</param>
/// <param name="time">Gives the pause.</param>
/// <param name="pause">How long nothing must be typed before diagnostics are worked out; zero in tests.</param>
internal sealed class LanguageServer(Func<string, ILanguageService?> languageOf, TimeProvider time, TimeSpan pause)
{
    private readonly ConcurrentDictionary<string, OpenDocument> _documents = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _exit = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _shutDown;

    /// <summary>Where notifications go; set before listening begins.</summary>
    public JsonRpc? Client { get; set; }

    /// <summary>Ends when the editor says so.</summary>
    public Task Exited => _exit.Task;

    /// <summary>Whether the editor asked to shut down before it went.</summary>
    public bool IsShutDown => _shutDown;

    [JsonRpcMethod("initialize", UseSingleObjectParameterDeserialization = true)]
    public static InitializeResult Initialize(System.Text.Json.JsonElement parameters)
    {
        _ = parameters; // Everything here works with any client.
        return new InitializeResult(new ServerCapabilities(new CompletionOptions(["%", "^", "@", "!", "#", "\"", ".", "{", ":"])), new ServerInfo("orc", "1"));
    }

    [JsonRpcMethod("shutdown")]
    public object? Shutdown()
    {
        _shutDown = true;
        return null;
    }

    [JsonRpcMethod("exit")]
    public void Exit() => _exit.TrySetResult();

    [JsonRpcMethod("textDocument/didOpen", UseSingleObjectParameterDeserialization = true)]
    public void DidOpen(DidOpenParams parameters)
    {
        TextDocumentItem item = parameters.TextDocument;
        string path = PathOf(item.Uri);
        if (languageOf(path) is { } language)
        {
            Replace(new OpenDocument(item.Uri, item.Version, new SourceText(path, item.Text), language, null));
        }
    }

    [JsonRpcMethod("textDocument/didChange", UseSingleObjectParameterDeserialization = true)]
    public void DidChange(DidChangeParams parameters)
    {
        if (_documents.TryGetValue(parameters.TextDocument.Uri, out OpenDocument? document))
        {
            string text = OpenDocument.Apply(document.Source, parameters.ContentChanges);
            Replace(new OpenDocument(document.Uri, parameters.TextDocument.Version, new SourceText(document.Source.Path, text), document.Language, document));
        }
    }

    [JsonRpcMethod("textDocument/didClose", UseSingleObjectParameterDeserialization = true)]
    public async Task DidCloseAsync(DocumentParams parameters)
    {
        if (_documents.TryRemove(parameters.TextDocument.Uri, out OpenDocument? document))
        {
            document.Dispose();
            await PublishAsync(document, []); // What was shown about the closed text goes away.
        }
    }

    [JsonRpcMethod("textDocument/hover", UseSingleObjectParameterDeserialization = true)]
    public HoverResult? Hover(PositionParams parameters, CancellationToken cancellation) =>
        Read(parameters.TextDocument.Uri, cancellation) is { } text && text.Hover(OpenDocument.OffsetOf(text.Source, parameters.Position)) is { } hover
            ? new HoverResult(new MarkupContent("markdown", hover.Markdown), OpenDocument.RangeOf(hover.Span))
            : null;

    [JsonRpcMethod("textDocument/definition", UseSingleObjectParameterDeserialization = true)]
    public Location? Definition(PositionParams parameters, CancellationToken cancellation) =>
        Read(parameters.TextDocument.Uri, cancellation) is { } text && text.Names.DefinitionAt(OpenDocument.OffsetOf(text.Source, parameters.Position)) is { } use
            ? new Location(parameters.TextDocument.Uri, OpenDocument.RangeOf(NameIndex.SpanOf(text.Source, use)))
            : null;

    [JsonRpcMethod("textDocument/references", UseSingleObjectParameterDeserialization = true)]
    public IReadOnlyList<Location> References(ReferenceParams parameters, CancellationToken cancellation) =>
        Read(parameters.TextDocument.Uri, cancellation) is not { } text ? []
            : [.. text.Names.ReferencesAt(OpenDocument.OffsetOf(text.Source, parameters.Position))
                .Where(u => !u.IsDefinition || parameters.Context is not { IncludeDeclaration: false })
                .Select(u => new Location(parameters.TextDocument.Uri, OpenDocument.RangeOf(NameIndex.SpanOf(text.Source, u))))];

    [JsonRpcMethod("textDocument/rename", UseSingleObjectParameterDeserialization = true)]
    public WorkspaceEdit? Rename(RenameParams parameters, CancellationToken cancellation)
    {
        if (Read(parameters.TextDocument.Uri, cancellation) is not { } text)
        {
            return null;
        }

        string name = parameters.NewName.TrimStart('%', '^', '@', '#', '!');
        if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '$' or '.' or '-'))
        {
            throw new LocalRpcException($"'{parameters.NewName}' is no name; a name is letters, digits and '_'") { ErrorCode = InvalidParams };
        }

        IReadOnlyList<TextEdit> edits = [.. text.Names.ReferencesAt(OpenDocument.OffsetOf(text.Source, parameters.Position)).Select(u => Edit(text.Source, u, name))];
        return edits.Count == 0 ? null : new WorkspaceEdit(new Dictionary<string, IReadOnlyList<TextEdit>> { [parameters.TextDocument.Uri] = edits });
    }

    [JsonRpcMethod("textDocument/completion", UseSingleObjectParameterDeserialization = true)]
    public CompletionList? Complete(PositionParams parameters, CancellationToken cancellation)
    {
        if (Read(parameters.TextDocument.Uri, cancellation) is not { } text)
        {
            return null;
        }

        int offset = OpenDocument.OffsetOf(text.Source, parameters.Position);
        IReadOnlyList<Completion> proposals = text.Complete(offset);
        return new CompletionList(false, [.. proposals.Select(p => LspShapes.Item(p, text.Source, offset))]);
    }

    [JsonRpcMethod("textDocument/documentSymbol", UseSingleObjectParameterDeserialization = true)]
    public IReadOnlyList<DocumentSymbol> Symbols(DocumentParams parameters, CancellationToken cancellation) =>
        Read(parameters.TextDocument.Uri, cancellation) is { } text ? LspShapes.Symbols(text.Outline()) : [];

    [JsonRpcMethod("textDocument/formatting", UseSingleObjectParameterDeserialization = true)]
    public IReadOnlyList<TextEdit> Format(DocumentParams parameters, CancellationToken cancellation)
    {
        if (Read(parameters.TextDocument.Uri, cancellation) is not { } text || text.Format() is not { } formatted || formatted == text.Source.Text)
        {
            return [];
        }

        return [new TextEdit(OpenDocument.RangeOf(new SourceSpan(text.Source, 0, text.Source.Text.Length)), formatted)];
    }

    private const int InvalidParams = -32602;

    private void Replace(OpenDocument document)
    {
        if (_documents.TryGetValue(document.Uri, out OpenDocument? before))
        {
            before.Dispose();
        }

        _documents[document.Uri] = document;
        _ = DiagnoseAsync(document); // It reports its own failures, and the next version ends it.
    }

    private async Task DiagnoseAsync(OpenDocument document)
    {
        try
        {
            await Task.Delay(pause, time, document.Outdated).ConfigureAwait(false);
            await Task.Yield();
            IReadOnlyList<Diagnostic> found = document.Language.Diagnose(document.Source, document.Outdated);
            if (!document.Outdated.IsCancellationRequested)
            {
                await PublishAsync(document, found).ConfigureAwait(false);
            }
        }
        catch (OperationCanceledException)
        {
            // There is a newer version, which has its own diagnostics.
        }
        catch (ObjectDisposedException)
        {
            // The editor is gone.
        }
    }

    private Task PublishAsync(OpenDocument document, IReadOnlyList<Diagnostic> found) =>
        Client?.NotifyWithParameterObjectAsync(
            "textDocument/publishDiagnostics",
            new PublishDiagnosticsParams(document.Uri, document.Version, [.. found.Select(d => LspShapes.Of(d, document.Uri, document.Source.Path))])) ?? Task.CompletedTask;

    private IEditedText? Read(string uri, CancellationToken cancellation) =>
        _documents.TryGetValue(uri, out OpenDocument? document) ? document.Read(cancellation) : null;

    // A name keeps the sign that is written before it.
    private static TextEdit Edit(SourceText source, NameUse use, string name)
    {
        char first = source.Text[use.Start];
        bool signed = first is '%' or '^' or '@' or '#' or '!';
        return new TextEdit(OpenDocument.RangeOf(NameIndex.SpanOf(source, use)), signed ? first + name : name);
    }

    private static string PathOf(string uri) => Uri.TryCreate(uri, UriKind.Absolute, out Uri? parsed) && parsed.IsFile ? parsed.LocalPath : uri;
}
