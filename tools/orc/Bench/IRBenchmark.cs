using System.Text.Json.Nodes;

namespace Orchestrator.Cli.Bench;

/// <summary>
/// Reads, verifies, transforms and prints generated modules with <c>orc opt</c> and with MLIR's own tools, in turn, and compares the medians of
/// time and memory. Both do the same work: what each leaves after a pipeline is counted.
/// </summary>
internal sealed class IRBenchmark : Benchmark
{
    private static readonly (string Name, string[] Ours, string[] Theirs)[] Pipelines =
    [
        ("parse, verify, print", [], []),
        ("… and cse", ["-p", "cse"], ["--cse"]),
        ("… and cse, canonicalize", ["-p", "cse,canonicalize"], ["--cse", "--canonicalize"]),
    ];

    public override string Name => "ir";

    public override string Summary => "orc opt beside mlir-opt-22 on generated modules of 10,000, 100,000 and 1,000,000 operations";

    public override JsonObject Run(BenchRun run)
    {
        string folder = Directory.CreateTempSubdirectory("orc-bench-").FullName;
        try
        {
            var rows = new JsonArray();
            int[] sizes = run.Sizes is { Count: > 0 } given ? [.. given] : [10_000, 100_000, 1_000_000];
            rows.Add(RunCase(run, folder, "empty", 0, IRProfile.Arith, Pipelines[0]));
            foreach (IRProfile profile in Enum.GetValues<IRProfile>())
            {
                foreach (int size in sizes)
                {
                    string input = Path.Combine(folder, FileName(profile, size));
                    using (StreamWriter text = File.CreateText(input))
                    {
                        IRInput.Write(text, profile, size);
                    }

                    foreach (var pipeline in Pipelines)
                    {
                        rows.Add(RunCase(run, folder, profile.ToString().ToLowerInvariant(), size, profile, pipeline));
                    }

                    File.Delete(input);
                }
            }

            return new JsonObject { ["benchmark"] = Name, ["rows"] = rows };
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string FileName(IRProfile profile, int size) => FormattableString.Invariant($"{profile}-{size}.mlir");

    private static JsonObject RunCase(BenchRun run, string folder, string label, int size, IRProfile profile, (string Name, string[] Ours, string[] Theirs) pipeline)
    {
        string input = Path.Combine(folder, FileName(profile, size));
        if (size == 0)
        {
            File.WriteAllText(input, "");
        }

        // MLIR's tool without dialects is the quicker one, but has no passes.
        string theirs = profile == IRProfile.Opaque && pipeline.Theirs.Length == 0 ? "/usr/bin/mlir-minimal-opt-22" : "/usr/bin/mlir-opt-22";
        string[] ours = ["opt", "--allow-unregistered-dialect", "--print-generic", .. pipeline.Ours, input];
        string[] peer = ["--allow-unregistered-dialect", "--mlir-print-op-generic", .. pipeline.Theirs, input];
        int rounds = Math.Max(1, size >= 1_000_000 ? run.Rounds / 3 : size >= 100_000 ? run.Rounds * 2 / 3 : run.Rounds);
        BenchSides sides = BenchSides.Measure(rounds, () => Checked(run.Orc, ours), () => Checked(theirs, peer));
        var row = new JsonObject
        {
            ["profile"] = label,
            ["operations"] = size,
            ["work"] = pipeline.Name,
            ["rounds"] = rounds,
            ["seconds"] = sides.Seconds(),
            ["peak_mib"] = sides.PeakMiB(),
        };
        if (size > 0)
        {
            row["left"] = new JsonObject
            {
                ["ours"] = CountLeft(folder, run.Orc, ours),
                ["theirs"] = CountLeft(folder, theirs, peer),
            };
        }

        run.Report($"{label,-7}{size,10:N0}  {pipeline.Name,-24}{sides.Text()}{LeftText(row)}");
        return row;
    }

    private static string LeftText(JsonObject row) => row["left"] is { } left ? $"  left {left["ours"]} / {left["theirs"]}" : "";

    // Operations in the output: lines that begin with a result or a name in quotes.
    private static long CountLeft(string folder, string program, string[] arguments)
    {
        string output = Path.Combine(folder, "left.mlir");
        ChildProcess.Run(program, arguments, output);
        long count = File.ReadLines(output).LongCount(line => line.AsSpan().TrimStart(' ') is ['%' or '"', ..]);
        File.Delete(output);
        return count;
    }
}
