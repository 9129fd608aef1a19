using System.Collections.Immutable;

namespace Orchestrator.Compiler.Placing.Baselines;

/// <summary>
/// A usual way of choosing pools, to compare plans with. It sees the problem that the plan was made for and is priced by the same evaluator;
/// a new one is a file here and its place in <see cref="All"/>.
/// </summary>
internal abstract class Baseline
{
    /// <summary>All of them, in the order in which they are shown.</summary>
    public static ImmutableArray<Baseline> All { get; } = [new BestSingleKind(), new GreedyPerStage(), new CostBinPacking(), new EarliestFinish()];

    /// <summary>For people, in lower case.</summary>
    public abstract string Name { get; }

    /// <summary>How it chooses, and who describes it.</summary>
    public abstract string Summary { get; }

    /// <summary>An exact cover, or why there is none. The same problem gives the same choice.</summary>
    public abstract BaselineChoice Choose(BaselineProblem problem, CancellationToken cancellation);
}

/// <summary>A placement problem with the little more that baselines ask about.</summary>
/// <param name="Problem">The problem.</param>
/// <param name="Kinds">By device of the problem: the kind of accelerator, empty for everything else.</param>
/// <param name="TaskNames">By task, for reasons.</param>
internal sealed record BaselineProblem(PlacementProblem Problem, ImmutableArray<string> Kinds, ImmutableArray<string> TaskNames);

/// <summary>What a baseline chose.</summary>
/// <param name="Chosen">Candidates that cover each task once, whether or not every limit holds; null when it comes to no cover.</param>
/// <param name="Note">Why there is no cover, or what the cover stands for; may be empty.</param>
internal sealed record BaselineChoice(int[]? Chosen, string Note = "");
