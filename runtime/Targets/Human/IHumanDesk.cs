namespace Orchestrator.Targets.Human;

/// <summary>A question to a person.</summary>
/// <param name="Id">Number of the question in its queue.</param>
/// <param name="Step">The step that asks.</param>
/// <param name="Prompt">The question.</param>
/// <param name="Type">The type of the answer in Flow's notation.</param>
/// <param name="AskedAt">When.</param>
/// <param name="Problem">What was wrong with the last answer; empty the first time.</param>
public sealed record HumanQuestion(long Id, string Step, string Prompt, string Type, DateTimeOffset AskedAt, string Problem);

/// <summary>Where a person sits: a terminal, a chat, a page.</summary>
public interface IHumanDesk
{
    /// <summary>
    /// Shows a question and gives the answer: text; JSON or <c>key=value</c> lines for records. Null when nobody is there. One question at a time.
    /// </summary>
    ValueTask<string?> AskAsync(HumanQuestion question, CancellationToken cancellationToken);
}
