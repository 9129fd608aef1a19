using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

// What stands between braces behind the name of a pass.
internal sealed partial class PipelineParser
{
    private bool ParseOptions(PassInfo? info, Pass? pass)
    {
        int open = _at++;
        Blanks();
        while (At != '}')
        {
            int start = _at;
            string name = Word();
            Blanks();
            bool isFlag = info?.Options.Any(o => o.Name == name && o.Kind == "bool") == true && At != '=';
            if (isFlag)
            {
                Set(info, pass, name, start, "true", start);
                continue;
            }

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
                char close = _text[valueStart] is '"' or '\'' ? _text[valueStart] : _text[valueStart] == '{' ? '}' : ')';
                Error(IRCodes.PipelineSyntax, "the value does not end", valueStart, 1, $"close it with '{close}'");
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
            string kind = $"{(option.Kind[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an" : "a")} {option.Kind}";
            string remedy = option.Choices.IsEmpty ? $"write {kind}"
                : NearestName.Suggest(value, option.Choices) ?? $"write one of {string.Join(", ", option.Choices)}";
            Error(IRCodes.OptionValue, $"option '{name}' of '{info.Name}' takes {kind}, found '{value}'", valueStart, Math.Max(1, _at - valueStart), remedy);
        }
    }

    // A value up to the next blank or '}' outside braces, parentheses and quotes, without the quotes or braces around all of it; null when
    // one of these does not end.
    private string? Value()
    {
        int start = _at;
        int depth = 0;
        for (; _at < _text.Length; _at++)
        {
            char c = At;
            if (depth == 0 && (char.IsWhiteSpace(c) || c == '}'))
            {
                break;
            }

            if (c is '"' or '\'')
            {
                int end = _text.IndexOf(c, _at + 1);
                if (end < 0)
                {
                    return null;
                }

                _at = end;
            }
            else
            {
                depth = Math.Max(0, depth + (c is '{' or '(' or '[' ? 1 : c is '}' or ')' or ']' ? -1 : 0));
            }
        }

        string value = _text[start.._at];
        return depth > 0 ? null : IsWrapped(value) ? value[1..^1] : value;
    }

    // Whether quotes or braces begin at the first character and end at the last, not before.
    private static bool IsWrapped(string value)
    {
        if (value.Length < 2)
        {
            return false;
        }

        if (value[0] is '"' or '\'')
        {
            return value.IndexOf(value[0], 1) == value.Length - 1;
        }

        int depth = 0;
        for (int i = 0; i < value.Length && value[0] == '{'; i++)
        {
            depth += value[i] == '{' ? 1 : value[i] == '}' ? -1 : 0;
            if (depth == 0)
            {
                return i == value.Length - 1;
            }
        }

        return false;
    }
}
