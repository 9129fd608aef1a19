using Orchestrator.CostModels.Interference;
using Orchestrator.Targets.CoRun;
using Xunit;

namespace Orchestrator.Tests.Targets;

/// <summary>Kernels really run beside each other; how fast is not for a test to say.</summary>
public sealed class CoRunProbeTests
{
    [Fact]
    public void EveryKernelRunsBesideAnother()
    {
        Assert.SkipUnless(CoRunProbe.WhyNot() is null, CoRunProbe.WhyNot() ?? "");
        foreach (string kernel in CoRunProbe.Kernels)
        {
            var lines = new List<string>();
            CoRunTable table = CoRunProbe.Run(TimeProvider.System, 1, TimeSpan.FromMilliseconds(2), [kernel], lines.Add, TestContext.Current.CancellationToken);
            CoRunPair pair = Assert.Single(table.Pairs);
            Assert.True(pair is { Share: > 0, Noise: > 0, Rounds: > 0 } && double.IsFinite(pair.Share), pair.ToString());
            Assert.Contains(table.Pieces[0].Profile.Values, v => v > 0);
            Assert.Matches("measured by orc fleet probe --interference, .*20[0-9]{2}", table.Pieces[0].Source);
            Assert.Single(lines);
        }
    }

    [Fact]
    public void BothDirectionsOfAPairAreMeasured()
    {
        Assert.SkipUnless(CoRunProbe.WhyNot() is null, CoRunProbe.WhyNot() ?? "");
        CoRunTable table = CoRunProbe.Run(TimeProvider.System, 1, TimeSpan.FromMilliseconds(2), ["product", "branches"], _ => { }, TestContext.Current.CancellationToken);
        Assert.Equal(["branches>branches", "branches>product", "product>branches", "product>product"], table.Pairs.Select(p => $"{p.Victim}>{p.Other}").Order(StringComparer.Ordinal));
    }
}
