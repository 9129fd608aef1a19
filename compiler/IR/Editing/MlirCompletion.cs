using Orchestrator.Diagnostics;

namespace Orchestrator.IR.Editing;

/// <summary>Proposes what may be written in IR text, by the characters before the place.</summary>
internal sealed class MlirCompletion(SourceText source, MlirScan scan, Context context, PassRegistry passes)
{
    private const int MostValues = 500;
    private static readonly string[] Builtin = ["i1", "i8", "i16", "i32", "i64", "index", "f16", "bf16", "f32", "f64", "none", "tensor<>", "vector<>", "memref<>", "tuple<>", "complex<>"];
    private readonly string _text = source.Text;

    public IReadOnlyList<Completion> At(int offset)
    {
        int start = offset;
        while (start > 0 && (char.IsAsciiLetterOrDigit(_text[start - 1]) || _text[start - 1] is '_' or '.' or '$' or '-'))
        {
            start--;
        }

        (int line, int column) = source.Locate(start);
        string before = source.Line(line)[..Math.Min(column - 1, source.Line(line).Length)];
        if (before.Contains("//", StringComparison.Ordinal) && (before.Contains("RUN:", StringComparison.Ordinal) || before.Contains("pipeline:", StringComparison.Ordinal)))
        {
            return [.. passes.Passes.Select(p => new Completion(p.Name, NameKind.Pass, p.Summary))];
        }

        char prefix = start > 0 ? _text[start - 1] : '\n';
        return prefix switch
        {
            '%' => Visible(offset, NameKind.Value, 1),
            '^' => Visible(offset, NameKind.Block, 1),
            '@' => Visible(offset, NameKind.Symbol, 0),
            '!' => [.. Visible(offset, NameKind.Type, 1), .. context.Dialects.SelectMany(d => d.TypeNames.Select(t => new Completion($"{d.Name}.{t}", NameKind.Type, $"type of {d.Name}")))],
            '#' => [.. Visible(offset, NameKind.AttributeAlias, 1), .. context.Dialects.SelectMany(d => d.AttrNames.Select(t => new Completion($"{d.Name}.{t}", NameKind.Field, $"attribute of {d.Name}")))],
            '"' when StartsOperation(before[..^1]) => Operations(quoted: false),
            _ when OpOfBraces(start) is { } op => Attributes(op),
            _ when StartsOperation(before) => Operations(quoted: true),
            _ => [.. Builtin.Select(t => new Completion(t, NameKind.Type, "builtin type"))],
        };
    }

    private static bool StartsOperation(string before)
    {
        string trimmed = before.TrimEnd();
        return trimmed.Length == 0 || trimmed[^1] is '=' or '{';
    }

    private IReadOnlyList<Completion> Visible(int offset, NameKind kind, int prefix) =>
        [.. scan.Names.VisibleAt(offset).Where(d => d.Kind == kind).Take(MostValues)
            .Select(d => new Completion(d.Text[prefix..], kind, source.Line(source.Locate(d.Start).Line).Trim()))];

    private IReadOnlyList<Completion> Operations(bool quoted) =>
        [.. context.RegisteredOperations.Order(StringComparer.Ordinal)
            .Select(name => new Completion(quoted ? $"\"{name}\"" : name, NameKind.Operation, context.Name(name).Info?.Summary ?? ""))];

    private static IReadOnlyList<Completion> Attributes(OpInfo op) =>
        [.. op.Shape.Attributes.Select(a => new Completion(a.Name, NameKind.Field, $"{OpMarkdown.Kind(a.Bases, a.Kind)}{(a.IsRequired ? ", required" : "")}"))];

    // The operation in whose attribute braces a key may stand here: after '{' or ',', which opened by '<{' or stands after the operation.
    private OpInfo? OpOfBraces(int start)
    {
        int at = start - 1;
        while (at >= 0 && char.IsWhiteSpace(_text[at]))
        {
            at--;
        }

        if (at < 0 || _text[at] is not ('{' or ','))
        {
            return null;
        }

        int depth = 0;
        for (; at > 0; at--)
        {
            depth += _text[at] is '}' or ']' or ')' ? 1 : _text[at] is '{' or '[' or '(' ? -1 : 0;
            if (depth < 0)
            {
                break;
            }
        }

        if (at <= 0 || _text[at] != '{' || _text[at - 1] == '(')
        {
            return null;
        }

        MlirOp? op = scan.Ops.FindLast(o => o.NameStart < at);
        return op is null ? null : context.Name(op.Name).Info;
    }
}
