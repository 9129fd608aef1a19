namespace Orchestrator.IR;

/// <summary>How passes are run.</summary>
public sealed class PassRunOptions
{
    /// <summary>Whether the IR is verified after each pass that did not say that it changed nothing; true unless said otherwise.</summary>
    public bool VerifyEach { get; init; } = true;

    /// <summary>Whether a pass that says that it changed nothing is checked against the text of the IR, which costs two printings a pass.</summary>
    public bool CheckClaims { get; init; }

    /// <summary>How many isolated operations are worked on at the same time at most, 1 or more; one for each core unless said otherwise.</summary>
    public int Threads { get; init; } = Environment.ProcessorCount;

    /// <summary>Which IR is shown before and after passes, or null for none. Then everything runs on one thread.</summary>
    public IRDump? Dump { get; init; }

    /// <summary>Which actions of passes are left out, or null for none. Then everything runs on one thread.</summary>
    public DebugCounters? Counters { get; init; }

    /// <summary>The clock for <see cref="Report"/>.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>How long everything took and what passes counted; filled by the run, and added to by further runs with these options.</summary>
    public PassReport Report { get; init; } = new();

    /// <summary>What passes counted, by <c>pass.counter</c>, over all their places in the pipeline.</summary>
    public IReadOnlyDictionary<string, long> Statistics => Report.Statistics.Totals;

    // The same with other values, sharing the report.
    internal PassRunOptions With(int threads, bool verifyEach) => new()
    {
        VerifyEach = verifyEach,
        CheckClaims = CheckClaims,
        Threads = threads,
        Dump = Dump,
        Counters = Counters,
        Clock = Clock,
        Report = Report,
    };
}
