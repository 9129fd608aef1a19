namespace Orchestrator.Cli.Papers;

/// <summary>TimeSeriesGym: agents that do time-series engineering are graded by what they hand in. Its shape is <c>samples/time-series-gym</c>.</summary>
[Paper("timeseriesgym")]
internal sealed class TimeSeriesGym : IPaper
{
    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims() =>
    [
        new UnreachedClaim("Challenges", Origin.Summary, "34 of 8 kinds, more than 15 domains",
            "its data sets are not here; samples/time-series-gym is one challenge of its shape, on a made-up series, and runs on a CPU without a model"),
        new UnreachedClaim("Grading that looks at every artefact", Origin.Summary, "no figure known here",
            "the sample's grade refuses a submission without forecast, program or report; how often agents fail so needs the agents"),
    ];
}
