using Xunit;

namespace Orchestrator.Tests.Cli;

/// <summary><c>orc predict</c> as a user starts it.</summary>
public sealed class PredictCommandTests
{
    [Theory]
    [InlineData("nothing predicts 'servin'", "--kind", "servin", "--csv", "x.csv")]
    public async Task AMistakeIsExplained(string what, params string[] arguments)
    {
        Outcome outcome = await Orc.RunAsync(["predict", .. arguments]);
        Assert.Equal(1, outcome.Code);
        Assert.Empty(outcome.Output);
        Assert.Contains(what, outcome.Error, StringComparison.Ordinal);
        Assert.Contains("help: ", outcome.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithoutAKindItIsWrongUsage() => Assert.Equal(2, (await Orc.RunAsync("predict", "--csv", "x.csv")).Code);
}
