using System.Diagnostics;
using System.Globalization;
using Orchestrator.Cli.Bench;
using Orchestrator.Compiler.Placing;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>The same input gives the same bytes, whatever the machine's threads and language.</summary>
public sealed class SameBytesTests
{
    private const int QuickCount = 3;

    /// <summary>How many runs; <c>ORC_PLACE_RUNS=100</c> for the long form.</summary>
    private static int Runs => int.TryParse(Environment.GetEnvironmentVariable("ORC_PLACE_RUNS"), CultureInfo.InvariantCulture, out int n) ? n : QuickCount;

    [Fact]
    public async Task APlanIsTheSameOnAnyNumberOfProcessorsInAnyLanguage()
    {
        string[] languages = ["C", "de_DE.UTF-8", "tr_TR.UTF-8", "ar_SA.UTF-8"];
        var outputs = new HashSet<string>(StringComparer.Ordinal);
        for (int run = 0; run < Runs; run++)
        {
            outputs.Add(await PlanAsync(1 + 3 * run % 8, languages[run % languages.Length]));
        }

        Assert.Single(outputs);
    }

    [Fact]
    public void TheSearchIsTheSameBesideOthersAndWithOtherNumbers()
    {
        var outputs = new HashSet<string>(StringComparer.Ordinal);
        for (int run = 0; run < Runs; run++)
        {
            string[] answers = new string[1 + run % 3];
            Thread[] threads = [.. answers.Select((_, i) => new Thread(() =>
            {
                CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = new NumberFormatInfo { NumberDecimalSeparator = ",", NegativeSign = "~" } };
                SearchAnswer answer = PlacementSearch.Solve(PlacementInput.Make(60, 3), 0.1, breakTies: true, CancellationToken.None);
                answers[i] = string.Join(' ', answer.Value?.Chosen ?? []) + " " + BitConverter.DoubleToInt64Bits(answer.Bound);
            }))];
            foreach (Thread thread in threads)
            {
                thread.Start();
            }

            foreach (Thread thread in threads)
            {
                thread.Join();
            }

            outputs.UnionWith(answers);
        }

        Assert.Single(outputs);
    }

    private static async Task<string> PlanAsync(int processors, string language)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "orc.dll"), "plan", "samples/voice-agent", "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Repository.Root,
        };
        start.Environment["DOTNET_PROCESSOR_COUNT"] = processors.ToString("X", CultureInfo.InvariantCulture);
        start.Environment["LC_ALL"] = language;
        using Process process = Process.Start(start)!; // dotnet runs this test
        Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        string output = await process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.True(process.ExitCode == 0, await error);
        return output;
    }
}
