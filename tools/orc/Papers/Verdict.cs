namespace Orchestrator.Cli.Papers;

/// <summary>What came of a claim.</summary>
public enum Outcome
{
    /// <summary>Our figure is the paper's to its last printed digit.</summary>
    Exactly,

    /// <summary>Our model gives the paper's figure within the stated tolerance.</summary>
    ByModel,

    /// <summary>Our model gives the order that the paper claims, not its figures.</summary>
    OrderingOnly,

    /// <summary>Neither, for the stated reason.</summary>
    NotHere,
}

/// <summary>An outcome in the fixed words, with the reason where there is one.</summary>
/// <param name="Outcome">What came of the claim.</param>
/// <param name="Because">Why it cannot be reproduced here; empty for the other outcomes.</param>
public readonly record struct Verdict(Outcome Outcome, string Because)
{
    /// <summary>The words every verdict is one of; the last is followed by the reason.</summary>
    public static IReadOnlyList<string> Words { get; } =
        ["reproduced exactly", "reproduced by model", "ordering only", "not reproducible here, because "];

    /// <summary>Reproduced, in one of the three ways.</summary>
    public static Verdict Reproduced(Outcome outcome) => new(outcome, "");

    /// <summary>Not reproducible here, because of a reason that ends without a full stop.</summary>
    public static Verdict NotHere(string because) => new(Outcome.NotHere, because);

    /// <inheritdoc/>
    public override string ToString() => Words[(int)Outcome] + Because;
}
