using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace Orchestrator.Tests;

/// <summary>The countable rules of the project's style, and the direction of its dependencies.</summary>
public sealed partial class TidyTests
{
    private const int LongestFile = 800;
    private const int LongestMethod = 70;
    private const int LongestReadme = 60;

    // From → to, all that is allowed; transitive arrows need not be listed because projects name only direct ones.
    private static readonly Dictionary<string, string[]> Arrows = new(StringComparer.Ordinal)
    {
        ["Orchestrator.Diagnostics"] = [],
        ["Orchestrator.IR"] = ["Orchestrator.Diagnostics"],
        ["Orchestrator.IR.Generator"] = [],
        ["Orchestrator.Plan"] = ["Orchestrator.Diagnostics"],
        ["Orchestrator.CostModels"] = ["Orchestrator.Plan"],
        ["Orchestrator.Dialects"] = ["Orchestrator.IR", "Orchestrator.Plan"],
        ["Orchestrator.Frontend"] = ["Orchestrator.Dialects"],
        ["Orchestrator.Codegen"] = ["Orchestrator.Dialects"],
        ["Orchestrator.Compiler"] = ["Orchestrator.Frontend", "Orchestrator.Dialects", "Orchestrator.CostModels", "Orchestrator.Codegen"],
        ["Orchestrator.Runtime"] = ["Orchestrator.Plan", "Orchestrator.CostModels"],
        ["Orchestrator.Targets"] = ["Orchestrator.Runtime"],
        ["Orchestrator.Opt"] = ["Orchestrator.Compiler"],
        ["orc-opt"] = ["Orchestrator.Opt"],
        ["orc"] = ["Orchestrator.Opt", "Orchestrator.Compiler", "Orchestrator.Runtime", "Orchestrator.Targets"],
        ["orcd"] = ["Orchestrator.Compiler", "Orchestrator.Runtime", "Orchestrator.Targets"],
    };

    public static TheoryData<string> Projects =>
        [.. Repository.Files(".csproj").Where(f => !f.StartsWith("tests/", StringComparison.Ordinal) && !f.StartsWith("samples/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Projects))]
    public void ProjectsPointOneWay(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        Assert.True(Arrows.ContainsKey(name), $"{name} has no row in the table of allowed dependencies");
        IEnumerable<string> references = XDocument.Load(Repository.PathOf(path)).Descendants("ProjectReference")
            .Where(r => r.Attribute("OutputItemType")?.Value != "Analyzer")
            .Select(r => Path.GetFileNameWithoutExtension(r.Attribute("Include")!.Value.Replace('\\', '/'))); // Include is always there
        Assert.Empty(references.Except(Arrows[name]));
    }

    [Fact]
    public void EveryProjectIsInTheSolution()
    {
        string solution = File.ReadAllText(Repository.PathOf("Orchestrator.sln")).Replace('\\', '/');
        Assert.Empty(Repository.Files(".csproj").Where(f => !f.StartsWith("samples/", StringComparison.Ordinal) && !solution.Contains(f, StringComparison.Ordinal)));
    }

    [Fact]
    public void FilesAreNotTooLong() =>
        Assert.Empty(OwnSources().Where(f => File.ReadLines(Repository.PathOf(f)).Count() > LongestFile));

    [Fact]
    public void MethodsAreNotTooLong() => Assert.Empty(OwnSources().SelectMany(LongMethods));

    [Fact]
    public void NamesSayWhatAThingIs() =>
        Assert.Empty(OwnSources().Where(f => VagueName().IsMatch(Path.GetFileNameWithoutExtension(f))));

    [Fact]
    public void ConsoleIsForToolsOnly() =>
        Assert.Empty(OwnSources()
            .Where(f => !f.StartsWith("tools/", StringComparison.Ordinal) && !f.StartsWith("tests/", StringComparison.Ordinal))
            .Where(f => File.ReadAllText(Repository.PathOf(f)).Contains("Console.", StringComparison.Ordinal)));

    [Fact]
    public void EveryMainFolderHasAShortReadme()
    {
        foreach (string folder in new[] { "compiler", "runtime", "dialects", "costmodels", "samples", "tests", "tools" })
        {
            string readme = Repository.PathOf(folder, "README.md");
            Assert.True(File.Exists(readme), $"{folder}/README.md is missing");
            Assert.InRange(File.ReadLines(readme).Count(), 3, LongestReadme);
        }
    }

    [Fact]
    public void NoFileNamesARegistry() =>
        Assert.Empty(Repository.Files(".json", ".md", ".props", ".csproj", ".sh", ".mjs", ".yaml", ".yml", ".npmrc")
            .Where(f => RegistryHost().IsMatch(File.ReadAllText(Repository.PathOf(f)))));

    [Fact]
    public void TheTopLevelIsWhatTheReadmeSays()
    {
        string[] folders = [.. Directory.EnumerateDirectories(Repository.Root).Select(d => Path.GetFileName(d)!) // a listed folder has a name
            .Where(d => !d.StartsWith('.') && d != "artifacts").Order(StringComparer.Ordinal)];
        Assert.Equal(["compiler", "costmodels", "dialects", "runtime", "samples", "tests", "tools"], folders);
    }

    private static IEnumerable<string> OwnSources() => Repository.Files(".cs").Where(f => !f.Contains("/Generated/", StringComparison.Ordinal));

    // A method starts at a line of declaration depth that ends in ')' or '=>' before a '{'; lines are counted between its braces.
    private static IEnumerable<string> LongMethods(string file)
    {
        string[] lines = File.ReadAllLines(Repository.PathOf(file));
        for (int i = 0; i + 1 < lines.Length; i++)
        {
            if (!MethodHead().IsMatch(lines[i]) || lines[i + 1].Trim() != "{")
            {
                continue;
            }

            string close = lines[i + 1].Replace('{', '}');
            int end = Array.FindIndex(lines, i + 2, l => l == close);
            if (end - i - 2 > LongestMethod)
            {
                yield return $"{file}:{i + 1} ({end - i - 2} lines)";
            }
        }
    }

    [GeneratedRegex(@"^    (    )?(public|private|internal|protected|static|async|override|unsafe).*\)\s*(where .*)?$")]
    private static partial Regex MethodHead();

    [GeneratedRegex("(Helper|Helpers|Manager|Util|Utils|Utilities)$")]
    private static partial Regex VagueName();

    [GeneratedRegex(@"registry\.npmjs|api\.nuget|nuget\.org/v3|deb\.debian")]
    private static partial Regex RegistryHost();
}
