using Orchestrator.IR;

namespace Orchestrator.Compiler.Stages;

/// <summary>How often a region runs when its operation does.</summary>
/// <param name="Probability">That it runs at all.</param>
/// <param name="Expected">How many times, when it does.</param>
/// <param name="Bound">At most.</param>
/// <param name="Known">Whether somebody gave the expectation; otherwise the bound stands in for it.</param>
internal readonly record struct Frequency(double Probability, double Expected, double Bound, bool Known)
{
    private static readonly Frequency Always = new(1, 1, 1, true);

    /// <summary>What <paramref name="op"/> says of its region <paramref name="index"/>; for a loop, region 1 is the part after <c>until</c>.</summary>
    public static Frequency Of(Operation op, int index) => op.Name.Text switch
    {
        "agent.if" => Branch(op.GetAttr<FloatAttr>("probability")?.Value is { } p ? (index == 0 ? p : 1 - p) : null),
        "agent.match" => Branch(op.GetAttr<ArrayAttr>("probabilities")?.AsDoubles() is { } all && index < all.Length ? all[index] : null),
        "agent.try" => index == 0 ? Always : Branch(op.GetAttr<FloatAttr>("probability")?.Value),
        "agent.human" => Branch(null),
        "agent.map" => Times(op.GetAttr<FloatAttr>("expect")?.Value, Whole(op, "at_most")),
        "agent.loop" => index == 0
            ? Times(op.GetAttr<FloatAttr>("expect")?.Value, Whole(op, "at_most"))
            : Times(op.GetAttr<FloatAttr>("expect")?.Value is { } rounds ? Math.Max(0, rounds - 1) : null, Whole(op, "at_most")),
        "agent.gather" => Times(Whole(op, "n"), Whole(op, "n")),
        "agent.best" => Times(Whole(op, "n"), Whole(op, "n")),
        _ => Always,
    };

    // A branch of unknown probability is planned as if it were taken: the bound, not a guess.
    private static Frequency Branch(double? probability) => probability is { } p ? new(p, 1, 1, true) : new(1, 1, 1, false);

    private static Frequency Times(double? expected, double? bound) => (expected, bound) switch
    {
        ({ } e, { } b) => new(1, Math.Min(e, b), b, true),
        ({ } e, null) => new(1, e, e, true),
        (null, { } b) => new(1, b, b, false),
        _ => new(1, 1, 1, false),
    };

    private static double? Whole(Operation op, string name) => op.GetAttr<IntegerAttr>(name)?.Value;
}
