using System.Collections.Immutable;
using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets.Simulated;
using Xunit;

namespace Orchestrator.Tests.Runtime;

/// <summary>The same engine on the thread pool and the real clock.</summary>
public sealed class RealLoopTests
{
    [Fact]
    public async Task ManyRunsAtOnceGiveTheirOwnValuesOrEndWhenCancelled()
    {
        var target = new SimulatedTarget(r => new SimulatedAnswer(TimeSpan.FromMilliseconds(r.Operands[0].ToText().Length % 3), r.Operands[0]));
        var graph = new GraphBuilder();
        int items = graph.Input("items", "list<text>");
        int map = graph.Control(StepKind.Map, "map", [items], [], (true, item =>
            graph.Control(StepKind.Race, "race", [], [], (false, _ => graph.Tool("a", item)), (false, _ => graph.Tool("b", graph.Tool("c", item))))));
        TaskGraph frozen = graph.Build(map);
        var engine = new Engine();
        var services = new RunServices(TargetSet.Empty.With("simulated", target));
        var environment = new TargetEnvironment("/", TimeProvider.System, _ => null);

        async Task RunAsync(int number)
        {
            var list = new ListDatum([.. Enumerable.Range(0, 50).Select(i => new TextDatum(new string((char)('a' + (number % 26)), (i % 7) + 1)))]);
            using var stop = new CancellationTokenSource();
            if (number % 4 == 0)
            {
                stop.CancelAfter(number % 11);
            }

            try
            {
                RunResult result = await engine.RunAsync(frozen, ImmutableDictionary<string, Datum>.Empty.Add("items", list), services, environment, null, stop.Token);
                Assert.Null(result.Failure);
                Assert.True(DatumEquality.AreEqual(list, result.Value!));
            }
            catch (OperationCanceledException)
            {
                Assert.True(stop.IsCancellationRequested);
            }
        }

        await Task.WhenAll(Enumerable.Range(0, 100).Select(RunAsync)).WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Equal(0, target.Executing);
    }
}
