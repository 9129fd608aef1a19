using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Checking;
using Orchestrator.IR.Editing;

namespace Orchestrator.Frontend.Editing;

/// <summary>A Flow file that questions can be asked about.</summary>
internal sealed class FlowText(SourceText source, FlowScan scan, FlowFacts? facts) : IEditedText
{
    private readonly string _text = source.Text;

    public SourceText Source => source;

    public NameIndex Names => scan.Names;

    public FlowFacts? Facts => facts;

    public HoverText? Hover(int offset)
    {
        if (Names.At(offset) is { } use && !InField(use))
        {
            return new HoverText(NameText(use), NameIndex.SpanOf(source, use));
        }

        string word = WordAt(offset, out int start);
        if (Builtin.All.TryGetValue(word, out Builtin? builtin))
        {
            return new HoverText($"```flow\n{builtin.Form}\n```\n\nfunction of the language", new SourceSpan(source, start, word.Length));
        }

        return facts?.At(source, offset) is { } expression
            ? new HoverText(Fenced(FlowFacts.Whole(expression.Type)), new SourceSpan(source, expression.Start, expression.End - expression.Start))
            : null;
    }

    public IReadOnlyList<Completion> Complete(int offset) => new FlowCompletion(source, scan, facts).At(Math.Clamp(offset, 0, _text.Length));

    public IReadOnlyList<OutlineItem> Outline() =>
        [.. scan.Declared.Select(d => new OutlineItem(
            d.Name.Text, d.Word, d.Name.Kind, NameIndex.SpanOf(source, d.Name), Trimmed(d.Start, d.End),
            d.Word == "workflow" ? Steps(d) : []))];

    public string? Format()
    {
        try
        {
            return FlowFormatter.Format(source);
        }
        catch (DiagnosticException)
        {
            return null; // Its mistakes are shown as diagnostics.
        }
    }

    private List<OutlineItem> Steps(FlowDeclared workflow) =>
        [.. Names.Uses.Where(u => u.IsDefinition && u.Kind == NameKind.Value && u.Start > workflow.Start && u.End <= workflow.End)
            .Select(u => new OutlineItem(u.Text, facts?.TypeOf(u.Text)?.ToString() ?? "", NameKind.Value, NameIndex.SpanOf(source, u), NameIndex.SpanOf(source, u), []))];

    private string NameText(NameUse use)
    {
        if (use.Kind == NameKind.Symbol && facts?.Declaration(use.Text) is { } declaration)
        {
            return Fenced(declaration);
        }

        if (facts?.TypeOf(use.Text) is { } type)
        {
            string whole = FlowFacts.Whole(type);
            return Fenced($"{use.Text}: {type}") + (whole == type.ToString() ? "" : "\n\n" + Fenced(whole));
        }

        if (Builtin.All.TryGetValue(use.Text, out Builtin? builtin))
        {
            return Fenced(builtin.Form) + "\n\nfunction of the language";
        }

        return Names.DefinitionAt(use.Start) is { } definition
            ? Fenced(source.Line(source.Locate(definition.Start).Line).Trim())
            : FlowType.Basics.ContainsKey(use.Text) || use.Text == "list" ? $"`{use.Text}`: type of the language" : $"`{use.Text}` is not declared here";
    }

    private bool InField(NameUse use) => use.Start > 0 && _text[use.Start - 1] == '.';

    private string WordAt(int offset, out int start)
    {
        start = Math.Clamp(offset, 0, _text.Length);
        int end = start;
        while (start > 0 && (char.IsAsciiLetterOrDigit(_text[start - 1]) || _text[start - 1] == '_'))
        {
            start--;
        }

        while (end < _text.Length && (char.IsAsciiLetterOrDigit(_text[end]) || _text[end] == '_'))
        {
            end++;
        }

        return _text[start..end];
    }

    private SourceSpan Trimmed(int start, int end) => new(source, start, _text[start..end].TrimEnd().Length);

    private static string Fenced(string text) => $"```flow\n{text}\n```";
}
