using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Compiler;
using Orchestrator.Compiler.Emit;
using Orchestrator.Compiler.Emit.Report;
using Orchestrator.Compiler.Placing;
using Orchestrator.Compiler.Stages;
using Orchestrator.Plan;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc plan FILE</c>: the whole compile; prints the plan as a table.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var file = new Argument<string[]>("file")
        {
            Description = "A .flow or .mlir file, or a folder with workflow.flow and fleet.yaml; several share one fleet. A model (.onnx, config.json) is placed operator by operator",
            Arity = ArgumentArity.OneOrMore,
        };
        file.Validators.Add(given =>
        {
            foreach (string option in given.Tokens.Select(t => t.Value).Where(t => t.StartsWith('-')))
            {
                given.AddError($"Unrecognized command or argument '{option}'."); // many files would take it for one of them
            }
        });
        var fleet = CommonOptions.Fleet();
        var rate = CommonOptions.Rate();
        var sla = CommonOptions.Sla();
        var workflow = new Option<string?>("--workflow") { Description = "Which workflow of the file, or which ones with commas; the default is the last" };
        var output = new Option<string?>("--output", "-o") { Description = "Write the plan directory here, with report.html" };
        var stop = new Option<string?>("--stop-after") { Description = "Print the text form of this stage: " + string.Join(", ", Compile.Stages) };
        var compare = new Option<bool>("--compare") { Description = "Price usual ways of choosing beside the plan" };
        var against = new Option<string?>("--against") { Description = "Tell what changes from the plan in this directory, which must be of the same fleet" };
        var keep = new Option<string?>("--keep")
        {
            Description = "Plan near the plan in this directory, after devices were lost or the load changed: move as few pools as 5 % of money allows",
        };
        var plugin = CommonOptions.Plugin();
        var json = CommonOptions.Json();
        var command = new Command("plan", "Find the cheapest plan that keeps the promise.") { file, fleet, rate, sla, workflow, output, stop, compare, against, keep, plugin, json };
        OperatorOptions operators = OperatorOptions.AddTo(command);
        command.SetAction(parsed => Exit.Guard(parsed.GetValue(json), () =>
        {
            string[] files = parsed.GetRequiredValue(file);
            if (OperatorModel.Find(files) is { } model)
            {
                OperatorModel.OnlyForWorkflows(parsed, rate, workflow, output, compare, against, keep);
                return OperatorModel.Plan(model, parsed.GetValue(fleet), parsed.GetValue(sla), operators.Size(parsed), operators.Inputs(parsed), parsed.GetValue(stop), parsed.GetValue(json));
            }

            WorkflowFile[] sources = [.. files.Select(WorkflowFile.Find)];
            IEnumerable<string?> names = parsed.GetValue(workflow)?.Split(',', StringSplitOptions.TrimEntries) ?? (IEnumerable<string?>)[null];
            Func<IR.Context> contexts = ExtraDialects.Contexts(Additions.Load(parsed.GetValue(plugin) ?? [], Plugins.Load), files: null);
            CompileRequest[] all = [.. sources.SelectMany(s => names.Select(n => new CompileRequest
            {
                Source = s.Read(),
                Import = WorkflowFile.Import,
                Folder = s.Folder,
                Workflow = n,
                NewContext = contexts,
            }))];
            WorkflowFile source = sources[0];
            string? last = parsed.GetValue(stop);
            CompileRequest request = all[0] with
            {
                Folder = sources.All(s => s.Folder == source.Folder) ? source.Folder : null,
                Beside = all[1..],
                Rate = parsed.GetValue(rate),
                Sla = parsed.GetValue(sla),
                StopAfter = last is null ? null : StageName(last),
                Fleet = FleetSource.Find(parsed.GetValue(fleet), source, needed: last is null || NeedsFleet(last)),
                Calibration = LocalState.ReadCalibration(),
                Running = parsed.GetValue(keep) is { } kept ? PlanDirectory.Read(kept) : null,
            };
            DeploymentPlan? running = parsed.GetValue(against) is { } folder
                ? RunningPlan.Read(folder, FleetSource.Find(parsed.GetValue(fleet), source, needed: true)!, FleetSource.FindText(parsed.GetValue(fleet), source)) // needed, so it is there
                : request.Running;
            return Run(request, new Beside(parsed.GetValue(output), parsed.GetValue(compare), running, parsed.GetValue(against) ?? parsed.GetValue(keep) ?? ""), parsed.GetValue(json));
        }));
        return command;
    }

    private static int Run(CompileRequest request, Beside beside, bool json)
    {
        CompileResult result = Compile.Run(request);
        Exit.Show(result.Diagnostics, json && result.HasErrors);
        if (result.HasErrors)
        {
            return Exit.InputAtFault;
        }

        if (result.Failure is { } failure)
        {
            Terminal.Out.Write(json ? JsonSerializer.Serialize(failure, PlanJson.Default.PlacementFailure) + "\n" : NoPlanText.Write(failure, Terminal.Width));
            return Exit.NoPlan;
        }

        if (result.Text is { } text)
        {
            Terminal.Out.Write(text);
            return Exit.Fine;
        }

        DeploymentPlan plan = result.Plan!; // no mistakes and not stopped: the line ran to its end
        Comparison? comparison = beside.Compare || beside.Output is not null ? CompareStage.Run(plan) : null;
        if (beside.Output is { } output)
        {
            PlanDirectory.Write(output, plan, result.Kernels, ReportHtml.Write(plan, Study.Of(plan), comparison));
        }

        comparison = beside.Compare ? comparison : null; // shown only where it was asked for
        PlanDifference? difference = beside.Running is { } running ? PlanDifference.Between(running, plan) : null;
        Terminal.Out.Write(json ? Json(plan, comparison, difference) : PlanText.Write(plan, Terminal.Width));
        if (!json && comparison is not null)
        {
            Terminal.Out.Write(ComparisonText.Write(comparison, Terminal.Width));
        }

        if (!json && difference is not null)
        {
            Terminal.Out.Write(DifferenceText.Write(difference, beside.Against, plan.Objective, Terminal.Width));
        }

        return Exit.Fine;
    }

    // What is wanted beside the plan itself.
    private sealed record Beside(string? Output, bool Compare, DeploymentPlan? Running, string Against);

    // The plan as it stands in a plan directory, with what else was asked for beside its parts.
    private static string Json(DeploymentPlan plan, Comparison? comparison, PlanDifference? difference)
    {
        string text = JsonSerializer.Serialize(plan, PlanJson.Default.DeploymentPlan);
        if (comparison is null && difference is null)
        {
            return text + "\n";
        }

        JsonObject whole = JsonNode.Parse(text)!.AsObject(); // written a moment ago
        if (comparison is not null)
        {
            whole["comparison"] = JsonSerializer.SerializeToNode(comparison, PlanJson.Default.Comparison);
        }

        if (difference is not null)
        {
            whole["difference"] = DifferenceText.Json(difference);
        }

        return whole.ToJsonString(Terminal.Json) + "\n";
    }

    private static string StageName(string name) => Compile.Stages.Contains(name)
        ? name
        : throw SourceFile.Mistake("ORC6030", $"there is no stage '{name}'",
            Diagnostics.NearestName.Suggest(name, Compile.Stages) ?? "the stages are " + string.Join(", ", Compile.Stages));

    private static bool NeedsFleet(string stage) => stage is "estimate" or "place" or "specialize";
}
