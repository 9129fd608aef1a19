using Orchestrator.Runtime;
using Orchestrator.Targets.Human;

namespace Orchestrator.Targets;

/// <summary>Every target of this assembly, found by its attribute.</summary>
public static class BuiltInTargets
{
    /// <summary>A fresh set; people are asked at <paramref name="desk"/>, or nowhere when null.</summary>
    public static TargetSet All(IHumanDesk? desk = null)
    {
        TargetSet set = TargetSet.Empty.With("human", new HumanTarget(desk));
        foreach ((string executor, Func<ITarget> create) in GeneratedRegistry.Targets)
        {
            set = set.With(executor, create());
        }

        return set;
    }
}
