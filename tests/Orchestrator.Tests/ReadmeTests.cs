using System.Text.RegularExpressions;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Tests.Cli;
using Xunit;

namespace Orchestrator.Tests;

/// <summary>What the README says is so.</summary>
public sealed partial class ReadmeTests
{
    private static readonly string Readme = File.ReadAllText(Repository.PathOf("README.md"));

    [Theory]
    [InlineData("workflow.flow")]
    [InlineData("plan.expected.txt")]
    public void ItShowsTheSampleAsItIs(string file) =>
        Assert.Contains(File.ReadAllText(Repository.PathOf("samples", "voice-agent", file)).TrimEnd(), Readme, StringComparison.Ordinal);

    [Fact]
    public async Task EveryCommandItNamesExists()
    {
        string help = (await Orc.RunAsync("--help")).Output;
        foreach (string command in Commands().Matches(Readme).Select(m => m.Groups["name"].Value).Distinct())
        {
            Assert.Matches($@"\b{command}\b", help);
        }
    }

    [Theory]
    [InlineData("README.md")]
    [InlineData("costmodels/README.md")]
    public void EveryKindOfPredictionIsNamedWithOptionsThatAre(string file)
    {
        string text = File.ReadAllText(Repository.PathOf(file));
        string[] kinds = [.. Orchestrator.CostModels.GeneratedRegistry.Predictors.Select(p => p.Name)];
        Assert.All(Kinds().Matches(text).Select(m => m.Groups["kind"].Value), kind => Assert.Contains(kind, kinds));
        Assert.All(kinds, kind => Assert.Matches($@"(--kind |`){kind}\b", text));
    }

    [Fact]
    public void TheColumnsOfEveryKindAreNamed()
    {
        string text = File.ReadAllText(Repository.PathOf("costmodels", "README.md"));
        foreach ((string name, Func<IPredictor> create) in Orchestrator.CostModels.GeneratedRegistry.Predictors)
        {
            IPredictor predictor = create();
            Assert.Contains($"| `{name}` | {string.Join(", ", predictor.Columns)} | {predictor.Measured} |", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void TheDeviceInAFewLinesIsRead()
    {
        Match shown = DeviceLines().Match(Readme);
        var bag = new DiagnosticBag();
        Device? device = DeviceText.Read(new SourceText("README.md", shown.Groups["lines"].Value), bag);
        Assert.Empty(bag.Items);
        Assert.Equal(989e12, Assert.IsType<Device>(device).Peak["bf16"].Value);
    }

    [Fact]
    public void EveryPathItNamesExists()
    {
        foreach (string path in Paths().Matches(Readme).Select(m => m.Groups["path"].Value).Distinct())
        {
            string full = Repository.PathOf(path);
            Assert.True(File.Exists(full) || Directory.Exists(full), path);
        }
    }

    [Fact]
    public void EveryPackageItNamesIsUsedAndEveryUsedOneIsNamed()
    {
        string versions = File.ReadAllText(Repository.PathOf("Directory.Packages.props"));
        foreach (string package in Packages().Matches(versions).Select(m => m.Groups["name"].Value))
        {
            Assert.Contains($"`{package.Replace(".NativeAssets.Linux.NoDependencies", "", StringComparison.Ordinal).Replace("Microsoft.Extensions.AI.OpenAI", "Microsoft.Extensions.AI", StringComparison.Ordinal)}`", Readme, StringComparison.Ordinal);
            Assert.Contains(Repository.Files(".csproj").Append("Directory.Build.props"), f => File.ReadAllText(Repository.PathOf(f)).Contains($"\"{package}\"", StringComparison.Ordinal));
        }
    }

    [GeneratedRegex(@"\borc (?<name>check|fmt|opt|test|lsp|plan|explain|run|bench|predict|reproduce|fleet)\b")]
    private static partial Regex Commands();

    [GeneratedRegex("--kind (?<kind>[a-z]+)")]
    private static partial Regex Kinds();

    [GeneratedRegex("```yaml\n(?<lines>name: [^`]*)```")]
    private static partial Regex DeviceLines();

    [GeneratedRegex(@"[(`](?<path>(compiler|costmodels|runtime|dialects|samples|tests|tools)/[\w./-]+)[)`]")]
    private static partial Regex Paths();

    [GeneratedRegex("PackageVersion Include=\"(?<name>[^\"]+)\"")]
    private static partial Regex Packages();
}
