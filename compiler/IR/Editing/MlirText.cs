using Orchestrator.Diagnostics;

namespace Orchestrator.IR.Editing;

/// <summary>IR text that questions can be asked about.</summary>
internal sealed class MlirText(SourceText source, MlirScan scan, Context context, PassRegistry passes) : IEditedText
{
    private const int LongestSnippet = 400;
    private readonly string _text = source.Text;

    public SourceText Source => source;

    public NameIndex Names => scan.Names;

    public string? Format() => null;

    public HoverText? Hover(int offset)
    {
        MlirOp? op = scan.Ops.Find(o => offset >= o.NameStart && offset <= o.NameStart + o.Name.Length);
        if (op is not null)
        {
            return new HoverText(OpText(op.Name), new SourceSpan(source, op.NameStart, op.Name.Length));
        }

        if (Names.At(offset) is not { } use)
        {
            return null;
        }

        SourceSpan span = NameIndex.SpanOf(source, use);
        if (Names.DefinitionAt(offset) is not { } definition)
        {
            return new HoverText($"`{use.Text}` is not defined here", span);
        }

        string text = definition.Kind == NameKind.Value ? ValueText(definition) : $"`{definition.Text}`\n\n{Fenced(LineAt(definition.Start))}";
        int others = Names.ReferencesAt(offset).Count(u => !u.IsDefinition);
        return new HoverText($"{text}\n\nused {others} {(others == 1 ? "time" : "times")}", span);
    }

    public IReadOnlyList<Completion> Complete(int offset) => new MlirCompletion(source, scan, context, passes).At(Math.Clamp(offset, 0, _text.Length));

    public IReadOnlyList<OutlineItem> Outline()
    {
        // Built from the end, so that the children of an operation are there before it is; only operations with symbols are shown.
        var children = new Dictionary<MlirOp, List<OutlineItem>>(ReferenceEqualityComparer.Instance);
        var roots = new List<OutlineItem>();
        foreach (MlirOp op in scan.Ops.AsEnumerable().Reverse())
        {
            if (op.Symbol is not { } symbol)
            {
                continue;
            }

            List<OutlineItem> inside = children.GetValueOrDefault(op) ?? [];
            var item = new OutlineItem(symbol.Text, op.Name, NameKind.Symbol, NameIndex.SpanOf(source, symbol), new SourceSpan(source, op.Start, Math.Max(op.End, symbol.End) - op.Start), inside);
            MlirOp? parent = op.Parent;
            while (parent is { Symbol: null })
            {
                parent = parent.Parent;
            }

            List<OutlineItem> siblings = roots;
            if (parent is not null && !children.TryGetValue(parent, out siblings!)) // Set on the next line when it was not there.
            {
                children.Add(parent, siblings = []);
            }

            siblings.Insert(0, item);
        }

        return roots;
    }

    private string OpText(string name)
    {
        if (context.Name(name).Info is { } info)
        {
            return OpMarkdown.Of(info);
        }

        string? nearest = NearestName.Suggest(name, context.RegisteredOperations);
        return $"**{name}**\n\nnot declared by any dialect that is known here; it is kept as it is{(nearest is null ? "" : $" ({nearest})")}";
    }

    private string ValueText(NameUse definition)
    {
        MlirOp? op = scan.Ops.Find(o => o.Results.Exists(r => r.Name == definition.Text) && definition.Start >= o.Start && definition.Start < o.NameStart);
        if (op is null)
        {
            int colon = definition.End;
            string type = colon < _text.Length && _text[colon] == ':' ? Piece(colon + 1) : "";
            return type.Length > 0 ? $"`{definition.Text} : {type}`\n\nargument" : $"`{definition.Text}`\n\n{Fenced(LineAt(definition.Start))}";
        }

        return $"`{definition.Text}{TypeOf(op, definition.Text)}`\n\n{Fenced(Shorten(_text[op.Start..Math.Max(op.End, op.NameStart)]))}";
    }

    // The types of a result: those of a function type's right side, or what a custom form ends with.
    private string TypeOf(MlirOp op, string result)
    {
        if (op.TypeStart < 0 || op.TypeStart > op.End)
        {
            return "";
        }

        string type = _text[op.TypeStart..op.End].Trim();
        int arrow = LastArrow(type);
        string right = arrow < 0 ? type : type[(arrow + 2)..].Trim();
        List<string> parts = Split(right.StartsWith('(') && right.EndsWith(')') ? right[1..^1] : right);
        int first = op.Results.TakeWhile(r => r.Name != result).Sum(r => r.Count);
        int count = op.Results.Find(r => r.Name == result).Count;
        return " : " + string.Join(", ", parts.Skip(first).Take(Math.Max(1, count)));
    }

    private static int LastArrow(string type)
    {
        int depth = 0;
        for (int i = 0; i + 1 < type.Length; i++)
        {
            depth += type[i] is '(' or '<' or '[' ? 1 : type[i] is ')' or ']' || (type[i] == '>' && i > 0 && type[i - 1] != '-') ? -1 : 0;
            if (depth == 0 && type[i] == '-' && type[i + 1] == '>')
            {
                return i;
            }
        }

        return -1;
    }

    // At the commas outside brackets.
    private static List<string> Split(string types)
    {
        var parts = new List<string>();
        int depth = 0;
        int start = 0;
        for (int i = 0; i <= types.Length; i++)
        {
            char c = i < types.Length ? types[i] : ',';
            depth += c is '(' or '<' or '[' ? 1 : c is ')' or ']' or '>' && !(c == '>' && i > 0 && types[i - 1] == '-') ? -1 : 0;
            if (c == ',' && (depth == 0 || i == types.Length))
            {
                parts.Add(types[start..i].Trim());
                start = i + 1;
            }
        }

        return parts;
    }

    private string Piece(int start)
    {
        string rest = LineAt(start)[(source.Locate(start).Column - 1)..];
        string first = Split(rest)[0];
        int depth = 0;
        for (int i = 0; i < first.Length; i++)
        {
            depth += first[i] is '(' or '<' ? 1 : first[i] is ')' or '>' ? -1 : 0;
            if (depth < 0)
            {
                return first[..i].Trim();
            }
        }

        return first.Trim();
    }

    private string LineAt(int offset) => source.Line(source.Locate(offset).Line);

    private static string Shorten(string text) => text.Length <= LongestSnippet ? text : text[..LongestSnippet] + " …";

    private static string Fenced(string text) => $"```mlir\n{Shorten(text.Trim())}\n```";
}
