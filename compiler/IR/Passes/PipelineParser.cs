using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// pipeline = entry (',' entry)* ; entry = pass options? | op-name '(' pipeline? ')' ; options = '{' (name ('=' value)?)* '}'
internal sealed partial class PipelineParser(SourceText source, PassRegistry registry, DiagnosticBag diagnostics)
{
    private const int DepthMax = 32;

    private readonly string _text = source.Text;
    private int _at;
    private bool _failed;

    public PassPipeline? Parse()
    {
        var top = new List<PassPipeline.Entry>();
        var open = new Stack<(List<PassPipeline.Entry> Entries, PassPipeline.Entry Anchor)>();
        List<PassPipeline.Entry> current = top;
        bool entryNeeded = true;
        Blanks();
        while (_at < _text.Length)
        {
            char c = _text[_at];
            if (c == ')')
            {
                if (open.Count == 0 || (entryNeeded && current.Count > 0))
                {
                    Error(IRCodes.PipelineSyntax, open.Count == 0 ? "')' closes nothing" : "a pass is missing before ')'", _at, 1,
                        open.Count == 0 ? "remove it" : "name a pass, or remove the ','");
                    return null;
                }

                current = open.Pop().Entries;
                entryNeeded = false;
                _at++;
            }
            else if (c == ',')
            {
                if (entryNeeded)
                {
                    Error(IRCodes.PipelineSyntax, "a pass is missing before ','", _at, 1, "name a pass, or remove the ','");
                    return null;
                }

                entryNeeded = true;
                _at++;
            }
            else if (!entryNeeded)
            {
                Error(IRCodes.PipelineSyntax, $"expected ',' or ')', found '{c}'", _at, 1, "separate passes by ','");
                return null;
            }
            else if (!ParseEntry(ref current, open, ref entryNeeded))
            {
                return null;
            }

            Blanks();
        }

        return Finish(top, open, entryNeeded);
    }

    private PassPipeline? Finish(List<PassPipeline.Entry> top, Stack<(List<PassPipeline.Entry> Entries, PassPipeline.Entry Anchor)> open, bool entryNeeded)
    {
        if (open.TryPeek(out (List<PassPipeline.Entry> Entries, PassPipeline.Entry Anchor) unclosed))
        {
            Report(Diagnostic.Error(IRCodes.PipelineSyntax, "the pipeline ends before ')'", Span(_text.Length, 0), "close it with ')'")
                .WithNote("it is opened here", unclosed.Anchor.Span));
        }
        else if (entryNeeded && top.Count > 0)
        {
            Error(IRCodes.PipelineSyntax, "the pipeline ends after ','", _text.Length, 0, "name a pass, or remove the ','");
        }

        if (_failed)
        {
            return null;
        }

        var pipeline = new PassPipeline(top);
        return PipelineOrder.Check(pipeline, registry, diagnostics) ? pipeline : null;
    }

    // A pass, or the head of an anchor; false when reading cannot go on.
    private bool ParseEntry(ref List<PassPipeline.Entry> current, Stack<(List<PassPipeline.Entry> Entries, PassPipeline.Entry Anchor)> open, ref bool entryNeeded)
    {
        int start = _at;
        string name = Word();
        if (name.Length == 0)
        {
            Error(IRCodes.PipelineSyntax, $"expected the name of a pass, found '{_text[_at]}'", _at, 1, "write passes as a,b{option=1},op.name(c)");
            return false;
        }

        SourceSpan span = Span(start, name.Length);
        Blanks();
        if (At == '(')
        {
            if (open.Count >= DepthMax)
            {
                Error(IRCodes.TooDeep, $"anchors nest more than {DepthMax} deep", start, name.Length, "nest them less");
                return false;
            }

            var anchor = new PassPipeline.Entry(span, null, null, name);
            current.Add(anchor);
            open.Push((current, anchor));
            current = anchor.Inside;
            entryNeeded = true;
            _at++;
            return true;
        }

        entryNeeded = false;
        return ParsePass(current, open.TryPeek(out (List<PassPipeline.Entry> Entries, PassPipeline.Entry Anchor) around) ? around.Anchor.Anchor : "", name, span);
    }

    // A pass with its options, inside an anchor or, when that is empty, at the top.
    private bool ParsePass(List<PassPipeline.Entry> current, string anchor, string name, SourceSpan span)
    {
        PassInfo? info = registry.Find(name);
        Pass? pass = info?.Create();
        if (info is null)
        {
            string remedy = NearestName.Suggest(name, registry.Passes.Select(p => p.Name))
                ?? $"there are {string.Join(", ", registry.Passes.Select(p => p.Name))}";
            Error(IRCodes.UnknownPass, $"there is no pass '{name}'", span.Start, name.Length, remedy);
        }
        else if (info.Anchor.Length > 0 && anchor.Length > 0 && anchor != PassPipeline.Any && info.Anchor != anchor)
        {
            Error(IRCodes.WrongAnchor, $"pass '{name}' runs on '{info.Anchor}', not on '{anchor}'", span.Start, name.Length, $"write {info.Anchor}({name})");
        }

        if (At == '{' && !ParseOptions(info, pass))
        {
            return false;
        }

        current.Add(new PassPipeline.Entry(span, info, pass, ""));
        return true;
    }

    private string Word()
    {
        int start = _at;
        while (char.IsAsciiLetterOrDigit(At) || At is '_' or '-' or '.' or '$')
        {
            _at++;
        }

        return _text[start.._at];
    }

    private char At => _at < _text.Length ? _text[_at] : '\0';

    private void Blanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(At))
        {
            _at++;
        }
    }

    private SourceSpan Span(int start, int length) => new(source, start, length);

    private void Error(string code, string message, int start, int length, string remedy) =>
        Report(Diagnostic.Error(code, message, Span(start, length), remedy));

    private void Report(Diagnostic diagnostic)
    {
        _failed = true;
        diagnostics.Add(diagnostic);
    }
}
