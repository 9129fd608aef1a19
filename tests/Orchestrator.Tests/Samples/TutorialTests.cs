using System.Text.RegularExpressions;
using Orchestrator.Tests.Cli;
using Xunit;

namespace Orchestrator.Tests.Samples;

/// <summary>The tutorials' pages show their files as they are, and their commands print what the pages say.</summary>
public sealed partial class TutorialTests(TeaPlugin tea) : IClassFixture<TeaPlugin>
{
    private const string Folder = "samples/tutorials/";

    public static TheoryData<string> Pages =>
        [.. Repository.Files("README.md").Where(f => f.StartsWith(Folder, StringComparison.Ordinal) && f != Folder + "README.md").Select(f => f[Folder.Length..])];

    public static TheoryData<string, string> Commands
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string page in Pages.Select(row => row.Data))
            {
                foreach (Match match in Console().Matches(File.ReadAllText(Repository.PathOf(Folder + page))))
                {
                    data.Add(match.Groups["command"].Value, match.Groups["output"].Value);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Pages))]
    public void ThePageShowsFilesAsTheyAre(string page)
    {
        string[] files = [.. Directory.EnumerateFiles(Repository.PathOf(Folder, Path.GetDirectoryName(page) ?? ""))
            .Concat(Directory.EnumerateFiles(Repository.PathOf(Folder, "1-dialect")))
            .Where(f => !f.EndsWith(".md", StringComparison.Ordinal)).Select(File.ReadAllText)];
        MatchCollection blocks = Code().Matches(File.ReadAllText(Repository.PathOf(Folder + page)));
        Assert.NotEmpty(blocks);
        Assert.All(blocks, b => Assert.Contains(files, f => f.Contains(b.Groups["code"].Value.TrimEnd(), StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task TheCommandPrintsWhatThePageSays(string command, string output)
    {
        command = command.Replace("artifacts/tutorials/", AppContext.BaseDirectory, StringComparison.Ordinal).Replace("artifacts/tea/", tea.Folder, StringComparison.Ordinal);
        string[] words = [.. Word().Matches(command).Select(m => m.Value.Trim('"'))];
        Assert.Equal("orc", words[0]);
        Outcome outcome = await Orc.RunAsync([], words[1..]);
        Assert.Equal(output, outcome.Output + outcome.Error);
    }

    [Fact]
    public void EveryTutorialIsListed()
    {
        string list = File.ReadAllText(Repository.PathOf(Folder + "README.md"));
        Assert.Equal(Pages.Select(row => row.Data).Order(StringComparer.Ordinal), Links().Matches(list).Select(m => m.Groups["page"].Value).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("1-dialect/BrewOp.cs", "[Op(", 15)]
    [InlineData("2-pass/DoubleShots.cs", "[Pass(", 30)]
    public void DeclarationsAreShort(string file, string start, int most)
    {
        string text = File.ReadAllText(Repository.PathOf(Folder + file));
        Assert.InRange(text[text.IndexOf(start, StringComparison.Ordinal)..].TrimEnd().Split('\n').Length, 3, most);
    }

    [GeneratedRegex("```console\n\\$ (?<command>[^\n]+)\n(?<output>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Console();

    [GeneratedRegex("```(csharp|mlir|xml)\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Code();

    [GeneratedRegex("\"[^\"]*\"|[^ ]+")]
    private static partial Regex Word();

    [GeneratedRegex(@"\]\((?<page>[\w-]+/README\.md)\)")]
    private static partial Regex Links();
}
