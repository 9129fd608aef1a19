using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// pipeline = entry (',' entry)* ; entry = pass ('{' (name '=' value)* '}')? | op-name '(' pipeline? ')'
internal sealed class PipelineParser(SourceText source, PassRegistry registry, DiagnosticBag diagnostics)
{
    private const int DepthMax = 32;

    private readonly string _text = source.Text;
    private int _at;
    private bool _failed;

    public PassPipeline? Parse()
    {
        var top = new List<PassPipeline.Entry>();
        var open = new Stack<(List<PassPipeline.Entry> Entries, SourceSpan Span)>();
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

    private PassPipeline? Finish(List<PassPipeline.Entry> top, Stack<(List<PassPipeline.Entry> Entries, SourceSpan Span)> open, bool entryNeeded)
    {
        if (open.TryPeek(out (List<PassPipeline.Entry> Entries, SourceSpan Span) unclosed))
        {
            Report(Diagnostic.Error(IRCodes.PipelineSyntax, "the pipeline ends before ')'", Span(_text.Length, 0), "close it with ')'")
                .WithNote("it is opened here", unclosed.Span));
        }
        else if (entryNeeded && top.Count > 0)
        {
            Error(IRCodes.PipelineSyntax, "the pipeline ends after ','", _text.Length, 0, "name a pass, or remove the ','");
        }

        return _failed ? null : new PassPipeline(top);
    }

    // A pass, or the head of an anchor; false when reading cannot go on.
    private bool ParseEntry(ref List<PassPipeline.Entry> current, Stack<(List<PassPipeline.Entry> Entries, SourceSpan Span)> open, ref bool entryNeeded)
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
            open.Push((current, span));
            current = anchor.Inside;
            entryNeeded = true;
            _at++;
            return true;
        }

        entryNeeded = false;
        PassInfo? info = registry.Find(name);
        Pass? pass = info?.Create();
        if (info is null)
        {
            string remedy = NearestName.Suggest(name, registry.Passes.Select(p => p.Name))
                ?? $"there are {string.Join(", ", registry.Passes.Select(p => p.Name))}";
            Error(IRCodes.UnknownPass, $"there is no pass '{name}'", start, name.Length, remedy);
        }

        if (At == '{' && !ParseOptions(info, pass))
        {
            return false;
        }

        current.Add(new PassPipeline.Entry(span, info, pass, ""));
        return true;
    }

    private bool ParseOptions(PassInfo? info, Pass? pass)
    {
        int open = _at++;
        Blanks();
        while (At != '}')
        {
            int start = _at;
            string name = Word();
            Blanks();
            if (name.Length == 0 || At != '=')
            {
                bool ended = _at >= _text.Length;
                Error(IRCodes.PipelineSyntax, ended ? "the options end before '}'" : "an option is name=value", ended ? open : start, Math.Max(1, name.Length),
                    ended ? "close them with '}'" : "write name=value, separated by spaces");
                return false;
            }

            _at++;
            int valueStart = _at;
            if (Value() is not { } value)
            {
                Error(IRCodes.PipelineSyntax, "the quoted value does not end", valueStart, 1, "close it with '\"'");
                return false;
            }

            Set(info, pass, name, start, value, valueStart);
            Blanks();
        }

        _at++;
        return true;
    }

    private void Set(PassInfo? info, Pass? pass, string name, int start, string value, int valueStart)
    {
        if (info is null || pass is null)
        {
            return;
        }

        PassOptionInfo? option = info.Options.FirstOrDefault(o => o.Name == name);
        if (option is null)
        {
            string remedy = NearestName.Suggest(name, info.Options.Select(o => o.Name))
                ?? (info.Options.IsEmpty ? "it has no options" : $"it has {string.Join(", ", info.Options.Select(o => o.Name))}");
            Error(IRCodes.UnknownOption, $"pass '{info.Name}' has no option '{name}'", start, name.Length, remedy);
        }
        else if (!option.TrySet(pass, value))
        {
            Error(IRCodes.OptionValue, $"option '{name}' of '{info.Name}' takes a {option.Kind}, found '{value}'", valueStart, Math.Max(1, _at - valueStart),
                $"write a {option.Kind}");
        }
    }

    // A value up to the next blank or '}', or quoted; null when the quotes do not end.
    private string? Value()
    {
        int start = _at;
        if (At != '"')
        {
            while (_at < _text.Length && !char.IsWhiteSpace(At) && At is not '}')
            {
                _at++;
            }

            return _text[start.._at];
        }

        int end = _text.IndexOf('"', start + 1);
        if (end < 0)
        {
            return null;
        }

        _at = end + 1;
        return _text[(start + 1)..end];
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
