using System.Text.Json.Nodes;
using Orchestrator.Compiler;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.Samples;

/// <summary>The shapes of applications in <c>samples/</c> and the fleets that they are planned on.</summary>
public sealed class ShapesTests
{
    // They need a machine that was probed here; their plans are kept beside them.
    private static readonly string[] OnOwnFleets = ["invoice-intake", "support-chat"];

    public static TheoryData<string> Names => [.. SampleWorkflow.Names];

    public static TheoryData<string> Planned => [.. SampleWorkflow.Names.Except(OnOwnFleets)];

    public static TheoryData<string> Fleets => [.. SampleWorkflow.Fleets];

    [Theory]
    [MemberData(nameof(Names))]
    public void ASampleSaysWhatItIsAndHasAnInput(string name)
    {
        string[] readme = File.ReadAllLines(Repository.PathOf("samples", name, "README.md"));
        Assert.Equal("# " + name, readme[0]);
        Assert.Contains(readme, l => l.Contains("artifacts/orc plan samples/" + name, StringComparison.Ordinal) || l.Contains("artifacts/orc run samples/" + name, StringComparison.Ordinal));
        Assert.NotNull(JsonNode.Parse(File.ReadAllText(Repository.PathOf("samples", name, "input.json"))));
        Assert.Contains($"`{name}`", File.ReadAllText(Repository.PathOf("samples", "README.md")), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Planned))]
    public void AShapeChecksWithoutAWordAndPlans(string name)
    {
        CompileResult result = SampleWorkflow.Plan(name, "h100-cloud");
        Assert.True(result.Plan is not null, result.Failure?.Explanation);
    }

    [Theory]
    [MemberData(nameof(Fleets))]
    public void AFleetIsExplainedAndEveryDeviceIsPriced(string name)
    {
        Assert.StartsWith("# ", File.ReadAllText(Repository.PathOf("samples", "fleets", name + ".yaml")), StringComparison.Ordinal);
        Fleet fleet = SampleWorkflow.Fleet(name);
        Assert.Equal(name, fleet.Name);
        Assert.All(fleet.Devices, d => Assert.True(d.PricePerHour is not null, d.Name));
    }

    [Fact]
    public void ThereAreEnoughOfThem()
    {
        Assert.True(SampleWorkflow.Names.Count() >= 12);
        Assert.Equal(6, SampleWorkflow.Fleets.Count());
    }
}
