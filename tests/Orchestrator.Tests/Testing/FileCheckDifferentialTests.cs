using System.Diagnostics;
using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.IR.Testing;
using Xunit;

namespace Orchestrator.Tests.Testing;

/// <summary>Our matcher and LLVM's give the same verdict: the checks hold, do not hold, or cannot be read.</summary>
public sealed class FileCheckDifferentialTests
{
    private const string Oracle = "/usr/bin/FileCheck-22";

    private static readonly string[] Unreadable = [TestCodes.CheckSyntax, TestCodes.Regex, TestCodes.Substitution, TestCodes.NoChecks, TestCodes.EmptyOutput];

    [Fact]
    public async Task RandomChecksGetTheVerdictOfFileCheck()
    {
        Assert.SkipUnless(File.Exists(Oracle), "FileCheck-22 of llvm-22-tools is not installed");
        int rounds = int.TryParse(Environment.GetEnvironmentVariable("ORC_FUZZ"), CultureInfo.InvariantCulture, out int asked) ? asked : 200;
        int seed = int.TryParse(Environment.GetEnvironmentVariable("ORC_SEED"), CultureInfo.InvariantCulture, out int given) ? given : 20261125;
        TestContext.Current.SendDiagnosticMessage("seed {0}", seed);
        string folder = Directory.CreateTempSubdirectory("orc-filecheck-").FullName;
        int[] verdicts = new int[3];
        var differences = new List<string>();
        for (int i = 0; i < rounds; i++)
        {
            var random = new RandomChecks(new Random(seed + i));
            string output = random.Output();
            string checks = random.Checks(output);
            string[] options = (i % 5) switch { 1 => ["--strict-whitespace"], 2 => ["--match-full-lines"], 3 => ["--implicit-check-not=foo"], _ => [] };
            int theirs = await TheirsAsync(folder, checks, output, options);
            var bag = new DiagnosticBag();
            int ours = Ours(checks, output, options, bag);
            verdicts[theirs]++;
            if (theirs != ours)
            {
                differences.Add($"seed {seed + i} {string.Join(' ', options)}: FileCheck says {theirs}, we say {ours}\n--- checks\n{checks}--- output\n{output}--- ours\n{DiagnosticText.Render(bag)}");
            }
        }

        Directory.Delete(folder, recursive: true);
        Assert.True(differences.Count == 0, $"{differences.Count} of {rounds} differ\n" + string.Join('\n', differences.Take(5)));
        Assert.All(verdicts, n => Assert.True(n >= rounds / 20, $"the cases are lopsided: {string.Join(", ", verdicts)}"));
    }

    private static int Ours(string checks, string output, string[] options, DiagnosticBag bag)
    {
        var read = new CheckOptions
        {
            StrictWhitespace = options.Contains("--strict-whitespace"),
            MatchFullLines = options.Contains("--match-full-lines"),
            ImplicitCheckNot = options.Contains("--implicit-check-not=foo") ? ["foo"] : [],
        };
        bool fine = FileCheck.Run(new SourceText("checks", checks), new SourceText("output", output), read, bag);
        return fine ? 0 : bag.Items.Any(d => Unreadable.Contains(d.Code)) ? 2 : 1;
    }

    private static async Task<int> TheirsAsync(string folder, string checks, string output, string[] options)
    {
        string checkFile = Path.Combine(folder, "checks");
        string outputFile = Path.Combine(folder, "output");
        await File.WriteAllTextAsync(checkFile, checks);
        await File.WriteAllTextAsync(outputFile, output);
        var start = new ProcessStartInfo(Oracle, [checkFile, "--input-file", outputFile, "--dump-input=never", .. options]) { RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("FileCheck did not start");
        await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode;
    }
}
