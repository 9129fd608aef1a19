using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets.Human;
using Orchestrator.Tests.Targets.Http;
using Xunit;

namespace Orchestrator.Tests.Targets.Human;

public sealed class HumanTargetTests
{
    private static readonly (string Name, Datum Value)[] Prompt = [("prompt", new TextDatum("Approve?"))];

    private static Task<RunResult> RunAsync(HumanTarget target, string type) =>
        TargetRun.RunAsync(target, TargetRun.Graph(StepKind.Human, "human", TargetRun.Declare("human", "", ""), type, Prompt, ("timeout_us", "20000000")), Prompt);

    [Theory]
    [InlineData("bool", "yes", "true")]
    [InlineData("text", " as it is ", "as it is")]
    [InlineData("{ ok: bool, why: text? }", "ok = no\nwhy=too dear = really", "{\"ok\":false,\"why\":\"too dear = really\"}")]
    [InlineData("{ ok: bool, why: text? }", "{\"ok\":true}", "{\"ok\":true,\"why\":null}")]
    [InlineData("decimal", "2.50", "2.50")]
    public async Task AnAnswerIsReadAsItsType(string type, string answer, string expected) =>
        Assert.Equal(expected, (await RunAsync(new HumanTarget(new Desk(answer)), type)).Value?.ToText());

    [Fact]
    public async Task AnAnswerThatDoesNotFitIsAskedForAgain()
    {
        var desk = new Desk("perhaps", "yes");
        Assert.Equal("true", (await RunAsync(new HumanTarget(desk), "bool")).Value?.ToText());
        Assert.Equal(["", "text where bool is needed"], desk.Problems);
    }

    [Fact]
    public async Task AnEmptyDeskFails() => Assert.Equal("ORC5501", (await RunAsync(new HumanTarget(new Desk(null!)), "bool")).Failure?.Code);

    [Fact]
    public async Task AQuestionWaitsInTheQueue()
    {
        var target = new HumanTarget();
        Task<RunResult> run = RunAsync(target, "bool");
        while (target.Pending.IsEmpty)
        {
            await Task.Yield();
        }

        Assert.Equal("Approve?", target.Pending[0].Prompt);
        Assert.True(target.TryAnswer(target.Pending[0].Id, "no"));
        Assert.Equal("false", (await run).Value?.ToText());
        Assert.Empty(target.Pending);
    }

    private sealed class Desk(params string[] answers) : IHumanDesk
    {
        private int _asked;

        public List<string> Problems { get; } = [];

        public ValueTask<string?> AskAsync(HumanQuestion question, CancellationToken cancellationToken)
        {
            Problems.Add(question.Problem);
            return new(answers?[_asked++]);
        }
    }
}
