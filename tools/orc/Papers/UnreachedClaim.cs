namespace Orchestrator.Cli.Papers;

/// <summary>A measured result that needs what is not here: the reason stands in the verdict.</summary>
/// <param name="Statement">What the paper says, without its figure.</param>
/// <param name="Origin">How sure it is that the paper says so.</param>
/// <param name="Printed">The paper's figure.</param>
/// <param name="Because">What is missing, as the end of "not reproducible here, because …".</param>
public sealed record UnreachedClaim(string Statement, Origin Origin, string Printed, string Because) : Claim(Statement, Origin)
{
    /// <inheritdoc/>
    public override string Figure => Printed;

    /// <summary>What we have beside it, as text; empty where there is nothing.</summary>
    public string Beside { get; init; } = "";

    /// <inheritdoc/>
    public override string Ours => Beside;

    /// <inheritdoc/>
    public override string Tolerance => "";

    /// <inheritdoc/>
    public override Verdict Verdict => Verdict.NotHere(Because);
}
