using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Compiler;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc check FILE</c>: parse and verify, print the diagnostics.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A .flow or .mlir file, or a folder with workflow.flow" };
        var irdl = CommonOptions.Irdl();
        var plugin = CommonOptions.Plugin();
        var json = CommonOptions.Json();
        var command = new Command("check", "Parse and verify a workflow; print every mistake with its place and remedy.") { file, irdl, plugin, json };
        command.SetAction(parsed => Exit.Guard(parsed.GetValue(json), () =>
        {
            Func<Context> contexts = ExtraDialects.Contexts(Additions.Load(parsed.GetValue(plugin) ?? [], Plugins.Load), parsed.GetValue(irdl));
            return Run(parsed.GetRequiredValue(file), contexts, parsed.GetValue(json));
        }));
        return command;
    }

    private static int Run(string path, Func<Context> contexts, bool json)
    {
        WorkflowFile workflow = WorkflowFile.Find(path);
        CompileResult result = Compile.Run(new CompileRequest { Source = workflow.Read(), Import = WorkflowFile.Import, StopAfter = "verify", NewContext = contexts });
        int errors = result.Diagnostics.Count(d => d.Severity == Severity.Error);
        if (json)
        {
            Terminal.Out.WriteLine(new JsonObject { ["ok"] = errors == 0, ["diagnostics"] = Exit.ToJson(result.Diagnostics) }.ToJsonString(Terminal.Json));
        }
        else
        {
            Exit.Show(result.Diagnostics, json: false);
            Terminal.Out.WriteLine(errors == 0 ? $"{workflow.Path}: fine" : $"{workflow.Path}: {errors} {(errors == 1 ? "mistake" : "mistakes")}");
        }

        return errors == 0 ? Exit.Fine : Exit.InputAtFault;
    }
}
