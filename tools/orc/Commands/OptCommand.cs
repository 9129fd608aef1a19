using System.CommandLine;
using Orchestrator.Dialects;
using Orchestrator.IR;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc opt FILE -p pipeline</c>: read IR, verify it, run passes, print it.</summary>
internal static class OptCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "An .mlir file, or - for standard input" };
        var passes = new Option<string?>("--passes", "-p") { Description = "Passes: a,b{option=1},agent.graph(cse)" };
        var split = new Option<bool>("--split-input-file") { Description = "The file is several, cut at lines // -----" };
        var verify = new Option<bool>("--verify-diagnostics") { Description = "Check expected-error comments instead of printing" };
        var generic = new Option<bool>("--print-generic") { Description = "Print MLIR's generic form (the only form so far)" };
        var timing = new Option<bool>("--timing") { Description = "Print the time of each pass to standard error" };
        var after = new Option<string?>("--print-ir-after") { Description = "Print the IR after these passes (a,b or *) to standard error" };
        var unknown = new Option<bool>("--allow-unregistered-dialect") { Description = "Accepted as in mlir-opt; operations of unknown dialects are always kept" };
        var view = new Option<string?>("--view") { Description = "Draw the result as a graph into this .svg file" };
        var list = new Option<bool>("--list-passes") { Description = "List the passes with their options" };
        var json = CommonOptions.Json();
        var command = new Command("opt", "Run passes over IR text, as mlir-opt does.") { file, passes, split, verify, generic, timing, after, unknown, view, list, json };
        file.Arity = ArgumentArity.ZeroOrOne;
        command.SetAction(parsed => Exit.Guard(parsed.GetValue(json), () =>
        {
            if (parsed.GetValue(list))
            {
                return ListPasses();
            }

            var run = new PassRunOptions { PrintAfter = (parsed.GetValue(after) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries), Dump = Terminal.Error };
            var options = new OptOptions
            {
                Pipeline = parsed.GetValue(passes) ?? "",
                SplitInputFile = parsed.GetValue(split),
                VerifyDiagnostics = parsed.GetValue(verify),
                Passes = run,
            };
            int code = Run(parsed.GetValue(file) ?? "-", options, parsed.GetValue(view), parsed.GetValue(json));
            if (parsed.GetValue(timing))
            {
                Terminal.Error.Write(run.TimingText());
            }

            return code;
        }));
        return command;
    }

    private static PassRegistry Registry => new(Compiler.GeneratedRegistry.Passes);

    private static int Run(string path, OptOptions options, string? view, bool json)
    {
        OptResult result = OptRun.Run(WorkflowFile.ReadText(path), Registry, DialectSet.NewContext, options);
        Exit.Show(result.Diagnostics.Items, json);
        Terminal.Out.Write(result.Text ?? "");
        if (view is not null && result.Text is not null)
        {
            ViewFile.Write(view, result.Text);
        }

        return result.Ok ? Exit.Fine : Exit.InputAtFault;
    }

    private static int ListPasses()
    {
        foreach (PassInfo pass in Registry.Passes)
        {
            Terminal.Out.WriteLine($"{pass.Name,-24} {pass.Summary}");
            foreach (PassOptionInfo option in pass.Options)
            {
                Terminal.Out.WriteLine($"  {option.Name} ({option.Kind}): {option.Summary}");
            }
        }

        return Exit.Fine;
    }
}
