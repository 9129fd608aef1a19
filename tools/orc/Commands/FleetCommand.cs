using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.CostModels.Interference;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Targets.CoRun;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc fleet probe</c>: measure this machine. <c>orc fleet check FILE</c>: read a fleet file and say what is in it.</summary>
internal static class FleetCommand
{
    public static Command Create() => new("fleet", "Measure this machine, or check a fleet file.") { Probe(), Check() };

    private static Command Probe()
    {
        var output = new Option<string?>("--output", "-o") { Description = $"The file to write; the default is {LocalState.FleetPath}" };
        var interference = new Option<bool>("--interference") { Description = "Measure instead what pairs of kernels cost each other, on two cores; -o names a folder" };
        var rounds = new Option<int>("--rounds") { Description = "Rounds of each pair with --interference, 1 or more", DefaultValueFactory = _ => 7 };
        var pieces = new Option<string[]>("--piece") { Description = "With --interference only this kernel; may be repeated" };
        var json = CommonOptions.Json();
        var command = new Command("probe", "Measure this machine and write its fleet file.") { output, interference, rounds, pieces, json };
        command.SetAction((parsed, cancellation) => Task.FromResult(Exit.Guard(parsed.GetValue(json), () =>
        {
            if (parsed.GetValue(interference))
            {
                return Interfere(parsed.GetValue(output) ?? Path.GetDirectoryName(LocalState.FleetPath) ?? ".", Math.Max(1, parsed.GetValue(rounds)), parsed.GetValue(pieces) ?? [], parsed.GetValue(json), cancellation);
            }

            string path = parsed.GetValue(output) ?? LocalState.FleetPath;
            string text = LocalFleet.Write(path);
            Terminal.Out.Write(parsed.GetValue(json) ? Json(FleetSource.Read(path)) : text);
            Terminal.Error.WriteLine($"written to {path}");
            return Exit.Fine;
        })));
        return command;
    }

    private static int Interfere(string folder, int rounds, string[] only, bool json, CancellationToken cancellation)
    {
        if (CoRunProbe.WhyNot() is { } reason)
        {
            throw SourceFile.Mistake("ORC6076", "interference cannot be measured: " + reason, "measure on a Linux machine with two cores or more");
        }

        if (only.FirstOrDefault(k => !CoRunProbe.Kernels.Contains(k)) is { } unknown)
        {
            throw SourceFile.Mistake("ORC6076", $"there is no kernel '{unknown}'", NearestName.Suggest(unknown, CoRunProbe.Kernels) ?? "there is " + string.Join(", ", CoRunProbe.Kernels));
        }

        CoRunTable table = CoRunProbe.Run(TimeProvider.System, rounds, TimeSpan.FromMilliseconds(20), only, Terminal.Error.WriteLine, cancellation);
        Directory.CreateDirectory(folder);
        table.Write(folder);
        (CoRunErrors pairs, CoRunErrors pieces) = (CoRunModel.HeldOut(table, wholePiece: false, cancellation), CoRunModel.HeldOut(table, wholePiece: true, cancellation));
        if (json)
        {
            Terminal.Out.WriteLine(new JsonObject { ["pairs"] = Json(pairs), ["pieces"] = Json(pieces) }.ToJsonString(Terminal.Json));
        }
        else
        {
            Terminal.Out.Write(Text("pairs that were not learned from", pairs) + Text("kernels that were not learned from", pieces));
        }

        Terminal.Error.WriteLine($"written to {Path.Combine(folder, CoRunTable.PairsFile)} and {CoRunTable.PiecesFile}");
        return Exit.Fine;
    }

    private static string Text(string what, CoRunErrors e) => string.Create(CultureInfo.InvariantCulture,
        $"{what}: the share of rate kept is off by {e.Model:0.000} on average over {e.Directions} directions ({e.NoInterference:0.000} saying 1, {e.Mean:0.000} saying the mean)\n");

    private static JsonObject Json(CoRunErrors e) => new() { ["directions"] = e.Directions, ["mae"] = e.Model, ["mae_of_one"] = e.NoInterference, ["mae_of_mean"] = e.Mean };

    private static Command Check()
    {
        var file = new Argument<string>("file") { Description = "A fleet file" };
        var json = CommonOptions.Json();
        var command = new Command("check", "Read a fleet file; print every mistake, or all that it says with sources.") { file, json };
        command.SetAction(parsed => Exit.Guard(parsed.GetValue(json), () =>
        {
            Fleet fleet = FleetSource.Read(parsed.GetRequiredValue(file));
            Terminal.Out.Write(parsed.GetValue(json) ? Json(fleet) : FleetFile.Write(fleet));
            return Exit.Fine;
        }));
        return command;
    }

    private static string Json(Fleet fleet) => JsonSerializer.Serialize(fleet, PlanJson.Default.Fleet) + "\n";
}
