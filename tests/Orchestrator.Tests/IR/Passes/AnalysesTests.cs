using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Passes;

/// <summary>How many operations there are inside.</summary>
public sealed class OpCount : IAnalysis<OpCount>
{
    private static int _computed;

    /// <summary>How often it was computed on all operations together.</summary>
    public static int Computed => _computed;

    public int Count { get; private init; }

    public static OpCount Compute(Operation op, Analyses analyses)
    {
        Interlocked.Increment(ref _computed);
        return new OpCount { Count = op.Walk().Count() };
    }
}

/// <summary>Rests on <see cref="OpCount"/>.</summary>
public sealed class TwiceOpCount : IAnalysis<TwiceOpCount>
{
    public int Count { get; private init; }

    public static TwiceOpCount Compute(Operation op, Analyses analyses) => new() { Count = 2 * analyses.Get<OpCount>().Count };
}

/// <summary>Asks for itself.</summary>
public sealed class Endless : IAnalysis<Endless>
{
    public static Endless Compute(Operation op, Analyses analyses) => analyses.Get<Endless>();
}

/// <summary>What a pass says about analyses.</summary>
public enum Keeps
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The count.</summary>
    Count,

    /// <summary>What rests on the count, but not the count.</summary>
    Twice,

    /// <summary>All.</summary>
    All,
}

/// <summary>Asks how many operations there are.</summary>
[Pass("test-count")]
public sealed partial class TestCount : Pass
{
    [PassOption("keeps")] public Keeps Keeps { get; set; }

    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        context.Count(this, "ops", context.Analysis<OpCount>(root).Count);
        context.Count(this, "twice", context.Analysis<TwiceOpCount>(root).Count);
        context.Count(this, "outside", root.ParentOp is { } outer && context.CachedAnalysis<OpCount>(outer) is not null ? 1 : 0);
        switch (Keeps)
        {
            case Keeps.Count:
                context.Preserve<OpCount>();
                break;
            case Keeps.Twice:
                context.Preserve<TwiceOpCount>();
                break;
            case Keeps.All:
                context.PreserveAll();
                break;
        }
    }
}

public sealed class AnalysesTests
{
    [Theory]
    [InlineData("test-count,test-count", 2)]
    [InlineData("test-count{keeps=all},test-count", 1)]
    [InlineData("test-count{keeps=count},test-count", 1)]
    [InlineData("test-count{keeps=twice},test-count", 2)]
    [InlineData("test-count{keeps=all},test-erase,test-count{keeps=all},test-erase,test-count", 2)]
    [InlineData("test-count{keeps=all},builtin.module(test-count{keeps=all}),test-count", 1)]
    [InlineData("test-count{keeps=all},any(test-count{keeps=all}),test-count", 4)]
    [InlineData("test-count{keeps=all},any(test-count),test-count", 5)]
    [InlineData("any(test-count{keeps=all}),any(test-count{keeps=all})", 3)]
    [InlineData("any(any(test-count{keeps=all},test-count,test-count{keeps=all},test-count))", 6)]
    [InlineData("any(test-count{keeps=all}),test-lie,any(test-count{keeps=all})", 3)]
    [InlineData("any(test-count{keeps=all}),test-break,any(test-count{keeps=all})", 6)]
    public void AnalysesAreComputedOnceUntilSomethingChanges(string pipeline, int computed)
    {
        int before = OpCount.Computed;
        OptResult result = PassRuns.Run(PassRuns.Modules(3, "\"t.a\"() : () -> ()") + "\"t.dead\"() : () -> ()\n", pipeline);
        Assert.True(result.Ok, DiagnosticText.Render(result.Diagnostics));
        Assert.Equal(computed, OpCount.Computed - before);
    }

    [Fact]
    public void APassSeesWhatIsKnownAroundItsOperation()
    {
        var options = new PassRunOptions();
        Assert.True(PassRuns.Run(PassRuns.Modules(3, "\"t.a\"() : () -> ()"), "test-count{keeps=all},any(test-count)", options).Ok);
        Assert.Equal(3, options.Statistics["test-count.outside"]);
        Assert.Equal(26, options.Statistics["test-count.twice"]);
    }

    [Fact]
    public void AnAnalysisOfSomethingElseIsRefused()
    {
        Operation one = PassRuns.NewContext().CreateModule();
        Operation other = PassRuns.NewContext().CreateModule();
        var context = new PassContext(new DiagnosticBag());
        Assert.Equal(1, context.Analysis<OpCount>(one).Count);
        Assert.Throws<InvalidOperationException>(() => context.Analysis<OpCount>(other));
        Assert.Throws<InvalidOperationException>(() => context.Analysis<Endless>(one));
    }

    [Fact]
    public void DominanceIsKeptToo()
    {
        Operation module = PassRuns.NewContext().CreateModule();
        var analyses = new Analyses(module);
        DominanceInfo first = analyses.Get<DominanceInfo>();
        Assert.Same(first, analyses.Get<DominanceInfo>());
        analyses.Invalidate([]);
        Assert.NotSame(first, analyses.Get<DominanceInfo>());
    }

    [Fact]
    public void WhatIsGoneIsForgotten()
    {
        Operation module = PassRuns.NewContext().CreateModule();
        Operation inner = module.Context.CreateModule();
        module.Regions[0].First!.Append(inner); // A new module has a block.
        var analyses = new Analyses(module);
        analyses.Of(inner).Get<OpCount>();
        inner.Remove();
        analyses.Invalidate([typeof(OpCount)]);
        module.Regions[0].First!.Append(inner); // As above.
        Assert.Null(analyses.Of(inner).Cached<OpCount>());
    }
}
