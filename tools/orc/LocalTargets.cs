using Orchestrator.Runtime;
using Orchestrator.Targets.Human;

namespace Orchestrator.Cli;

/// <summary>What this machine executes steps with.</summary>
internal static class LocalTargets
{
    /// <summary>Every target that this program has, found by its attribute.</summary>
    public static TargetSet All()
    {
        TargetSet set = TargetSet.Empty.With("human", new HumanTarget(new TerminalDesk()));
        foreach ((string executor, Func<ITarget> create) in Targets.GeneratedRegistry.Targets)
        {
            set = set.With(executor, create());
        }

        return set;
    }
}
