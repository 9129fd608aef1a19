using System.Text.RegularExpressions;
using Xunit;

namespace Orchestrator.Tests.Cli;

/// <summary>Every broken file gives a located, explained error with a remedy and exit code 1, never a stack trace.</summary>
public sealed partial class MistakesTests
{
    public static TheoryData<string> Workflows => [.. Repository.Files(".flow").Where(f => f.Contains("/broken/", StringComparison.Ordinal))];

    public static TheoryData<string> Fleets => [.. Repository.Files(".yaml").Where(f => f.Contains("/broken/", StringComparison.Ordinal))];

    public static TheoryData<string> Pipelines =>
    [
        "canonicalise",
        "canonicalize,",
        "canonicalize(cse",
        "agent.graph(cse))",
        "decompose{pieces=3}",
        "resolve-availability{absent",
        ",,",
    ];

    [Theory]
    [MemberData(nameof(Workflows))]
    public async Task ABrokenWorkflowIsLocatedAndExplained(string path) =>
        AssertExplained(await Orc.RunAsync("check", path), path);

    [Theory]
    [MemberData(nameof(Fleets))]
    public async Task ABrokenFleetIsLocatedAndExplained(string path) =>
        AssertExplained(await Orc.RunAsync("fleet", "check", path), path);

    [Theory]
    [MemberData(nameof(Pipelines))]
    public async Task ABrokenPipelineIsLocatedAndExplained(string pipeline) =>
        AssertExplained(await Orc.RunAsync("opt", "tests/Orchestrator.Tests/Compiler/Passes/conversation.mlir", "-p", pipeline), "<pipeline>");

    [Fact]
    public void ThereAreAtLeastThirtyBrokenFiles() =>
        Assert.True(Workflows.Count + Fleets.Count + Pipelines.Count >= 30, "the corpus of mistakes shrank");

    [Theory]
    [InlineData("plan", "no/such/file.flow")]
    [InlineData("plan", "samples/voice-agent", "--sla", "p97 <= 1 s")]
    [InlineData("plan", "samples/voice-agent", "--rate", "often")]
    [InlineData("plan", "samples/voice-agent", "--stop-after", "frieze")]
    [InlineData("plan", "samples/voice-agent", "--workflow", "voice_agnt")]
    [InlineData("run", "samples/invoice-intake", "--input", "pge=x")]
    [InlineData("explain", "samples/voice-agent", "no-such-task")]
    public async Task AMistakeOnTheCommandLineIsExplained(params string[] arguments)
    {
        Outcome outcome = await Orc.RunAsync(arguments);
        Assert.Equal(1, outcome.Code);
        Assert.Contains("error: ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("help:", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AWrongOptionIsWrongUsage() =>
        Assert.Equal(2, (await Orc.RunAsync("plan", "samples/voice-agent", "--flet", "x")).Code);

    private static void AssertExplained(Outcome outcome, string place)
    {
        Assert.Equal(1, outcome.Code);
        Assert.Matches($@"{Regex.Escape(Path.GetFileName(place))}:\d+:\d+: error: \S.* \[ORC\d{{4}}\]", outcome.Error);
        Assert.Contains("help: ", outcome.Error, StringComparison.Ordinal);
        Assert.DoesNotMatch(StackTrace(), outcome.Error);
    }

    [GeneratedRegex(@"^\s+at \w+\.", RegexOptions.Multiline)]
    private static partial Regex StackTrace();
}
