using Antlr4.Runtime;
using Antlr4.Runtime.Misc;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Generated;

namespace Orchestrator.Frontend.Parsing;

/// <summary>Says in the user's words what the parser wanted and what it found.</summary>
internal static class SyntaxMessages
{
    private const int ShownMax = 24;
    private static readonly string[] s_declarations = ["model", "tool", "index", "memory", "type", "workflow", "import"];

    // How each piece is called and written. The innermost rule with an entry is used.
    private static readonly Dictionary<int, (string Name, string Form)> s_forms = new()
    {
        [FlowParser.RULE_file] = ("the file", "model m = \"name\"    tool t = http POST \"https://…\" (x: text) -> text    workflow w(x: text) -> text { … }"),
        [FlowParser.RULE_importDeclaration] = ("an import", "import \"file.flow\""),
        [FlowParser.RULE_modelDeclaration] = ("a model declaration", "model writer = \"provider/model\" { temperature: 0.2 }"),
        [FlowParser.RULE_toolDeclaration] = ("a tool declaration", "tool ticket = http POST \"https://…\" (title: text) -> { id: text } { timeout: 3 s }"),
        [FlowParser.RULE_indexDeclaration] = ("an index declaration", "index kb = folder \"docs/\" { chunk: 400 tokens }"),
        [FlowParser.RULE_memoryDeclaration] = ("a memory declaration", "memory notes: text { keep: 30 days }"),
        [FlowParser.RULE_typeDeclaration] = ("a type declaration", "type Verdict = { ok: bool, why: text }"),
        [FlowParser.RULE_workflowDeclaration] = ("a workflow", "workflow answer(question: text) -> text { … }"),
        [FlowParser.RULE_parameters] = ("the parameters", "(question: text, limit: int = 5)"),
        [FlowParser.RULE_typeReference] = ("a type", "text, list<text>, { a: text, b: int? }"),
        [FlowParser.RULE_optionBlock] = ("the options", "{ timeout: 3 s, idempotent }"),
        [FlowParser.RULE_promiseBlock] = ("a promise", "promise { p95 <= 4 s, first token p95 <= 600 ms, rate 20/s, budget <= $0.01 }"),
        [FlowParser.RULE_promiseItem] = ("a promise", "promise { p95 <= 4 s, first token p95 <= 600 ms, rate 20/s, budget <= $0.01 }"),
        [FlowParser.RULE_conditional] = ("'if'", "if condition { value } else { other }"),
        [FlowParser.RULE_arm] = ("a case of 'match'", "\"billing\" => value"),
        [FlowParser.RULE_pattern] = ("a case of 'match'", "\"billing\" => value"),
        [FlowParser.RULE_argument] = ("a call", "name(value, option: value)"),
        [FlowParser.RULE_modifier] = ("the words after a call", "call(…) within 3 s retry 2 expect 900 in, 250 out"),
        [FlowParser.RULE_entry] = ("a record", "{ a: value, b: value }"),
        [FlowParser.RULE_text] = ("a text", "\"text with {value}\"; for a brace write {{ or }}"),
        [FlowParser.RULE_block] = ("a block", "{ name = value  result }"),
    };

    private static readonly Dictionary<Type, (string Name, string Form)> s_constructs = new()
    {
        [typeof(FlowParser.RaceContext)] = ("'first of'", "first of { a(x), b(x) }"),
        [typeof(FlowParser.GatherContext)] = ("'any … of …'", "any 3 of 5 within 2 s { for p in peers { ask(p) } }"),
        [typeof(FlowParser.BestOfContext)] = ("'best of'", "best of 8 by score { writer(prompt) }"),
        [typeof(FlowParser.CallContext)] = ("a call", "name(value, option: value)"),
        [typeof(FlowParser.MatchOfContext)] = ("'match'", "match kind { \"billing\" => a, else => b }"),
        [typeof(FlowParser.ForEachContext)] = ("'for'", "for x in xs at most 200 { … }"),
        [typeof(FlowParser.RepeatUntilContext)] = ("'repeat'", "repeat draft as t at most 4 times { … until done … }"),
        [typeof(FlowParser.PersonContext)] = ("'human'", "human \"Approve?\" as: Decision within 2 days else Decision.no"),
        [typeof(FlowParser.AttemptContext)] = ("'try'", "try { … } else { … }"),
        [typeof(FlowParser.ListValueContext)] = ("a list", "[a, b, c]"),
        [typeof(FlowParser.GroupContext)] = ("parentheses", "(value)"),
    };

    // What may go on after any value; a list of it would hide what is missing.
    private static readonly HashSet<int> s_continuations =
    [
        FlowLexer.LE, FlowLexer.GE, FlowLexer.EQ, FlowLexer.NE, FlowLexer.LT, FlowLexer.GT, FlowLexer.DEFAULT, FlowLexer.PLUS, FlowLexer.MINUS, FlowLexer.STAR,
        FlowLexer.SLASH, FlowLexer.DOT, FlowLexer.INDEX_OPEN, FlowLexer.CALL, FlowLexer.AND, FlowLexer.OR, FlowLexer.WITHIN, FlowLexer.RETRY, FlowLexer.ON,
        FlowLexer.NEAR, FlowLexer.NEVER, FlowLexer.EXPECT, FlowLexer.SEMI, FlowLexer.QUESTION,
    ];

    /// <summary>The diagnostic for a token that does not fit.</summary>
    public static Diagnostic Describe(SourceText source, Parser parser, IToken found, IToken? before, IntervalSet? expected)
    {
        SourceSpan span = TokenFilter.SpanOf(source, found);
        (string name, string form) = FormOf(parser.Context);
        if (Special(parser, found, before, span, name, form) is { } special)
        {
            return special;
        }

        string wanted = expected is null ? "" : Wanted(expected);
        string message = wanted.Length > 0
            ? $"{wanted} belongs here in {name}, not {Found(found)}"
            : $"{Found(found)} does not fit here in {name}";
        return Diagnostic.Error(FlowCodes.Syntax, message, span, $"write {form}");
    }

    /// <summary>A text short enough for a message.</summary>
    public static string Shorten(string text)
    {
        int end = text.IndexOfAny(['\r', '\n']);
        text = end >= 0 ? text[..end] : text;
        return text.Length > ShownMax ? text[..ShownMax] + "…" : text;
    }

    /// <summary>What to write instead of characters that other languages use.</summary>
    public static string RemedyForCharacters(string text) => text[0] switch
    {
        '\'' => "write text between double quotes: \"…\"",
        '#' => "a comment begins with //",
        '&' => "write 'and'",
        '!' => "write 'not'",
        '$' => "an amount of money is written '$0.01'",
        '`' => "write text between double quotes: \"…\"",
        '\u201c' or '\u201d' or '\u2018' or '\u2019' => "write straight double quotes: \"…\"",
        _ => "remove it, or put it between double quotes if it is text",
    };

    private static Diagnostic? Special(Parser parser, IToken found, IToken? before, SourceSpan span, string name, string form)
    {
        if (before is { Type: FlowLexer.NUMBER } && found.Type == FlowLexer.NAME && before.Line == found.Line)
        {
            string remedy = NearestName.Suggest(found.Text, Units.Words) ?? "the units are tokens, ms, s, min, h, days, KB, MB, GB, %, /s and $ before the number";
            return Diagnostic.Error(FlowCodes.WrongUnit, $"'{found.Text}' is not a unit", span, remedy);
        }

        if (found.Type == FlowLexer.ASSIGN && before is not null && Inside(parser.Context, FlowParser.RULE_conditional, FlowParser.RULE_statement))
        {
            return Diagnostic.Error(FlowCodes.Syntax, "'=' gives a value a name; it does not compare", span, "compare with '=='");
        }

        if (found.Type == TokenConstants.EOF)
        {
            return Diagnostic.Error(FlowCodes.Syntax, $"the file ends inside {name}", span, $"write {form}");
        }

        if (parser.Context is FlowParser.FileContext)
        {
            string remedy = NearestName.Suggest(found.Text, s_declarations) ?? "a file holds declarations: model, tool, index, memory, type, workflow, import";
            return Diagnostic.Error(FlowCodes.Syntax, $"no declaration begins with {Found(found)}", span, remedy);
        }

        if (found.Type == FlowLexer.COLON && parser.Context is FlowParser.CodeBlockContext or FlowParser.StatementContext)
        {
            return Diagnostic.Error(FlowCodes.Syntax, "':' does not fit here in a block", span, "give a value a name with 'name = value'; write a record as '{ a: x, b: y }'");
        }

        return null;
    }

    private static bool Inside(RuleContext? context, int rule, int stop)
    {
        for (; context is not null && context.RuleIndex != stop; context = context.Parent)
        {
            if (context.RuleIndex == rule)
            {
                return true;
            }
        }

        return false;
    }

    private static (string Name, string Form) FormOf(RuleContext? context)
    {
        for (; context is not null; context = context.Parent)
        {
            if (s_constructs.TryGetValue(context.GetType(), out (string, string) construct))
            {
                return construct;
            }

            if (s_forms.TryGetValue(context.RuleIndex, out (string, string) form))
            {
                return form;
            }
        }

        return s_forms[FlowParser.RULE_file];
    }

    private static string Found(IToken token) => token.Type switch
    {
        TokenConstants.EOF => "the end of the file",
        FlowLexer.CHUNK => "text",
        FlowLexer.TEXT_OPEN or FlowLexer.TRIPLE_OPEN => "a text",
        FlowLexer.TEXT_CLOSE => "the end of the text",
        _ => $"'{Shorten(token.Text)}'" + (IsKeyword(token.Type) ? " (a word of the language)" : ""),
    };

    private static bool IsKeyword(int type) => type is >= FlowLexer.IMPORT and <= FlowLexer.NOT;

    private static string Wanted(IntervalSet expected)
    {
        var types = expected.ToList().Where(t => !s_continuations.Contains(t)).ToHashSet();
        if (types.Contains(FlowLexer.NUMBER) && types.Contains(FlowLexer.LBRACKET))
        {
            return types.Contains(FlowLexer.RBRACE) ? "a value or '}'" : types.Contains(FlowLexer.RPAREN) ? "a value or ')'" : "a value";
        }

        var words = new List<string>();
        if (types.Contains(FlowLexer.NAME))
        {
            words.Add("a name");
        }

        if (types.Contains(FlowLexer.NUMBER))
        {
            words.Add("a number");
        }

        if (types.Contains(FlowLexer.TEXT_OPEN))
        {
            words.Add("a text in quotes");
        }

        foreach (int type in types.Order())
        {
            bool isWord = type is >= FlowLexer.IMPORT and <= FlowLexer.OUT;
            if ((isWord && types.Contains(FlowLexer.NAME)) || FlowParser.DefaultVocabulary.GetLiteralName(type) is not { } literal
                || type is FlowLexer.TRIPLE_OPEN or FlowLexer.TEXT_OPEN)
            {
                continue;
            }

            words.Add(literal);
        }

        return words.Count is 0 or > 5 ? "" : words.Count == 1 ? words[0] : string.Join(", ", words[..^1]) + " or " + words[^1];
    }
}
