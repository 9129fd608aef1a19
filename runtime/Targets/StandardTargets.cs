using Orchestrator.Runtime;
using Orchestrator.Targets.Http;
using Orchestrator.Targets.Human;
using Orchestrator.Targets.OpenAI;
using Orchestrator.Targets.Process;

namespace Orchestrator.Targets;

/// <summary>The targets that need no plan of their own: programs, HTTP services, model endpoints, people.</summary>
public static class StandardTargets
{
    /// <summary>A set with one of each; add others with <see cref="TargetSet.With(ITarget)"/>. The set owns them.</summary>
    /// <param name="people">Who answers questions; null leaves them in a queue that nobody sees.</param>
    public static TargetSet Create(HumanTarget? people = null) => TargetSet.Empty
        .With(new ProcessTarget())
        .With(new HttpTarget())
        .With(new OpenAITarget())
        .With(people ?? new HumanTarget());
}
