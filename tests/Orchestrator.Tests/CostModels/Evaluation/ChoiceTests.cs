using System.Collections.Immutable;
using Orchestrator.CostModels;
using Orchestrator.CostModels.Evaluation;
using Xunit;

namespace Orchestrator.Tests.CostModels.Evaluation;

/// <summary>The regret of choosing by prediction, over fair sets.</summary>
public sealed class ChoiceTests
{
    private const string Header = "source,hardware,num_devices,precision,tp,pp,isl,osl,concurrency_or_batch,metric,notes,measured,predicted\n";

    [Fact]
    public void TheChosenOneIsComparedWithTheBestMeasured()
    {
        // tp4 is predicted to be best and is 25 % slower than tp2·pp2.
        Choice all = Judge("""
            s,H100,4,fp8,4,1,1000,100,8,tpot_ms,agg,10,7
            s,H100,4,fp8,2,2,1000,100,8,tpot_ms,agg,8,9
            s,H100,4,fp8,1,4,1000,100,8,tpot_ms,agg,16,20
            """)[^1];
        Assert.Equal((1, 3), (all.Sets, all.Configurations));
        Assert.Equal(0.25, all.Median, 9);
        Assert.Equal(0, all.Best);
        Assert.Equal(34 / 24.0 - 1, all.Blind, 9);
    }

    [Fact]
    public void OtherLoadsLengthsCountsAndSourcesAreOtherSets() => Assert.Empty(Judge("""
        s,H100,4,fp8,4,1,1000,100,8,tpot_ms,agg,10,7
        s,H100,4,fp8,2,2,1000,100,9,tpot_ms,agg,8,9
        s,H100,4,fp8,2,2,2000,100,8,tpot_ms,agg,8,9
        s,H100,8,fp8,2,2,1000,100,8,tpot_ms,agg,8,9
        t,H100,4,fp8,2,2,1000,100,8,tpot_ms,agg,8,9
        s,H100,4,fp8,2,2,1000,100,8,ttft_ms,agg,8,9
        """));

    [Fact]
    public void VersionsAndDatesAreRepeatsOfOneConfiguration() => Assert.Empty(Judge("""
        s,H100,4,fp8,4,1,1000,100,8,tpot_ms,agg dp1; vllm 0.19.0; db-dump 2026-04-17,10,7
        s,H100,4,fp8,4,1,1000,100,8,tpot_ms,agg dp1; vllm 0.18.1rc2; h100/vllm/x.csv 2026-01-17,8,9
        """));

    [Fact]
    public void ThroughputIsComparedPerDeviceTooWithTheirNumberFree()
    {
        ImmutableArray<Choice> choices = Judge("""
            s,H100,1,fp8,1,1,1000,100,inf,throughput_out_tok_s,max,100,100
            s,H100,2,fp8,2,1,1000,100,inf,throughput_out_tok_s,max,160,300
            """);
        Assert.Equal(["all", "c per device"], choices.Select(c => c.Class).Order(StringComparer.Ordinal));
        Assert.Equal(0.25, choices[0].Median, 9);
    }

    [Fact]
    public void EqualPredictionsAreAChoiceAtRandom()
    {
        Choice all = Judge("""
            s,H100,4,fp8,4,1,1000,100,8,tpot_ms,vllm,10,7
            s,H100,4,fp8,4,1,1000,100,8,tpot_ms,sglang,8,7
            """)[^1];
        Assert.Equal(0.125, all.Median, 9);
    }

    private static ImmutableArray<Choice> Judge(string lines) => Choice.Judge([.. Table.Parse(new StringReader(Header + lines)).Rows.Select(r =>
    {
        double predicted = r.Positive("predicted");
        return new Judged(r, r["hardware"], "c", r.Positive("measured"), new Prediction(predicted, predicted, predicted, "m", "s"));
    })]);
}
