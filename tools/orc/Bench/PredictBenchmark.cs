using System.Globalization;
using System.Text.Json.Nodes;

namespace Orchestrator.Cli.Bench;

/// <summary>
/// Answers tables of served figures with <c>orc predict</c> on two threads and on one, in turn, from the start of the program to its end. 10,000 rows
/// are to be answered within ten seconds on two cores.
/// </summary>
internal sealed class PredictBenchmark : Benchmark
{
    /// <summary>Seconds within which <see cref="BoundRows"/> are to be answered on two cores.</summary>
    public const double BoundSeconds = 10;

    /// <summary>Rows of the bound, and of the table that is made up.</summary>
    public const int BoundRows = 10_000;

    private const int Seed = 1;
    private static readonly string Measured = Path.Combine("..", "shared", "data", "serving.csv");

    public override string Name => "predict";

    public override string Summary => "orc predict --kind serving on 10,000 made-up rows, and on ../shared/data/serving.csv where it is";

    public override string Sides => "two threads / one thread";

    public override JsonObject Run(BenchRun run)
    {
        string folder = Directory.CreateTempSubdirectory("orc-bench-").FullName;
        try
        {
            var rows = new JsonArray();
            foreach (int size in run.Sizes is { Count: > 0 } given ? given : [BoundRows])
            {
                string input = Path.Combine(folder, FormattableString.Invariant($"{size}.csv"));
                using (var text = new StreamWriter(input) { NewLine = "\n" })
                {
                    new ServingInput(Seed).Write(text, size);
                }

                rows.Add(RunCase(run, folder, "made up", input));
            }

            if (run.Sizes.Count == 0 && File.Exists(Measured))
            {
                rows.Add(RunCase(run, folder, "measured", Measured));
            }

            return new JsonObject { ["benchmark"] = Name, ["rows"] = rows };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static JsonObject RunCase(BenchRun run, string folder, string label, string input)
    {
        string output = Path.Combine(folder, "answers.csv");
        ChildUsage On(int threads) => Checked(
            run.Orc, "predict", "--kind", "serving", "--csv", input, "-o", output, "--threads", threads.ToString(CultureInfo.InvariantCulture));
        BenchSides sides = BenchSides.Measure(run.Rounds, () => On(2), () => On(1));
        int rows = File.ReadLines(output).Count() - 1; // no field runs over lines
        double rate = rows / sides.OurSeconds;
        double share = sides.OurSeconds / (BoundSeconds * rows / BoundRows);
        run.Report(string.Create(
            CultureInfo.InvariantCulture, $"{label,-9}{rows,10:N0} rows  {sides.Text()}   {rate:N0} rows/s, {share:P0} of {BoundSeconds:0} s for {BoundRows:N0} rows"));
        return new JsonObject
        {
            ["table"] = label,
            ["answered"] = rows,
            ["rounds"] = run.Rounds,
            ["two_threads_over_one"] = new JsonObject { ["seconds"] = sides.Seconds(), ["peak_mib"] = sides.PeakMiB() },
            ["rows_per_second"] = Math.Round(rate, 1),
            ["share_of_bound"] = Math.Round(share, 4),
        };
    }
}
