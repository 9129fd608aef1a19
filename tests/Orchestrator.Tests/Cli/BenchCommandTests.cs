using System.Text.Json.Nodes;
using Xunit;

namespace Orchestrator.Tests.Cli;

/// <summary><c>orc bench</c> on inputs small enough for a test; how long they take is told and not judged.</summary>
public sealed class BenchCommandTests
{
    [Fact]
    public async Task PredictAnswersEveryRowThatItMakesUp()
    {
        Outcome outcome = await Orc.RunAsync("bench", "predict", "--rounds", "1", "--size", "150", "--orc", Path.Combine(AppContext.BaseDirectory, "orc"), "--json");
        Assert.True(outcome.Code == 0, outcome.Error);
        JsonNode row = JsonNode.Parse(outcome.Output)![0]!["rows"]![0]!; // as written
        Assert.Equal(150, (int)row["answered"]!); // as written
        double seconds = (double)row["two_threads_over_one"]!["seconds"]!["ours"]!; // as written
        Assert.Equal(150 / seconds, (double)row["rows_per_second"]!, 0.02 * 150 / seconds); // as written, rounded to 0.1 ms
        Assert.Contains("two threads / one thread", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUnknownBenchmarkIsExplained()
    {
        Outcome outcome = await Orc.RunAsync("bench", "predicts");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("there is ir, predict, placement, compare", outcome.Error, StringComparison.Ordinal);
    }
}
