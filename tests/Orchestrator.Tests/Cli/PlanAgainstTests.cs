using System.Text.Json.Nodes;
using Xunit;

namespace Orchestrator.Tests.Cli;

/// <summary><c>orc plan --compare</c> and <c>orc plan --against</c>.</summary>
public sealed class PlanAgainstTests
{
    private const string Fleet = "samples/fleets/h100-cloud.yaml";

    [Fact]
    public async Task AnotherPromiseMovesSomeTasksAndSaysWhatThatCosts()
    {
        string folder = Directory.CreateTempSubdirectory("orc-running-").FullName;
        try
        {
            Assert.Equal(0, (await Orc.RunAsync("plan", "samples/cascade", "--fleet", Fleet, "-o", folder)).Code);
            Outcome same = await Orc.RunAsync("plan", "samples/cascade", "--fleet", Fleet, "--against", folder);
            Assert.True(same.Code == 0, same.Error);
            Assert.Contains("nothing moves", same.Output, StringComparison.Ordinal);
            Outcome tight = await Orc.RunAsync("plan", "samples/cascade", "--fleet", Fleet, "--sla", "p95 <= 8 s", "--against", folder);
            Assert.True(tight.Code == 0, tight.Error);
            foreach (string part in new[] { "against ", "from", "tasks stay", "H100:", "cost $", "end to end p95", "promised ≤ 8 s" })
            {
                Assert.Contains(part, tight.Output, StringComparison.Ordinal);
            }

            Assert.All(tight.Output.Split('\n'), line => Assert.True(line.Length <= 80, line));
            JsonNode? json = JsonNode.Parse((await Orc.RunAsync("plan", "samples/cascade", "--fleet", Fleet, "--sla", "p95 <= 8 s", "--against", folder, "--json")).Output);
            Assert.NotEmpty(json?["difference"]?["moves"]?.AsArray() ?? []);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task AfterALossThePlanThatRunsIsKeptAsFarAsMoneyAllows()
    {
        string folder = Directory.CreateTempSubdirectory("orc-running-").FullName;
        try
        {
            Outcome before = await Orc.RunAsync("plan", "samples/cascade", "--fleet", "samples/fleets/mixed-cloud.yaml", "-o", folder, "--json");
            JsonNode plan = JsonNode.Parse(before.Output)!; // printed as JSON
            JsonNode machine = plan["placement"]!["machines"]!.AsArray().MaxBy(m => (int)m!["count"]!)!; // a plan at a rate pays for machines
            (string device, int count) = ((string)machine["device"]!, (int)machine["count"]!); // both are always there
            string text = await File.ReadAllTextAsync(Repository.PathOf("samples/fleets/mixed-cloud.yaml"), TestContext.Current.CancellationToken);
            string fewer = System.Text.RegularExpressions.Regex.Replace(text, $"(name: {device}\\b.*?count: )\\d+", m => m.Groups[1].Value + Math.Max(1, count - 1));
            string fleet = Path.Combine(folder, "fewer.yaml");
            await File.WriteAllTextAsync(fleet, fewer, TestContext.Current.CancellationToken);
            Outcome near = await Orc.RunAsync("plan", "samples/cascade", "--fleet", fleet, "--keep", folder);
            Assert.True(near.Code == 0, near.Error);
            Assert.Contains("against " + folder, near.Output, StringComparison.Ordinal);
            Outcome same = await Orc.RunAsync("plan", "samples/cascade", "--fleet", "samples/fleets/mixed-cloud.yaml", "--keep", folder);
            Assert.Contains("nothing moves", same.Output, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Theory]
    [InlineData("count: 64, at: zone, price", "count: 63, at: zone, price", "there were 64 H100, there are 63")]
    [InlineData("a3-highgpu-8g", "a3-megagpu-8g", "an hour of H100 cost")]
    [InlineData("name: H100", "name: Hopper", "H100 is gone")]
    [InlineData("100 Gbit/s", "10 Gbit/s", "the links are others")]
    public async Task AChangedFleetIsRefusedWhereItChanged(string was, string now, string reason)
    {
        string folder = Directory.CreateTempSubdirectory("orc-running-").FullName;
        try
        {
            Assert.Equal(0, (await Orc.RunAsync("plan", "samples/science-dag", "--fleet", Fleet, "-o", folder)).Code);
            string changed = Path.Combine(folder, "changed.yaml");
            string text = await File.ReadAllTextAsync(Repository.PathOf(Fleet), TestContext.Current.CancellationToken);
            await File.WriteAllTextAsync(changed, text.Replace(was, now, StringComparison.Ordinal), TestContext.Current.CancellationToken);
            Outcome refused = await Orc.RunAsync("plan", "samples/science-dag", "--fleet", changed, "--against", folder);
            Assert.Equal(1, refused.Code);
            Assert.Contains(reason, refused.Error, StringComparison.Ordinal);
            Assert.Contains("changed.yaml:", refused.Error, StringComparison.Ordinal);
            Assert.Contains("[ORC4012]", refused.Error, StringComparison.Ordinal);
            Assert.Contains("help:", refused.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task AComparisonIsPrintedBelowThePlanAndInJson()
    {
        Outcome table = await Orc.RunAsync("plan", "samples/voice-agent", "--compare");
        Assert.Equal(0, table.Code);
        foreach (string name in new[] { "this plan", "best single kind", "greedy per stage", "cost bin packing per stage", "earliest finish (HEFT)" })
        {
            Assert.Contains(name, table.Output, StringComparison.Ordinal);
        }

        JsonNode? json = JsonNode.Parse((await Orc.RunAsync("plan", "samples/voice-agent", "--compare", "--json")).Output);
        Assert.Equal(5, json?["comparison"]?["plans"]?.AsArray().Count);
    }
}
