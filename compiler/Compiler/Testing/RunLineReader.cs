using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Orchestrator.IR.Testing;

namespace Orchestrator.Compiler.Testing;

/// <summary>
/// Reads <c>RUN:</c> lines. They look like a shell's and are none: <c>[not] orc opt %s FLAGS [2&gt;&amp;1] [| filecheck %s FLAGS]</c>, with
/// <c>mlir-opt</c> and <c>FileCheck</c> as other names; a line that ends in a backslash goes on in the next.
/// </summary>
internal sealed partial class RunLineReader(SourceText source, PassRegistry passes, DiagnosticBag diagnostics)
{
    private const string Form = "write // RUN: orc opt %s -p pass,pass | filecheck %s";

    /// <summary>The runs of the file, in order; those that cannot be read were reported.</summary>
    public IReadOnlyList<RunLine> Read()
    {
        var runs = new List<RunLine>();
        var command = new StringBuilder();
        int start = -1;
        int end = 0;
        foreach (Match match in Line().Matches(source.Text))
        {
            Group text = match.Groups["text"];
            start = start < 0 ? text.Index : start;
            string part = text.Value.TrimEnd();
            bool goesOn = part.EndsWith('\\');
            command.Append(goesOn ? part[..^1] : part).Append(' ');
            end = text.Index + part.Length;
            if (!goesOn)
            {
                Add(runs, command.ToString(), new SourceSpan(source, start, end - start));
                command.Clear();
                start = -1;
            }
        }

        if (start >= 0)
        {
            Fail(TestCodes.RunSyntax, "the last RUN line ends in a backslash and nothing follows", new SourceSpan(source, start, end - start), "end it, or go on with another RUN line");
        }

        return runs;
    }

    private void Add(List<RunLine> runs, string command, SourceSpan span)
    {
        if (Words(command, span) is not { } words)
        {
            return;
        }

        int pipe = words.IndexOf("|");
        List<string> producer = pipe < 0 ? words : words[..pipe];
        List<string>? checker = pipe < 0 ? null : words[(pipe + 1)..];
        bool mustFail = producer.Remove("not");
        bool errors = producer.Remove("2>&1");
        int program = producer.Count > 1 && producer[0] == "orc" && producer[1] is "opt" or "check" ? 2 : producer.Count > 0 && producer[0] is "mlir-opt" or "orc-opt" ? 1 : 0;
        if (program == 0)
        {
            Fail(TestCodes.RunFlag, $"'{producer.FirstOrDefault() ?? ""}' is not run here; only orc opt is, in this process", span, Form);
            return;
        }

        producer.Remove("<");
        if (!producer.Remove("%s"))
        {
            Fail(TestCodes.RunSyntax, "the run does not read the file itself, %s", span, Form);
            return;
        }

        if (new RunFlags(passes).Opt(producer[program..], out string? problem) is not { } options)
        {
            Fail(TestCodes.RunFlag, problem ?? "unknown flag", span, "the flags are those of orc opt that change what is printed");
            return;
        }

        CheckOptions? check = null;
        if (checker is not null && (checker.Count == 0 || checker[0] is not ("filecheck" or "FileCheck")))
        {
            Fail(TestCodes.RunFlag, $"'{checker.FirstOrDefault() ?? ""}' cannot follow '|'; only filecheck can", span, Form);
            return;
        }

        if (checker is not null && (check = RunFlags.FileCheck(checker[1..], out problem)) is null)
        {
            Fail(TestCodes.RunFlag, problem ?? "unknown flag", span, "the flags are those of FileCheck that change what matches");
            return;
        }

        runs.Add(new RunLine(options, check, mustFail, errors, span));
    }

    // Words at blanks, with quotes and backslashes as in a shell; a bar is a word of its own. Nothing is expanded.
    private List<string>? Words(string command, SourceSpan span)
    {
        var words = new List<string>();
        var word = new StringBuilder();
        bool inWord = false;
        char quote = '\0';
        for (int i = 0; i < command.Length; i++)
        {
            char c = command[i];
            if (quote != '\0')
            {
                if (c == quote)
                {
                    quote = '\0';
                    continue;
                }

                word.Append(c == '\\' && quote == '"' && i + 1 < command.Length ? command[++i] : c);
            }
            else if (c is '\'' or '"')
            {
                (quote, inWord) = (c, true);
            }
            else if (char.IsWhiteSpace(c) || c == '|')
            {
                Flush();
                if (c == '|')
                {
                    words.Add("|");
                }
            }
            else
            {
                word.Append(c == '\\' && i + 1 < command.Length ? command[++i] : c);
                inWord = true;
            }
        }

        if (quote != '\0')
        {
            Fail(TestCodes.RunSyntax, $"the quote {quote} is not closed", span, "close it on the same line");
            return null;
        }

        Flush();
        return words;

        void Flush()
        {
            if (inWord)
            {
                words.Add(word.ToString());
            }

            word.Clear();
            inWord = false;
        }
    }

    private void Fail(string code, string message, SourceSpan span, string remedy) => diagnostics.Error(code, message, span, remedy);

    [GeneratedRegex(@"^[^\n]*?\bRUN:(?<text>[^\n]*)", RegexOptions.Multiline)]
    private static partial Regex Line();
}
