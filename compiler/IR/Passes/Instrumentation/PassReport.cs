namespace Orchestrator.IR;

/// <summary>How a report is laid out.</summary>
public enum ReportForm
{
    /// <summary>As the pipeline nests.</summary>
    Tree,

    /// <summary>One line a name, the same names added up.</summary>
    List,

    /// <summary>JSON with the tree.</summary>
    Json,
}

/// <summary>How long everything took and what passes counted, over all runs that filled it. Runs fill it one after another.</summary>
public sealed class PassReport
{
    /// <summary>Times by phase, and within the passes by their places in the pipeline.</summary>
    public TimingReport Timing { get; } = new();

    /// <summary>What passes counted.</summary>
    public StatisticsReport Statistics { get; } = new();

    internal void Add(PassPipeline pipeline, PassTimes times, PassCounts counts)
    {
        Timing.Add(pipeline, times);
        Statistics.Add(pipeline, counts);
    }
}
