using Antlr4.Runtime;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Checking;
using Orchestrator.Frontend.Generated;
using Orchestrator.IR.Editing;

namespace Orchestrator.Frontend.Editing;

/// <summary>Proposes what may be written in a Flow file, by what stands before the place.</summary>
internal sealed class FlowCompletion(SourceText source, FlowScan scan, FlowFacts? facts)
{
    /// <summary>The words that begin a declaration.</summary>
    public static readonly IReadOnlyList<string> Declarations = ["import", "model", "tool", "index", "memory", "type", "workflow"];

    private static readonly string[] Expressions =
        ["if", "else", "match", "for", "repeat", "until", "human", "try", "first of", "any", "best of", "true", "false", "not", "and", "or", "promise"];

    private static readonly string[] Modifiers = ["within", "retry", "on", "near", "apart from", "never leaves", "expect"];
    private readonly string _text = source.Text;

    /// <summary>Every word of the language, from its lexer.</summary>
    public static IReadOnlyList<string> Words { get; } =
        [.. Enumerable.Range(1, FlowLexer.NUMBER - 1).Select(t => ((Vocabulary)FlowLexer.DefaultVocabulary).GetLiteralName(t)).OfType<string>().Select(t => t.Trim('\''))
            .Where(t => t.Length > 1 && t.All(char.IsAsciiLetter))];

    public IReadOnlyList<Completion> At(int offset)
    {
        int start = offset;
        while (start > 0 && (char.IsAsciiLetterOrDigit(_text[start - 1]) || _text[start - 1] == '_'))
        {
            start--;
        }

        int before = start - 1;
        while (before >= 0 && char.IsWhiteSpace(_text[before]))
        {
            before--;
        }

        char previous = before >= 0 ? _text[before] : '\0';
        int scope = scan.Names.ScopeAt(offset);
        FlowDeclared? declared = scan.Declared.FindLast(d => d.Start < start);
        if (previous == '.')
        {
            return Fields(before);
        }

        if (scope == 0)
        {
            return previous is ':' or '<' or '>' ? Types() : [.. Declarations.Select(w => Keyword(w, "declaration"))];
        }

        if (declared is { Word: not ("workflow" or "type") } && previous is '{' or ',')
        {
            return Options(declared);
        }

        return previous == ':' && AfterAs(before) ? Types() : [.. Visible(offset), .. Functions(), .. Expressions.Select(w => Keyword(w, "")), .. Modifiers.Select(w => Keyword(w, "after a call"))];
    }

    private IReadOnlyList<Completion> Fields(int dot)
    {
        int start = dot;
        while (start > 0 && (char.IsAsciiLetterOrDigit(_text[start - 1]) || _text[start - 1] == '_'))
        {
            start--;
        }

        string name = _text[start..dot];
        if (scan.Declared.Exists(d => d.Word == "type" && d.Name.Text == name) && facts?.Declaration(name) is { } cases && cases.Contains('|'))
        {
            return [.. cases[(cases.IndexOf('=', StringComparison.Ordinal) + 1)..].Split('|').Select(c => new Completion(c.Trim(), NameKind.Field, $"case of {name}"))];
        }

        FlowType? type = facts?.TypeOf(name);
        type = type is OptionalType optional ? optional.Inner : type;
        return type switch
        {
            RecordType record => [.. record.Fields.Select(f => new Completion(f.Name, NameKind.Field, f.Type.ToString() ?? ""))],
            ListType => [new Completion("length", NameKind.Field, "int")],
            _ when type == FlowType.Text => [new Completion("length", NameKind.Field, "int")],
            _ => [],
        };
    }

    private static IReadOnlyList<Completion> Options(FlowDeclared declared) =>
        [.. OptionTable.Of(declared.Word).Select(o => new Completion(o.Key, NameKind.Field, OptionTable.Example(o.Key, o.Value)))];

    private IReadOnlyList<Completion> Types() =>
    [
        .. FlowType.Basics.Keys.Append("list").Order(StringComparer.Ordinal).Select(t => new Completion(t, NameKind.Type, "type of the language")),
        .. scan.Declared.Where(d => d.Word == "type").Select(d => new Completion(d.Name.Text, NameKind.Type, facts?.Declaration(d.Name.Text) ?? "")),
    ];

    private IEnumerable<Completion> Visible(int offset) =>
        scan.Names.VisibleAt(offset).Select(d => new Completion(
            d.Text, d.Kind, (d.Kind == NameKind.Symbol ? facts?.Declaration(d.Text) : facts?.TypeOf(d.Text)?.ToString()) ?? ""));

    private static IEnumerable<Completion> Functions() => Builtin.All.Values.Select(b => new Completion(b.Name, NameKind.Operation, b.Form));

    private bool AfterAs(int colon) => colon >= 2 && _text.AsSpan(colon - 2, 2).SequenceEqual("as");

    private static Completion Keyword(string word, string detail) => new(word, NameKind.Keyword, detail);
}
