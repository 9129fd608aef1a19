namespace Orchestrator.Cli.Papers;

/// <summary>How a computed number has to stand to the paper's.</summary>
public enum Relation
{
    /// <summary>Equal within the tolerance.</summary>
    Equals,

    /// <summary>Not above it.</summary>
    AtMost,

    /// <summary>Not below it.</summary>
    AtLeast,
}

/// <summary>A number of the paper beside a computed one.</summary>
/// <param name="Statement">What the paper says, without its figure.</param>
/// <param name="Origin">How sure it is that the paper says so.</param>
/// <param name="Printed">The paper's number.</param>
/// <param name="Unit">Unit of both numbers; <c>$/h</c> and the like put the sign before the number.</param>
/// <param name="Value">Our number, computed.</param>
/// <param name="Allowed">Largest difference, in the unit.</param>
/// <param name="Reached">What it is when the difference is allowed.</param>
public sealed record NumberClaim(string Statement, Origin Origin, double Printed, string Unit, double Value, double Allowed, Outcome Reached)
    : Claim(Statement, Origin)
{
    // Decimal fractions such as 0.095 have no exact double; a difference of this share of the number is none.
    private const double Rounding = 1e-9;

    /// <summary>How ours has to stand to the paper's.</summary>
    public Relation Relation { get; init; } = Relation.Equals;

    /// <summary>How the tolerance reads.</summary>
    public string AllowedText { get; init; } = "";

    /// <inheritdoc/>
    public override string Figure => Before(Relation) + WithUnit(Printed, Unit);

    /// <inheritdoc/>
    public override string Ours => WithUnit(Value, Unit);

    /// <inheritdoc/>
    public override string Tolerance => AllowedText;

    /// <inheritdoc/>
    public override Verdict Verdict =>
        Origin == Origin.Recalled ? Verdict.NotHere($"the paper's figure is recalled, not read; the formula gives {Ours}")
        : Holds ? Verdict.Reproduced(Reached)
        : Verdict.NotHere(Failure);

    private bool Holds => Relation switch
    {
        Relation.AtMost => Value <= Printed + Slack,
        Relation.AtLeast => Value >= Printed - Slack,
        _ => Math.Abs(Value - Printed) <= Slack,
    };

    private double Slack => Allowed + Rounding * Math.Abs(Printed);

    private string Failure => Relation switch
    {
        _ when double.IsNaN(Value) => "our model gives no figure for it",
        Relation.AtMost => $"ours is {Ours}, above {WithUnit(Printed, Unit)}",
        Relation.AtLeast => $"ours is {Ours}, below {WithUnit(Printed, Unit)}",
        _ => $"ours is {Ours}{Off}",
    };

    private string Off => Printed == 0 ? "" : $", {Number(Math.Round(100 * Math.Abs(Value / Printed - 1), 1))} % off";

    /// <summary>A number that arithmetic has to give to the last printed digit.</summary>
    /// <param name="statement">What the paper says.</param>
    /// <param name="origin">How sure that is.</param>
    /// <param name="printed">The paper's number.</param>
    /// <param name="unit">Its unit.</param>
    /// <param name="value">Ours.</param>
    /// <param name="lastDigit">Value of one of the last printed digit, 0.01 for 1.29; 0 for a whole number that is not rounded.</param>
    /// <param name="how">How ours came about.</param>
    public static NumberClaim Exactly(string statement, Origin origin, double printed, string unit, double value, double lastDigit, string how) =>
        new(statement, origin, printed, unit, value, lastDigit / 2, Outcome.Exactly)
        {
            AllowedText = lastDigit == 0 ? "none" : "half of the last printed digit",
            How = how,
        };

    /// <summary>A number that a model has to give within a share of it, 0.02 for 2 %.</summary>
    public static NumberClaim Within(double share, string statement, Origin origin, double printed, string unit, double value, string how) =>
        new(statement, origin, printed, unit, value, share * Math.Abs(printed), Outcome.ByModel)
        {
            AllowedText = $"{Number(100 * share)} %",
            How = how,
        };

    /// <summary>A number that a model has to keep under or above a limit.</summary>
    public static NumberClaim Limit(Relation relation, string statement, Origin origin, double printed, string unit, double value, string how) =>
        new(statement, origin, printed, unit, value, 0, Outcome.ByModel)
        {
            Relation = relation,
            AllowedText = relation == Relation.AtMost ? "at most the paper's" : "at least the paper's",
            How = how,
        };

    private static string Before(Relation relation) => relation switch
    {
        Relation.AtMost => "at most ",
        Relation.AtLeast => "at least ",
        _ => "",
    };
}
