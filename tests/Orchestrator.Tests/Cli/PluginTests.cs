using Orchestrator.Tests.Samples;
using Xunit;

namespace Orchestrator.Tests.Cli;

/// <summary>Plugins built elsewhere work in every command, and what is no plugin is refused with a reason.</summary>
public sealed class PluginTests(TeaPlugin tea) : IClassFixture<TeaPlugin>
{
    private const string Pot = "samples/tutorials/6-plugin/pot.mlir";

    private string Tea => tea.Folder + "Tea.dll";

    [Fact]
    public async Task ItsDialectIsCheckedToo()
    {
        Outcome with = await Orc.RunAsync("check", Pot, "--plugin", Tea);
        Assert.Equal((0, $"{Pot}: fine\n"), (with.Code, with.Output));
        Outcome without = await Orc.RunAsync("check", Pot);
        Assert.Equal(1, without.Code);
        Assert.Contains("no dialect declares it", without.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ItsPassesAreListed() =>
        Assert.Contains("Steep every tea one minute longer", (await Orc.RunAsync("opt", "--plugin", Tea, "--list-passes")).Output, StringComparison.Ordinal);

    [Fact]
    public async Task ItsDialectCanBeExported() =>
        Assert.Contains("irdl.operation @steep", (await Orc.RunAsync("opt", "--plugin", Tea, "--export-irdl", "tea")).Output, StringComparison.Ordinal);

    [Theory]
    [InlineData("there/is/none.dll", "ORC6060")]
    [InlineData("README.md", "ORC6061")]
    public async Task WhatIsNoAssemblyIsRefused(string path, string code) => await AssertRefused(code, path);

    [Fact]
    public async Task AnAssemblyWithoutATableIsRefused() => await AssertRefused("ORC6062", Path.Combine(AppContext.BaseDirectory, "CsCheck.dll"));

    [Fact]
    public async Task TheSamePluginTwiceIsRefused() => await AssertRefused("ORC6064", Tea, Tea);

    [Fact]
    public async Task MistakesInIrdlFilesAreShown()
    {
        Outcome outcome = await Orc.RunAsync("opt", "--irdl", Pot, Pot);
        Assert.Equal(1, outcome.Code);
        Assert.StartsWith($"{Pot}:1:6: error: ", outcome.Error, StringComparison.Ordinal);
        outcome = await Orc.RunAsync("opt", "--export-irdl", "agnt");
        Assert.Equal(1, outcome.Code);
        Assert.Contains("did you mean 'agent'?", outcome.Error, StringComparison.Ordinal);
    }

    private static async Task AssertRefused(string code, params string[] plugins)
    {
        Outcome outcome = await Orc.RunAsync(["opt", Pot, .. plugins.SelectMany(p => new[] { "--plugin", p })]);
        Assert.Equal((1, ""), (outcome.Code, outcome.Output));
        Assert.Contains($"[{code}]", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("help: ", outcome.Error, StringComparison.Ordinal);
    }
}
