using System.CommandLine;
using System.Text.Encodings.Web;
using System.Text.Json;
using Orchestrator.Compiler.Emit;
using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc run FILE|DIR</c>: compile if need be, execute here, print the result and predicted against measured.</summary>
internal static class RunCommand
{
    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Command Create()
    {
        var file = new Argument<string>("workflow") { Description = "A .flow or .mlir file, a folder with workflow.flow, or a plan directory" };
        var input = new Option<string[]>("--input", "-i") { Description = "name=value; a file for images, audio and bytes; @file reads text", Arity = ArgumentArity.ZeroOrMore };
        var fleet = new Option<string?>("--fleet") { Description = "Fleet file; the default is this machine as orc fleet probe measured it" };
        var workflow = CommonOptions.Workflow();
        var deadline = new Option<double?>("--deadline") { Description = "Give up after so many seconds" };
        var json = CommonOptions.Json();
        var command = new Command("run", "Compile if need be, execute here, print the result and predicted against measured.") { file, input, fleet, workflow, deadline, json };
        command.SetAction((parsed, cancellation) => Exit.GuardAsync(parsed.GetValue(json), async () =>
        {
            string path = parsed.GetRequiredValue(file);
            using LocalPlan plan = LocalPlan.Make(path, parsed.GetValue(workflow), parsed.GetValue(fleet), cancellation);
            if (plan.Failure is { } failure)
            {
                Terminal.Out.Write(parsed.GetValue(json) ? JsonSerializer.Serialize(failure, PlanJson.Default.PlacementFailure) + "\n" : NoPlanText.Write(failure, Terminal.Width));
                return Exit.NoPlan;
            }

            var options = new EngineOptions
            {
                Deadline = parsed.GetValue(deadline) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
                NoHumans = !TerminalDesk.IsThere,
            };
            return await RunAsync(plan, parsed.GetValue(input) ?? [], options, parsed.GetValue(json), cancellation);
        }));
        return command;
    }

    private static async Task<int> RunAsync(LocalPlan local, string[] inputs, EngineOptions options, bool json, CancellationToken cancellation)
    {
        DeploymentPlan plan = local.Plan!; // without a failure there is a plan
        await using TargetSet targets = BuiltInTargets.All(new TerminalDesk());
        var services = new RunServices(targets);
        TargetEnvironment environment = local.Environment;
        foreach ((Declaration service, string why) in Engine.Unavailable(plan.Program, services, environment))
        {
            Terminal.Note($"'{service.Symbol}' is not available: {why}");
        }

        using var progress = new RunProgress(options, json);
        RunResult result = await new Engine().RunAsync(
            plan.Program, GivenInputs.Read(plan.Graph, local.Workflow, inputs), services, environment, progress.Options, cancellation);
        progress.Close();
        RunReport report = Compare.Report(plan, result);
        LocalState.WriteCalibration(Compare.Learn(LocalState.ReadCalibration(), plan, result));
        if (result.Failure is { } failure)
        {
            Exit.Show([failure], json);
            return Exit.InputAtFault;
        }

        Terminal.Out.Write(json
            ? JsonSerializer.Serialize(report, new PlanJson(new JsonSerializerOptions(PlanJson.Default.Options) { Encoder = Readable.Encoder }).RunReport) + "\n"
            : JsonSerializer.Serialize(report.Outputs, Readable) + "\n\n" + RunText.Write(report, Terminal.Width));
        return Exit.Fine;
    }
}
