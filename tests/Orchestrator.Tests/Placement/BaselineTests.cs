using Orchestrator.Compiler;
using Orchestrator.Compiler.Emit;
using Orchestrator.Compiler.Placing;
using Orchestrator.Compiler.Placing.Baselines;
using Orchestrator.Compiler.Stages;
using Orchestrator.Plan;
using Orchestrator.Tests.Samples;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>The plan beside the baselines; <c>orc bench compare</c> does the same over every sample and fleet.</summary>
public sealed class BaselineTests
{
    private const int Seeds = 60;

    [Fact]
    public void ABaselineCoversEveryTaskOnceAndIsNeverCheaperThanTheOptimum()
    {
        int plans = 0;
        for (int seed = 0; seed < Seeds; seed++)
        {
            var workflow = new RandomWorkflow(seed);
            BuiltProblem built = new ProblemBuilder(workflow.Graph, workflow.Fleet, workflow.Table, workflow.Objective).Build(_ => true);
            if (!WhatIf.Covered(built.Problem))
            {
                continue;
            }

            SearchAnswer answer = PlacementSearch.Solve(built.Problem, 20, breakTies: false, TestContext.Current.CancellationToken);
            var problem = new BaselineProblem(built.Problem, [.. built.Problem.Devices.Select((_, d) => d % 2 == 0 ? $"kind {d}" : "")], [.. workflow.Graph.Tasks.Select(t => t.Name)]);
            foreach (Baseline baseline in Baseline.All)
            {
                BaselineChoice choice = baseline.Choose(problem, TestContext.Current.CancellationToken);
                if (choice.Chosen is not { } chosen)
                {
                    Assert.NotEmpty(choice.Note);
                    continue;
                }

                int[] covered = [.. chosen.SelectMany(c => built.Problem.Candidates[c].Tasks).Order()];
                Assert.Equal(Enumerable.Range(0, workflow.Graph.Tasks.Length), covered);
                PlacementValue value = new PlacementEvaluator(built.Problem).Evaluate(chosen);
                if (value.Violation == 0)
                {
                    plans++;
                    Assert.True(answer.Value is { } best && best.Objective <= value.Objective, $"seed {seed}: {baseline.Name} is cheaper");
                }
            }
        }

        Assert.True(plans > Seeds, $"only {plans} choices of baselines kept their promise");
    }

    [Theory]
    [InlineData("voice-agent", "mixed-cloud")]
    [InlineData("cascade", "on-prem")]
    [InlineData("deep-research", "budget-gpus")]
    [InlineData("rag-chat", "edge-cloud")]
    [InlineData("support-triage", "amd-intel")]
    [InlineData("coding-agent", "h100-cloud")]
    public void OursIsNeverDearerOnASampleAndKeepsEveryPromise(string sample, string fleet)
    {
        CompileResult result = SampleWorkflow.Plan(sample, fleet);
        DeploymentPlan plan = Assert.IsType<DeploymentPlan>(result.Plan);
        Comparison comparison = CompareStage.Run(plan, TestContext.Current.CancellationToken);
        Assert.Equal(Baseline.All.Length + 1, comparison.Plans.Length);
        Assert.All(comparison.Plans.Skip(1), p => Assert.True(p.Saving is >= -1e-9 || (p.Cost is null && p.Note.Length > 0), $"{p.Name}: {p.Saving} {p.Note}"));
        Assert.All(plan.Objective.LatencyLimits, l => Assert.True(plan.Placement.Latency[l.Key].Likely <= l.Value, $"p{l.Key}"));
        string text = ComparisonText.Write(comparison, 80);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        Assert.All(Baseline.All, b => Assert.Contains(b.Name, text, StringComparison.Ordinal));
        Assert.Equal(text, ComparisonText.Write(CompareStage.Run(plan, TestContext.Current.CancellationToken), 80));
    }
}
