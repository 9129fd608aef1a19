using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Cli.Bench;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc bench [NAME]</c>: two sides in one run: ours beside a peer's, or two settings of ours.</summary>
internal static class BenchCommand
{
    public static Command Create()
    {
        var name = new Argument<string?>("name") { Description = "Which benchmark; all when not given", Arity = ArgumentArity.ZeroOrOne };
        var rounds = new Option<int>("--rounds") { Description = "How often both sides run, 1 or more", DefaultValueFactory = _ => 9 };
        var sizes = new Option<int[]>("--size") { Description = "Only this size of input; may be repeated" };
        var seeds = new Option<int?>("--seeds") { Description = "How many made-up inputs of each size (placement), with the seeds 1 up" };
        var deadline = new Option<double?>("--deadline") { Description = "Seconds that each search may take (placement)" };
        var orc = new Option<string?>("--orc") { Description = "The orc to measure; this one when not given" };
        Option<bool> json = CommonOptions.Json();
        var command = new Command("bench", "Compare with peers, or two settings of ours: medians and ratios of interleaved runs.") { name, rounds, sizes, seeds, deadline, orc, json };
        command.SetAction(parsed => Exit.Guard(parsed.GetValue(json), () =>
        {
            bool asJson = parsed.GetValue(json);
            string? wanted = parsed.GetValue(name);
            Benchmark[] chosen = [.. Benchmark.All.Where(b => wanted is null || b.Name == wanted || b.PartOf == wanted)];
            if (chosen.Length == 0)
            {
                throw SourceFile.Mistake("ORC6040", $"there is no benchmark '{wanted}'", $"there is {string.Join(", ", Benchmark.All.Select(b => b.Name))}");
            }

            TextWriter progress = asJson ? Terminal.Error : Terminal.Out;
            var run = new BenchRun(parsed.GetValue(orc) ?? Launcher(), Math.Max(1, parsed.GetValue(rounds)), parsed.GetValue(sizes) ?? [], progress.WriteLine)
            {
                Seeds = parsed.GetValue(seeds),
                Deadline = parsed.GetValue(deadline),
            };
            var all = new JsonArray();
            foreach (Benchmark benchmark in chosen)
            {
                progress.WriteLine($"{benchmark.Name}: {benchmark.Summary}; {benchmark.Sides}, medians");
                all.Add(benchmark.Run(run));
            }

            if (asJson)
            {
                Terminal.Out.WriteLine(all.ToJsonString(Terminal.Json));
            }

            return Exit.Fine;
        }));
        return command;
    }

    // artifacts/orc, which started artifacts/bin/orc/orc.
    private static string Launcher() => Path.GetFullPath(Path.Combine(AppContext.BaseDirectory, "..", "..", "orc"));
}
