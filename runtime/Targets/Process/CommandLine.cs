using System.Collections.Immutable;
using System.Text;

namespace Orchestrator.Targets.Process;

/// <summary>Splits a command into words as a shell would, without a shell: spaces separate, quotes and backslashes keep together, nothing is expanded.</summary>
public static class CommandLine
{
    /// <summary>The words; null when a quote is not closed.</summary>
    public static ImmutableArray<string>? Split(string command)
    {
        ImmutableArray<string>.Builder words = ImmutableArray.CreateBuilder<string>();
        var word = new StringBuilder();
        bool inWord = false;
        char quote = '\0';
        for (int i = 0; i < command.Length; i++)
        {
            char c = command[i];
            if (c == '\\' && quote != '\'' && i + 1 < command.Length)
            {
                word.Append(command[++i]);
                inWord = true;
            }
            else if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                }
                else
                {
                    word.Append(c);
                }
            }
            else if (c is '"' or '\'')
            {
                (quote, inWord) = (c, true);
            }
            else if (!char.IsWhiteSpace(c))
            {
                word.Append(c);
                inWord = true;
            }
            else if (inWord)
            {
                words.Add(word.ToString());
                word.Clear();
                inWord = false;
            }
        }

        if (inWord)
        {
            words.Add(word.ToString());
        }

        return quote == '\0' ? words.ToImmutable() : null;
    }

    /// <summary>Where a program is: a path relative to the directory when it holds a slash, else the first hit on <c>PATH</c>; null when it is nowhere.</summary>
    public static string? FindProgram(string program, string directory, string? path)
    {
        if (program.Contains('/', StringComparison.Ordinal))
        {
            string at = Path.Combine(directory, program);
            return File.Exists(at) ? at : null;
        }

        foreach (string folder in (path ?? "").Split(':', StringSplitOptions.RemoveEmptyEntries))
        {
            string at = Path.Combine(folder, program);
            if (File.Exists(at))
            {
                return at;
            }
        }

        return null;
    }
}
