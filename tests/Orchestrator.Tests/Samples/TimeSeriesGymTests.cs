using System.Diagnostics;
using System.Text.Json.Nodes;
using Orchestrator.Tests.Cli;
using Xunit;

namespace Orchestrator.Tests.Samples;

/// <summary>The challenge in time-series engineering, run here.</summary>
public sealed class TimeSeriesGymTests
{
    [Fact]
    public async Task TheMethodThatFollowsSeasonAndTrendIsHandedIn()
    {
        Outcome run = await Orc.RunAsync("run", "samples/time-series-gym", "--json");
        Assert.True(run.Code == 0, run.Error);
        JsonNode grade = JsonNode.Parse(run.Output)!["outputs"]!; // a run that ends well prints its value
        Assert.Equal("holt-winters", (string?)grade["method"]);
        Assert.InRange((double)grade["mase"]!, 0, 1); // better than "as last season"
        Assert.Empty(grade["missing"]!.AsArray());
        Assert.Contains("drift 12.5", (string?)grade["report"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "report", "[1, 2]", "program")]
    [InlineData("y => y", "", "[1, 2]", "report")]
    [InlineData("y => y", "report", "[1]", "forecast")]
    public async Task WhatLacksAnArtefactIsNoSubmission(string program, string report, string forecast, string missing)
    {
        string input = $$"""{"history":[1,2,3,4],"future":[5,6],"season":2,"report":"{{report}}","attempts":[{"method":"m","program":"{{program}}","error":1,"forecast":{{forecast}}}]}""";
        var start = new ProcessStartInfo("node", "grade.mjs") { WorkingDirectory = Repository.PathOf("samples", "time-series-gym"), RedirectStandardInput = true, RedirectStandardOutput = true };
        using Process node = Process.Start(start)!; // node is installed where the tests run
        await node.StandardInput.WriteAsync(input);
        node.StandardInput.Close();
        JsonNode grade = JsonNode.Parse(await node.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken))!; // JSON on stdout
        Assert.Equal(0.0, (double)grade["score"]!);
        Assert.Equal([missing], grade["missing"]!.AsArray().Select(m => (string?)m));
    }
}
