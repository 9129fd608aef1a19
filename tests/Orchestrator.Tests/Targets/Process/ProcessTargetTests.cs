using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets.Process;
using Orchestrator.Tests.Targets.Http;
using Xunit;

namespace Orchestrator.Tests.Targets.Process;

public sealed class ProcessTargetTests
{
    private static Task<RunResult> RunAsync(string command, string type, (string Name, Datum Value)[]? arguments = null, CancellationToken cancellationToken = default, params (string, string)[] options)
    {
        arguments ??= [];
        Declaration tool = TargetRun.Declare("tool", "process", command, options);
        return TargetRun.RunAsync(new ProcessTarget(), TargetRun.Graph(StepKind.Tool, "process", tool, type, arguments), arguments, cancellationToken: cancellationToken);
    }

    [Theory]
    [InlineData("node a.mjs", "node|a.mjs")]
    [InlineData("  a 'b c' \"d\\\"e\" f\\ g '' ", "a|b c|d\"e|f g|")]
    [InlineData("x a'b'c", "x|abc")]
    public void CommandsAreSplitLikeAShellWould(string command, string expected) => Assert.Equal(expected, string.Join('|', CommandLine.Split(command) ?? []));

    [Fact]
    public void AnOpenQuoteIsRefused() => Assert.Null(CommandLine.Split("a 'b"));

    [Fact]
    public async Task ArgumentsComeAsJsonAndTheResultGoesBack()
    {
        RunResult result = await RunAsync("cat", "{ page: bytes, n: int }", [("page", new BytesDatum(new byte[] { 1, 2 }, "image/png")), ("n", new IntDatum(2))]);
        Assert.Equal("{\"page\":\"AQI=\",\"n\":2}", result.Value?.ToText());
    }

    [Fact]
    public async Task TextIsTakenAsItIs() => Assert.Equal("hello world", (await RunAsync("echo 'hello world'", "text")).Value?.ToText());

    [Fact]
    public async Task AProgramThatDoesNotReadItsInputIsFine() =>
        Assert.Equal("1", (await RunAsync("echo 1", "int", [("big", new TextDatum(new string('x', 1 << 20)))])).Value?.ToText());

    [Fact]
    public async Task AnExitCodeQuotesTheErrorOutput()
    {
        RunResult result = await RunAsync("sh -c 'echo first >&2; echo the reason >&2; exit 3'", "text");
        Assert.Equal("ORC5102", result.Failure?.Code);
        Assert.Contains("code 3: first | the reason", result.Failure?.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AResultOfAnotherTypeIsSaid()
    {
        RunResult result = await RunAsync("echo nonsense", "{ id: text }");
        Assert.Equal("ORC5009", result.Failure?.Code);
    }

    [Fact]
    public async Task TimeUpKillsTheProgramAndWhatItStarted()
    {
        string mark = Path.Combine(Path.GetTempPath(), $"orc-{Environment.ProcessId}-{Environment.TickCount64}");
        RunResult result = await RunAsync($"sh -c '(sleep 3; touch {mark}) & wait'", "text", null, default, ("timeout_us", "200000"));
        Assert.Equal("ORC5006", result.Failure?.Code);
        Assert.True(result.Elapsed < TimeSpan.FromSeconds(2.5), $"took {result.Elapsed}");
        await Task.Delay(TimeSpan.FromSeconds(3.2) - result.Elapsed);
        Assert.False(File.Exists(mark));
    }

    [Fact]
    public async Task CancellingEndsTheRun()
    {
        using var stop = new CancellationTokenSource(100);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => RunAsync("sleep 30", "text", null, stop.Token));
    }

    [Fact]
    public async Task EndlessOutputIsCut()
    {
        RunResult result = await RunAsync("yes", "text");
        Assert.Equal("ORC5103", result.Failure?.Code);
    }

    [Fact]
    public async Task AMissingProgramIsNamed()
    {
        RunResult result = await RunAsync("no-such-program-here x", "text");
        Assert.Equal("ORC5007", result.Failure?.Code);
        Assert.Contains("no-such-program-here", result.Failure?.Message, StringComparison.Ordinal);
    }
}
