using Xunit;

namespace Orchestrator.Tests.Cli;

public sealed class CheckCommandTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task ImportsAreFoundBesideTheFileThatNamesThem(bool relative)
    {
        string folder = Directory.CreateTempSubdirectory("orc-check-").FullName;
        try
        {
            await File.WriteAllTextAsync(Path.Combine(folder, "models.flow"), "model m = \"x/y\"\n", TestContext.Current.CancellationToken);
            string main = Path.Combine(folder, "main.flow");
            await File.WriteAllTextAsync(main, "import \"models.flow\"\nworkflow w(q: text) -> text {\n  m(\"{q}\")\n}\n", TestContext.Current.CancellationToken);
            Outcome outcome = await Orc.RunAsync("check", relative ? Path.GetRelativePath(Repository.Root, main) : main);
            Assert.True(outcome.Code == 0, outcome.Error);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
