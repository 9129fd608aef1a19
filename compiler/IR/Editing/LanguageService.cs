using Orchestrator.Diagnostics;

namespace Orchestrator.IR.Editing;

/// <summary>What an editor asks about the texts of one language. Nothing here knows of a protocol.</summary>
public interface ILanguageService
{
    /// <summary>All mistakes and warnings of a text.</summary>
    IReadOnlyList<Diagnostic> Diagnose(SourceText source, CancellationToken cancellation);

    /// <summary>A text made ready for questions. It may be broken: what can be found is found.</summary>
    /// <param name="source">The text.</param>
    /// <param name="previous">What was made of the text before the last change, or null; facts that only a whole text gives are taken over from it.</param>
    /// <param name="cancellation">Asks to stop.</param>
    IEditedText Read(SourceText source, IEditedText? previous, CancellationToken cancellation);
}

/// <summary>A text that questions can be asked about. Offsets are in characters.</summary>
public interface IEditedText
{
    /// <summary>The text.</summary>
    SourceText Source { get; }

    /// <summary>The names in it.</summary>
    NameIndex Names { get; }

    /// <summary>What is known about the thing at an offset, or null.</summary>
    HoverText? Hover(int offset);

    /// <summary>What may be written at an offset.</summary>
    IReadOnlyList<Completion> Complete(int offset);

    /// <summary>The named things of the text, as a tree.</summary>
    IReadOnlyList<OutlineItem> Outline();

    /// <summary>The text laid out, or null when it is broken or the language has no layout.</summary>
    string? Format();
}

/// <summary>Markdown about a stretch of text.</summary>
public sealed record HoverText(string Markdown, SourceSpan Span);

/// <summary>Kinds of names and proposals.</summary>
public enum NameKind
{
    /// <summary>A value of the IR, or a name inside a workflow.</summary>
    Value,

    /// <summary>A block.</summary>
    Block,

    /// <summary>A symbol: a function, graph or declaration.</summary>
    Symbol,

    /// <summary>An alias of an attribute.</summary>
    AttributeAlias,

    /// <summary>An alias of a type, or a declared type.</summary>
    Type,

    /// <summary>The name of an operation or built-in function.</summary>
    Operation,

    /// <summary>An attribute, option or field.</summary>
    Field,

    /// <summary>A word of the language.</summary>
    Keyword,

    /// <summary>A pass.</summary>
    Pass,
}

/// <summary>Something that may be written.</summary>
/// <param name="Label">The text to write.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Detail">A few words about it.</param>
public sealed record Completion(string Label, NameKind Kind, string Detail);

/// <summary>A named thing and those inside it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Detail">What it is.</param>
/// <param name="Kind">Its kind.</param>
/// <param name="NameSpan">The name in the text.</param>
/// <param name="Span">The whole thing in the text.</param>
/// <param name="Children">What is inside it.</param>
public sealed record OutlineItem(string Name, string Detail, NameKind Kind, SourceSpan NameSpan, SourceSpan Span, IReadOnlyList<OutlineItem> Children);
