using System.Text.Json.Serialization;

namespace Orchestrator.Cli.Lsp;

// The parts of the Language Server Protocol that are spoken here, named as the protocol names them.

internal sealed record Position(int Line, int Character);

internal sealed record Range(Position Start, Position End);

internal sealed record Location(string Uri, Range Range);

internal sealed record TextDocumentItem(string Uri, string LanguageId, int Version, string Text);

internal sealed record TextDocumentIdentifier(string Uri);

internal sealed record VersionedTextDocumentIdentifier(string Uri, int Version);

internal sealed record DidOpenParams(TextDocumentItem TextDocument);

internal sealed record ContentChange(string Text, Range? Range = null);

internal sealed record DidChangeParams(VersionedTextDocumentIdentifier TextDocument, IReadOnlyList<ContentChange> ContentChanges);

internal sealed record DocumentParams(TextDocumentIdentifier TextDocument);

internal sealed record PositionParams(TextDocumentIdentifier TextDocument, Position Position);

internal sealed record ReferenceContext(bool IncludeDeclaration);

internal sealed record ReferenceParams(TextDocumentIdentifier TextDocument, Position Position, ReferenceContext? Context);

internal sealed record RenameParams(TextDocumentIdentifier TextDocument, Position Position, string NewName);

internal sealed record MarkupContent(string Kind, string Value);

internal sealed record HoverResult(MarkupContent Contents, Range Range);

internal sealed record CompletionItem(string Label, int Kind, string Detail, TextEdit TextEdit);

internal sealed record CompletionList(bool IsIncomplete, IReadOnlyList<CompletionItem> Items);

internal sealed record TextEdit(Range Range, string NewText);

internal sealed record WorkspaceEdit(IReadOnlyDictionary<string, IReadOnlyList<TextEdit>> Changes);

internal sealed record DocumentSymbol(string Name, string Detail, int Kind, Range Range, Range SelectionRange, IReadOnlyList<DocumentSymbol> Children);

internal sealed record RelatedInformation(Location Location, string Message);

internal sealed record LspDiagnostic(Range Range, int Severity, string Code, string Source, string Message, IReadOnlyList<RelatedInformation> RelatedInformation);

internal sealed record PublishDiagnosticsParams(string Uri, int Version, IReadOnlyList<LspDiagnostic> Diagnostics);

internal sealed record CompletionOptions(IReadOnlyList<string> TriggerCharacters);

internal sealed record ServerCapabilities(CompletionOptions CompletionProvider)
{
    // 2: a change says which range it replaces.
    public int TextDocumentSync { get; } = 2;

    public string PositionEncoding { get; } = "utf-16";

    public bool HoverProvider { get; } = true;

    public bool DefinitionProvider { get; } = true;

    public bool ReferencesProvider { get; } = true;

    public bool DocumentSymbolProvider { get; } = true;

    public bool DocumentFormattingProvider { get; } = true;

    public bool RenameProvider { get; } = true;
}

internal sealed record ServerInfo(string Name, string Version);

internal sealed record InitializeResult(ServerCapabilities Capabilities, ServerInfo ServerInfo);

/// <summary>How the messages are written, without reflection over them at run time.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(InitializeResult))]
[JsonSerializable(typeof(DidOpenParams))]
[JsonSerializable(typeof(DidChangeParams))]
[JsonSerializable(typeof(DocumentParams))]
[JsonSerializable(typeof(PositionParams))]
[JsonSerializable(typeof(ReferenceParams))]
[JsonSerializable(typeof(RenameParams))]
[JsonSerializable(typeof(HoverResult))]
[JsonSerializable(typeof(Location))]
[JsonSerializable(typeof(IReadOnlyList<Location>))]
[JsonSerializable(typeof(CompletionList))]
[JsonSerializable(typeof(WorkspaceEdit))]
[JsonSerializable(typeof(IReadOnlyList<DocumentSymbol>))]
[JsonSerializable(typeof(IReadOnlyList<TextEdit>))]
[JsonSerializable(typeof(PublishDiagnosticsParams))]
[JsonSerializable(typeof(System.Text.Json.JsonElement))]
internal sealed partial class MessageJson : JsonSerializerContext;
