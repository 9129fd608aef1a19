using System.Globalization;

namespace Orchestrator.Targets.Probe;

/// <summary>Repeats something until enough is known or time is up, and gives the median.</summary>
internal sealed class Measurement(TimeProvider clock)
{
    private const int FewestRepeats = 3;
    private const int MostRepeats = 101;

    /// <summary>A measurement goes on for this long at most, counted from its start; a repeat that has begun is finished.</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMilliseconds(250);

    /// <summary>The median of repeats in seconds, after one that does not count, with the number of repeats.</summary>
    public (double Seconds, int Repeats) Median(Action body)
    {
        body();
        var times = new List<double>();
        long start = clock.GetTimestamp();
        do
        {
            long from = clock.GetTimestamp();
            body();
            times.Add(clock.GetElapsedTime(from).TotalSeconds);
        }
        while (times.Count < MostRepeats && (times.Count < FewestRepeats || clock.GetElapsedTime(start) < Longest));
        times.Sort();
        return (times[times.Count / 2], times.Count);
    }

    /// <summary>A figure from a median: the time of one of <paramref name="units"/> parts of the body, or <paramref name="units"/> per second.</summary>
    public ProbeFigure Figure(string name, string unit, double units, string how, Action body)
    {
        (double seconds, int repeats) = Median(body);

        // A clock of 100 ns steps may show nothing for a very fast body; half a step is then as much as is known.
        seconds = Math.Max(seconds, 0.5 / clock.TimestampFrequency);
        return new ProbeFigure(name, unit == "s" ? seconds / units : units / seconds, unit, Source(how, repeats));
    }

    private string Source(string how, int repeats) => string.Create(CultureInfo.InvariantCulture,
        $"measured by orc fleet probe, {how}, median of {repeats}, {clock.GetUtcNow():yyyy-MM-dd}");
}
