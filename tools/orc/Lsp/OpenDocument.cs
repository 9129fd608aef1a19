using Orchestrator.Diagnostics;
using Orchestrator.IR.Editing;

namespace Orchestrator.Cli.Lsp;

/// <summary>One version of a text that an editor has open. A change makes the next version and cancels what is done for this one.</summary>
internal sealed class OpenDocument : IDisposable
{
    private readonly CancellationTokenSource _outdated = new();
    private IEditedText? _read;

    // Only the facts of the last version are needed, not all versions before it.
    private IEditedText? _previous;

    public OpenDocument(string uri, int version, SourceText source, ILanguageService language, OpenDocument? before)
    {
        (Uri, Version, Source, Language) = (uri, version, source, language);
        _previous = before?._read ?? before?._previous;
        Outdated = _outdated.Token;
    }

    public string Uri { get; }

    public int Version { get; }

    public SourceText Source { get; }

    public ILanguageService Language { get; }

    /// <summary>Cancelled when there is a newer version, or the text was closed; may be asked afterwards too.</summary>
    public CancellationToken Outdated { get; }

    /// <summary>Ends what is being done for this version.</summary>
    public void Dispose()
    {
        _outdated.Cancel();
        _outdated.Dispose();
    }

    /// <summary>The text made ready for questions, once.</summary>
    public IEditedText Read(CancellationToken cancellation)
    {
        if (_read is null)
        {
            _read = Language.Read(Source, _previous, cancellation);
            _previous = null;
        }

        return _read;
    }

    /// <summary>The text after changes.</summary>
    public static string Apply(SourceText source, IReadOnlyList<ContentChange> changes)
    {
        SourceText now = source;
        foreach (ContentChange change in changes)
        {
            string text = change.Text;
            if (change.Range is { } range)
            {
                int start = OffsetOf(now, range.Start);
                int end = Math.Max(start, OffsetOf(now, range.End));
                text = string.Concat(now.Text.AsSpan(0, start), change.Text, now.Text.AsSpan(end));
            }

            now = new SourceText(source.Path, text);
        }

        return now.Text;
    }

    /// <summary>The offset of a place; beyond the end of a line is its end.</summary>
    public static int OffsetOf(SourceText source, Position position)
    {
        int start = source.OffsetOf(position.Line + 1, 1);
        int length = source.Line(position.Line + 1).Length;
        return Math.Min(start + Math.Clamp(position.Character, 0, length), source.Text.Length);
    }

    public static Range RangeOf(SourceSpan span)
    {
        (EditorPlace start, EditorPlace end) = EditorPlace.Of(span);
        return new Range(new Position(start.Line, start.Column), new Position(end.Line, end.Column));
    }
}
