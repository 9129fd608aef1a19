using System.Text.Json.Nodes;
using Xunit;

namespace Orchestrator.Tests.Cli;

/// <summary>The samples as a user runs them, on this machine.</summary>
public sealed class RunCommandTests
{
    [Fact]
    public async Task TheInvoiceOfTheSampleIsReadAsItsFileSays()
    {
        Outcome outcome = await Orc.RunAsync("run", "samples/invoice-intake", "--json");
        Assert.True(outcome.Code == 0, outcome.Error);
        JsonNode report = JsonNode.Parse(outcome.Output)!; // it is an object, or the next lines fail
        JsonNode expected = JsonNode.Parse(File.ReadAllText(Repository.PathOf("samples", "invoice-intake", "input", "page.expected.json")))!; // likewise
        foreach (string field in new[] { "issuer", "date", "invoice_number", "amount", "currency" })
        {
            JsonNode? found = report["outputs"]?["fields"]?[field];
            Assert.True(JsonNode.DeepEquals(expected[field], found), $"{field}: {found} instead of {expected[field]}");
        }

        Assert.Contains((string?)expected["invoice_number"] ?? "?", (string?)report["outputs"]?["text"], StringComparison.Ordinal);
        JsonArray tasks = report["tasks"]!.AsArray(); // a report has tasks
        Assert.Equal(["lines", "read", "known", "found", "checked"], tasks.Select(t => (string?)t?["task"]).Take(5));
        Assert.All(tasks.Take(5), t => Assert.True((double?)t?["measured_ms"] > 0 && (string?)t?["device"] == "cpu"));
    }

    [Fact]
    public async Task TheChatAnswersWithPassagesWhenNoModelIsConfiguredAndSaysSoBefore()
    {
        Outcome outcome = await Orc.RunAsync("run", "samples/support-chat", "--input", "question=What does error E24 mean?", "--json");
        Assert.True(outcome.Code == 0, outcome.Error);
        Assert.Contains("available(writer) is false", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("ORC_OPENAI_BASE_URL", outcome.Error, StringComparison.Ordinal);
        JsonNode? answer = JsonNode.Parse(outcome.Output)?["outputs"];
        Assert.Contains("E24", (string?)answer?["answer"], StringComparison.Ordinal);
        Assert.Contains("error-codes.md", answer?["sources"]?.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TheTableSetsPredictedBesideMeasured()
    {
        Outcome outcome = await Orc.RunAsync("run", "samples/support-chat");
        Assert.Matches(@"task +device +predicted .*measured", outcome.Output);
        Assert.Contains("whole run: predicted", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AMissingInputIsExplained()
    {
        string folder = Directory.CreateTempSubdirectory("orc-run-").FullName;
        await File.WriteAllTextAsync(Path.Combine(folder, "workflow.flow"), "workflow echo(word: text) -> text { word }", TestContext.Current.CancellationToken);
        Outcome missing = await Orc.RunAsync("run", folder);
        Assert.Equal(1, missing.Code);
        Assert.Contains("--input word=", missing.Error, StringComparison.Ordinal);
        Outcome given = await Orc.RunAsync("run", folder, "--input", "word=hello", "--json");
        Assert.Equal((0, "hello"), (given.Code, (string?)JsonNode.Parse(given.Output)?["outputs"]?["value"]));
        Directory.Delete(folder, recursive: true);
    }
}
