using Orchestrator.Cli.Papers;
using Xunit;

namespace Orchestrator.Tests.Papers;

/// <summary>Papers about where things lie: the figures that have to come out, and the verdicts.</summary>
public sealed class PlacementPapersTests
{
    [Theory]
    [InlineData("composition-of-experts", 0, 0, 0)]
    [InlineData("composition-of-experts", 1, 0, 0)]
    [InlineData("holmes", 0, 0, 0)]
    [InlineData("holmes", 1, 0, 0)]
    [InlineData("holmes", 2, 0, 0)]
    [InlineData("bytescale", 0, 0, 0)]
    [InlineData("bytescale", 1, 0, 0)]
    [InlineData("redco", 0, 0, 0)]
    [InlineData("redco", 1, 1, 0)]
    [InlineData("redco", 2, 11, 0)]
    [InlineData("redco", 3, 0, 0)]
    [InlineData("redco", 4, 26.952, 1e-3)] // 6.738e9 x 16 / 4
    [InlineData("redco", 5, 16.43, 1e-3)] // 65.72e9 x 16 / 64
    [InlineData("cxl-allocation", 0, 0, 0)]
    [InlineData("fuyou", 0, 0, 0)]
    [InlineData("fuyou", 1, 0, 0)]
    [InlineData("fuyou", 3, 10.872, 1e-3)] // 3 x 2 x 12 x 12288^2
    [InlineData("fuyou", 4, 2800, 0)]
    [InlineData("elastic-moe", 0, 0, 0)]
    [InlineData("elastic-moe", 1, 0, 0)]
    [InlineData("elastic-moe", 2, 0, 0)]
    [InlineData("lifl", 0, 0, 0)]
    [InlineData("lifl", 1, 0, 0)]
    [InlineData("cloudmatrix", 3, 320, 0)]
    [InlineData("cloudmatrix", 4, 32, 0)]
    [InlineData("cloudmatrix", 6, 0, 0)]
    [InlineData("apex", 3, 16.25, 1e-9)]
    [InlineData("apex", 4, 5, 1e-9)]
    public void FiguresAre(string paper, int claim, double expected, double within) =>
        Assert.InRange(Assert.IsType<NumberClaim>(PapersTests.Claims(paper)[claim]).Value, expected - within, expected + within);

    [Theory]
    [InlineData("composition-of-experts", "002333")]
    [InlineData("holmes", "0002233")]
    [InlineData("bytescale", "0012233")]
    [InlineData("redco", "00001133")]
    [InlineData("cxl-allocation", "0331323")]
    [InlineData("fuyou", "002113")]
    [InlineData("elastic-moe", "0002333")]
    [InlineData("lifl", "00233")]
    public void OutcomesAre(string paper, string outcomes) =>
        Assert.Equal(outcomes, string.Concat(PapersTests.Claims(paper).Select(c => (int)c.Verdict.Outcome)));
}
