using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>Where a value is: so many frames outward, then a slot in that frame.</summary>
internal readonly record struct ValueRef(int Hops, int Slot);

/// <summary>A step of a region (or, with <see cref="Yield"/>, its end) that reads a value of an outer frame, which may not be there yet.</summary>
internal readonly record struct OuterRead(int Local, ValueRef Value)
{
    public const int Yield = -1;
}

/// <summary>A step with everything decoded that executing it needs, so that no execution looks anything up by name.</summary>
internal sealed class StepPlan
{
    public required Step Step { get; init; }

    /// <summary>Position in its region.</summary>
    public required int Local { get; init; }

    public required int ResultSlot { get; init; }

    public required ValueRef[] Operands { get; init; }

    /// <summary>Producers and ordering steps in the same region.</summary>
    public int Waits { get; set; }

    /// <summary>Steps of the same region (by position) that wait for this one.</summary>
    public int[] Dependents { get; set; } = [];

    public RegionPlan[] Regions { get; set; } = [];

    public bool IsValue => ValueSteps.IsValue(Step.Kind);

    public TimeSpan? Within { get; init; }

    public int Retry { get; init; }

    /// <summary>Time for one attempt, from the declaration.</summary>
    public TimeSpan? Timeout { get; init; }

    public Declaration? Service { get; init; }

    public string Executor { get; init; } = "";

    public DatumType Type { get; init; } = DatumType.Any;

    public Datum? Constant { get; init; }

    /// <summary><c>name</c> or <c>kind</c>, whichever the step has.</summary>
    public string Name { get; init; } = "";

    /// <summary><c>parts</c> or <c>names</c>.</summary>
    public ImmutableArray<string> Texts { get; init; } = [];

    /// <summary><c>patterns</c> as values.</summary>
    public ImmutableArray<Datum> Patterns { get; init; } = [];

    public bool InOrder { get; init; }

    public int? AtMost { get; init; }

    public int K { get; init; }

    public int N { get; init; }

    public TimeSpan? Deadline { get; init; }

    /// <summary>Ids of the tasks that this step is made of.</summary>
    public int[] Tasks { get; init; } = [];

    /// <summary>Whether the pieces of its text are pieces of the workflow's value.</summary>
    public bool Streams { get; set; }
}

/// <summary>A region with its slots: arguments first, then the results of its steps.</summary>
internal sealed class RegionPlan
{
    public required int Id { get; init; }

    public required int Arguments { get; init; }

    public StepPlan[] Steps { get; set; } = [];

    public int Slots { get; set; }

    public ValueRef[] Yield { get; set; } = [];

    public OuterRead[] OuterReads { get; set; } = [];

    public int[] Waits { get; set; } = [];
}
