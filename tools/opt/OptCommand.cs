using System.CommandLine;
using Orchestrator.IR;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc opt FILE -p pipeline</c>: read IR, verify it, run passes, print it.</summary>
internal static class OptCommand
{
    public static Command Create(Func<IReadOnlyList<string>, Additions>? loadPlugins = null)
    {
        var file = new Argument<string>("file") { Description = "An .mlir file, or - for standard input" };
        var passes = new Option<string?>("--passes", "-p") { Description = "Passes: a,b{option=1},agent.graph(cse)" };
        var split = new Option<bool>("--split-input-file") { Description = "The file is several, cut at lines // -----" };
        var verify = new Option<bool>("--verify-diagnostics") { Description = "Check expected-error comments instead of printing" };
        var generic = new Option<bool>("--print-generic") { Description = "Print MLIR's generic form instead of the pretty one" };
        var timing = new Option<bool>("--timing") { Description = "Print the time of each pass to standard error" };
        var after = new Option<string?>("--print-ir-after") { Description = "Print the IR after these passes (a,b or *) to standard error" };
        var unknown = new Option<bool>("--allow-unregistered-dialect") { Description = "Accepted as in mlir-opt; operations of unknown dialects are always kept" };
        var list = new Option<bool>("--list-passes") { Description = "List the passes with their options" };
        var irdl = ExtraDialects.Irdl();
        var plugin = ExtraDialects.Plugin();
        var export = new Option<string?>("--export-irdl") { Description = "Print this dialect as IRDL text" };
        var json = new Option<bool>("--json") { Description = "Print the answer, or the diagnostics, as JSON" };
        var command = new Command("opt", "Run passes over IR text, as mlir-opt does.") { file, passes, split, verify, generic, timing, after, unknown, irdl, plugin, export, list, json };
        file.Arity = ArgumentArity.ZeroOrOne;
        command.SetAction(parsed => Exit.Guard(parsed.GetValue(json), () =>
        {
            Additions additions = Additions.Load(parsed.GetValue(plugin) ?? [], loadPlugins);
            PassRegistry registry = additions.PassesWith(Compiler.GeneratedRegistry.Passes);
            Func<Context> contexts = ExtraDialects.Contexts(additions, parsed.GetValue(irdl));
            if (parsed.GetValue(export) is { } exported)
            {
                Terminal.Out.Write(ExtraDialects.Export(exported, contexts()));
                return Exit.Fine;
            }

            if (parsed.GetValue(list))
            {
                return ListPasses(registry);
            }

            var run = new PassRunOptions { PrintAfter = (parsed.GetValue(after) ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries), Dump = Terminal.Error };
            var options = new OptOptions
            {
                Pipeline = parsed.GetValue(passes) ?? "",
                SplitInputFile = parsed.GetValue(split),
                VerifyDiagnostics = parsed.GetValue(verify),
                Passes = run,
                Print = new PrintOptions(Pretty: !parsed.GetValue(generic)),
            };
            int code = Run(parsed.GetValue(file) ?? "-", registry, contexts, options, parsed.GetValue(json));
            if (parsed.GetValue(timing))
            {
                Terminal.Error.Write(run.TimingText());
            }

            return code;
        }));
        return command;
    }

    private static int Run(string path, PassRegistry registry, Func<Context> contexts, OptOptions options, bool json)
    {
        OptResult result = OptRun.Run(SourceFile.ReadBytes(path), registry, contexts, options);
        Exit.Show(result.Diagnostics.Items, json);
        Terminal.Out.Write(result.Text ?? "");
        return result.Ok ? Exit.Fine : Exit.InputAtFault;
    }

    private static int ListPasses(PassRegistry registry)
    {
        foreach (PassInfo pass in registry.Passes)
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
