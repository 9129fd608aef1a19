using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Compiler.Emit;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc explain DIR TASK</c>: why a task is where it is.</summary>
internal static class ExplainCommand
{
    public static Command Create()
    {
        var folder = new Argument<string>("plan") { Description = "A plan directory (orc plan -o), or a folder with workflow.flow and fleet.yaml to plan first" };
        var task = new Argument<string?>("task") { Description = "A task's name; all tasks when left out", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json();
        var command = new Command("explain", "Say why a task is where it is, what else it could be, and what binds.") { folder, task, json };
        command.SetAction(parsed => Exit.Guard(parsed.GetValue(json), () =>
            Run(PlanSource.Read(parsed.GetRequiredValue(folder)), parsed.GetValue(task), parsed.GetValue(json))));
        return command;
    }

    private static int Run(DeploymentPlan plan, string? name, bool json)
    {
        GraphTask[] tasks = [.. plan.Graph.Tasks.Where(t => name is null || t.Name == name)];
        if (tasks.Length == 0)
        {
            string[] names = [.. plan.Graph.Tasks.Select(t => t.Name)];
            throw SourceFile.Mistake("ORC6031", $"the plan has no task '{name}'",
                NearestName.Suggest(name ?? "", names) ?? "its tasks are " + string.Join(", ", names));
        }

        if (json)
        {
            Terminal.Out.WriteLine(new JsonArray([.. tasks.Select(t => ToJson(plan, t))]).ToJsonString(Terminal.Json));
            return Exit.Fine;
        }

        Terminal.Out.Write(string.Join("\n", tasks.Select(t => ExplainText.Write(plan, t, Terminal.Width))));
        return Exit.Fine;
    }

    private static JsonObject ToJson(DeploymentPlan plan, GraphTask task)
    {
        Assignment assignment = plan.Placement.Assignments.First(a => a.Task == task.Id);
        return new JsonObject
        {
            ["task"] = task.Name,
            ["chosen"] = assignment.Candidate,
            ["runner_up"] = assignment.RunnerUp,
            ["runner_up_reason"] = assignment.RunnerUpReason,
            ["binding"] = plan.Placement.Binding,
            ["candidates"] = new JsonArray([.. plan.Estimates.Candidates.Where(c => c.Tasks.Contains(task.Id))
                .Select(c => JsonSerializer.SerializeToNode(c, PlanJson.Default.Candidate))]),
            ["refusals"] = new JsonArray([.. plan.Estimates.Refusals.Where(r => r.Task == task.Id)
                .Select(r => new JsonObject { ["device"] = r.Device, ["reason"] = r.Reason })]),
        };
    }
}
