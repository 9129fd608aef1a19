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

    [Theory]
    [InlineData("gemm", "hardware,dtype,m,n,k\n{0},bf16,16,4096,4096\n{0},bf16,32,4096,4096\n")]
    [InlineData("serving", "hardware,model,metric\n{0},meta-llama/Llama-3.1-8B-Instruct,tpot_ms\n")]
    public async Task AMistakeInTheFileOfADeviceIsToldOnceAtItsPlace(string kind, string table)
    {
        string folder = Directory.CreateTempSubdirectory("orc-predict-").FullName;
        try
        {
            string device = Path.Combine(folder, "foo.yaml");
            await File.WriteAllTextAsync(device, "name: Foo\nmemory: 80 GB\nbf16: 989 TFLOPS\n", TestContext.Current.CancellationToken);
            string rows = Path.Combine(folder, "rows.csv");
            await File.WriteAllTextAsync(rows, table.Replace("{0}", device, StringComparison.Ordinal), TestContext.Current.CancellationToken);
            Outcome outcome = await Orc.RunAsync("predict", "--kind", kind, "--csv", rows);
            Assert.Equal(1, outcome.Code);
            Assert.Equal(2, outcome.Error.Split("the key 'bandwidth'").Length);
            Assert.Contains("foo.yaml:1:1: error:", outcome.Error, StringComparison.Ordinal);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task WithoutAKindItIsWrongUsage() => Assert.Equal(2, (await Orc.RunAsync("predict", "--csv", "x.csv")).Code);
}
