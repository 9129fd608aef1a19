using System.CommandLine;
using System.Text.Json;
using Orchestrator.Plan;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc fleet probe</c>: measure this machine. <c>orc fleet check FILE</c>: read a fleet file and say what is in it.</summary>
internal static class FleetCommand
{
    public static Command Create() => new("fleet", "Measure this machine, or check a fleet file.") { Probe(), Check() };

    private static Command Probe()
    {
        var output = new Option<string?>("--output", "-o") { Description = $"The file to write; the default is {LocalState.FleetPath}" };
        var json = CommonOptions.Json();
        var command = new Command("probe", "Measure this machine and write its fleet file.") { output, json };
        command.SetAction(parsed => Exit.Guard(parsed.GetValue(json), () =>
        {
            string path = parsed.GetValue(output) ?? LocalState.FleetPath;
            string text = LocalFleet.Write(path);
            Terminal.Out.Write(parsed.GetValue(json) ? Json(FleetSource.Read(path)) : text);
            Terminal.Error.WriteLine($"written to {path}");
            return Exit.Fine;
        }));
        return command;
    }

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
