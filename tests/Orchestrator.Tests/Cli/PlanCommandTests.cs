using System.Text.Json.Nodes;
using Xunit;

namespace Orchestrator.Tests.Cli;

public sealed class PlanCommandTests
{
    public static TheoryData<string> Samples =>
        [.. Repository.Files("plan.expected.txt").Select(f => Path.GetDirectoryName(f)!.Replace('\\', '/'))]; // the file is in a folder

    [Theory]
    [MemberData(nameof(Samples))]
    public async Task ASamplePlansAsItsFileSays(string folder)
    {
        Outcome outcome = await Orc.RunAsync("plan", folder);
        Assert.Equal((0, ""), (outcome.Code, outcome.Code == 0 ? "" : outcome.Error));
        Golden.Check(Repository.PathOf(folder, "plan.expected.txt"), outcome.Output);
    }

    [Fact]
    public async Task TheChatIsAlsoPlannedOnACloud()
    {
        Outcome outcome = await Orc.RunAsync("plan", "samples/support-chat", "--fleet", "samples/support-chat/cloud.yaml");
        Assert.Equal(0, outcome.Code);
        Golden.Check(Repository.PathOf("samples", "support-chat", "plan.cloud.expected.txt"), outcome.Output);
    }

    [Theory]
    [InlineData("80")]
    [InlineData("120")]
    public async Task ThePlanFitsTheWidthAndHasNoColour(string columns)
    {
        Outcome outcome = await Orc.RunAsync([("COLUMNS", columns)], "plan", "samples/voice-agent");
        Assert.Equal(0, outcome.Code);
        Assert.All(outcome.Output.Split('\n'), line => Assert.True(line.Length <= int.Parse(columns, System.Globalization.CultureInfo.InvariantCulture), line));
        Assert.DoesNotContain('\u001b', outcome.Output);
        foreach (string part in new[] { "task", "device", "configuration", "latency budget", "headroom", "cost $", "gap 0.0 % (proved)", "binding:" })
        {
            Assert.Contains(part, outcome.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task ThePlanIsAlsoJson()
    {
        Outcome outcome = await Orc.RunAsync("plan", "samples/voice-agent", "--json");
        JsonNode? plan = JsonNode.Parse(outcome.Output);
        Assert.Equal("voice_agent", (string?)plan?["graph"]?["name"]);
        Assert.Equal(plan?["graph"]?["tasks"]?.AsArray().Count, plan?["placement"]?["assignments"]?.AsArray().Count);
    }

    [Fact]
    public async Task AFleetThatCannotKeepThePromiseGivesThreeAndNamesWhatBinds()
    {
        Outcome outcome = await Orc.RunAsync("plan", "samples/voice-agent", "--sla", "p95 <= 300 ms");
        Assert.Equal(3, outcome.Code);
        Assert.Contains("binding: latency p95", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("would help:", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APlanDirectoryIsExplainedAndReadBack()
    {
        string folder = Directory.CreateTempSubdirectory("orc-plan-").FullName;
        try
        {
            Assert.Equal(0, (await Orc.RunAsync("plan", "samples/voice-agent", "-o", folder)).Code);
            Assert.True(File.Exists(Path.Combine(folder, "plan.json")));
            Outcome explained = await Orc.RunAsync("explain", folder);
            Assert.Equal(0, explained.Code);
            Assert.Contains("runner-up:", explained.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("parse", "\"builtin.module\"() ({")]
    [InlineData("decompose", "\"model.prefill\"")]
    [InlineData("freeze", "\"steps\": [")]
    [InlineData("promise", "\"latency_limits\"")]
    [InlineData("estimate", "\"candidates\": [")]
    [InlineData("place", "\"assignments\": [")]
    public async Task ACompileStopsAfterAStageAndPrintsItsText(string stage, string part)
    {
        Outcome outcome = await Orc.RunAsync("plan", "samples/voice-agent", "--stop-after", stage);
        Assert.Equal(0, outcome.Code);
        Assert.Contains(part, outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("parse", "stage.mlir")]
    [InlineData("simplify", "stage.mlir")]
    [InlineData("freeze", "stage.json")]
    public async Task ACompileStartsFromTheTextOfAStage(string stage, string name)
    {
        string folder = Directory.CreateTempSubdirectory("orc-stage-").FullName;
        string path = Path.Combine(folder, name);
        await File.WriteAllTextAsync(path, (await Orc.RunAsync("plan", "samples/voice-agent", "--stop-after", stage)).Output, TestContext.Current.CancellationToken);
        Outcome whole = await Orc.RunAsync("plan", "samples/voice-agent");
        Outcome resumed = await Orc.RunAsync("plan", path, "--fleet", "samples/voice-agent/fleet.yaml");
        Assert.Equal((0, whole.Output), (resumed.Code, resumed.Output));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task APlanDirectoryIsExecuted()
    {
        string folder = Directory.CreateTempSubdirectory("orc-plan-").FullName;
        Assert.Equal(0, (await Orc.RunAsync("plan", "samples/support-chat", "-o", folder)).Code);
        Assert.True(File.Exists(Path.Combine(folder, "kernels", "vector_search.ll")));
        Outcome run = await Orc.RunAsync("run", folder, "--json");
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("error-codes.md", run.Output, StringComparison.Ordinal);
        Directory.Delete(folder, recursive: true);
    }
}
