namespace Orchestrator.Cli.Papers;

/// <summary>An order of the paper beside computed numbers: each named thing has to stand above the next.</summary>
/// <param name="Statement">What the paper says, without its figure.</param>
/// <param name="Origin">How sure it is that the paper says so.</param>
/// <param name="Printed">The paper's order, with its figures where it gives some.</param>
/// <param name="Unit">Unit of our numbers.</param>
/// <param name="Values">Ours, in the paper's order from the largest to the smallest.</param>
public sealed record OrderClaim(string Statement, Origin Origin, string Printed, string Unit, IReadOnlyList<(string Name, double Value)> Values)
    : Claim(Statement, Origin)
{
    /// <summary>Whether two neighbours may be equal: the paper says "at least as".</summary>
    public bool TiesAllowed { get; init; }

    /// <inheritdoc/>
    public override string Figure => Printed;

    /// <inheritdoc/>
    public override string Ours => string.Join(" > ", Values.Select(v => $"{v.Name} {WithUnit(v.Value, Unit)}"));

    /// <inheritdoc/>
    public override string Tolerance => TiesAllowed ? "equal is allowed" : "";

    /// <inheritdoc/>
    public override Verdict Verdict
    {
        get
        {
            for (int i = 0; i + 1 < Values.Count; i++)
            {
                ((string above, double first), (string below, double second)) = (Values[i], Values[i + 1]);
                if (!(TiesAllowed ? first >= second : first > second))
                {
                    return Verdict.NotHere($"ours has {above} at {WithUnit(first, Unit)} and {below} at {WithUnit(second, Unit)}");
                }
            }

            return Verdict.Reproduced(Outcome.OrderingOnly);
        }
    }
}
