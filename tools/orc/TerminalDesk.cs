using Orchestrator.Targets.Human;

namespace Orchestrator.Cli;

/// <summary>Asks the person at the terminal; nobody is there when input or errors go elsewhere.</summary>
internal sealed class TerminalDesk : IHumanDesk
{
    /// <summary>Whether somebody can read a question and type an answer.</summary>
    public static bool IsThere => !Console.IsInputRedirected && !Console.IsErrorRedirected;

    /// <inheritdoc/>
    public async ValueTask<string?> AskAsync(HumanQuestion question, CancellationToken cancellationToken)
    {
        if (!IsThere)
        {
            return null;
        }

        Terminal.Error.WriteLine();
        Terminal.Error.WriteLine(question.Prompt);
        if (question.Problem is { Length: > 0 } problem)
        {
            Terminal.Error.WriteLine("  that did not fit: " + problem);
        }

        Terminal.Error.WriteLine($"  type {question.Type}, then an empty line:");
        var answer = new System.Text.StringBuilder();
        while (await Console.In.ReadLineAsync(cancellationToken) is { Length: > 0 } line)
        {
            answer.AppendLine(line);
        }

        return answer.Length == 0 ? null : answer.ToString();
    }
}
