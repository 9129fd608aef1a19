using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Orchestrator.Frontend.Editing;
using Xunit;

namespace Orchestrator.Tests.Tools;

/// <summary>The editor extension is complete, and colours the words that the language has.</summary>
public sealed class VsCodeTests
{
    private static string Folder => Repository.PathOf("tools", "vscode");

    public static TheoryData<string> JsonFiles =>
        [.. Repository.Files(".json").Where(f => f.StartsWith("tools/vscode/", StringComparison.Ordinal)).Select(f => f["tools/vscode/".Length..])];

    [Theory]
    [MemberData(nameof(JsonFiles))]
    public void JsonIsValid(string file) => Assert.NotNull(JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file))));

    [Fact]
    public void EveryFileThatThePackageNamesIsThere()
    {
        JsonNode package = Read("package.json");
        string?[] files =
        [
            (string?)package["main"],
            .. package["contributes"]!["grammars"]!.AsArray().Select(g => (string?)g?["path"]), // The package has these.
            .. package["contributes"]!["languages"]!.AsArray().Select(l => (string?)l?["configuration"]), // Likewise.
        ];
        Assert.All(files, f => Assert.True(File.Exists(Path.Combine(Folder, f ?? "?")), f));
    }

    [Fact]
    public void TheGrammarHasExactlyTheWordsOfFlow()
    {
        HashSet<string> coloured = [.. Patterns(Read("syntaxes/flow.tmLanguage.json"))
            .Where(p => ((string?)p["name"] ?? "") is var name && (name.StartsWith("keyword", StringComparison.Ordinal) || name.StartsWith("constant.language", StringComparison.Ordinal)))
            .SelectMany(p => Regex.Matches((string?)p["match"] ?? "", "[a-z]{2,}").Select(m => m.Value))];
        Assert.Equal(FlowCompletion.Words.Order(StringComparer.Ordinal), coloured.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("syntaxes/flow.tmLanguage.json")]
    [InlineData("syntaxes/mlir.tmLanguage.json")]
    public void EveryIncludeExists(string file)
    {
        JsonNode grammar = Read(file);
        foreach (Match include in Regex.Matches(grammar.ToJsonString(), "\"include\":\"#([a-z-]+)\""))
        {
            Assert.NotNull(grammar["repository"]?[include.Groups[1].Value]);
        }
    }

    private static JsonNode Read(string file) => JsonNode.Parse(File.ReadAllText(Path.Combine(Folder, file)))!; // The test before says that it is valid.

    private static IEnumerable<JsonObject> Patterns(JsonNode? node)
    {
        var open = new Stack<JsonNode?>([node]);
        while (open.TryPop(out JsonNode? top))
        {
            foreach (JsonNode? child in top switch { JsonObject o => o.Select(p => p.Value), JsonArray a => a, _ => [] })
            {
                open.Push(child);
            }

            if (top is JsonObject pattern && pattern["match"] is not null)
            {
                yield return pattern;
            }
        }
    }
}
