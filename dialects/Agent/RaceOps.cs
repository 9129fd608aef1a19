using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>
/// The value of the region that is ready first; the others are cancelled.
/// <code>%0 = "agent.race"() ({ … }, { … }) : () -> !agent.text</code>
/// </summary>
[Op("agent.race", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class RaceOp : Operation
{
    /// <summary>The branches, two or more.</summary>
    [Region(Arguments = 0)] public partial IReadOnlyList<Region> Branches { get; }

    /// <summary>The first value.</summary>
    [Result] public partial OpResult First { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        if (Branches.Count < 1)
        {
            context.Error(this, IRCodes.WrongCount, "has no branch", "give it at least one region");
        }

        for (int i = 0; i < Branches.Count; i++)
        {
            Rules.Yields(context, this, Branches[i], $"branch {i}", First.Type);
        }
    }
}

/// <summary>
/// The best of <c>n</c> candidates, by a score.
/// <code>%0 = "agent.best"() &lt;{n = 8 : i64}&gt; ({ … }, { ^bb0(%x: !agent.text): … }) : () -> !agent.text</code>
/// </summary>
[Op("agent.best", Traits = OpTraits.SingleBlock, Effects = Effect.OfRegions)]
public sealed partial class BestOp : Operation
{
    /// <summary>How many candidates, 1 or more.</summary>
    [Attr("n")] public partial long Candidates { get; set; }

    /// <summary>Makes a candidate.</summary>
    [Region(Arguments = 0)] public partial Region Candidate { get; }

    /// <summary>Scores its argument, a candidate; more is better.</summary>
    [Region] public partial Region Score { get; }

    /// <summary>The best candidate.</summary>
    [Result] public partial OpResult Best { get; }

    /// <inheritdoc/>
    protected override void Verify(VerifyContext context)
    {
        Rules.AtLeast(context, this, "n", Candidates, 1);
        Rules.Yields(context, this, Candidate, "the candidate", Best.Type);
        Rules.Argument(context, this, Score, "the score", Best.Type);
        Rules.Yields(context, this, Score, "the score", DecimalType.Get(Context));
    }
}
