using System.CommandLine;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc fmt FILE</c>: lay a workflow file out in the one way.</summary>
internal static class FmtCommand
{
    public static Command Create()
    {
        var file = new Argument<string>("file") { Description = "A .flow file, a folder with workflow.flow, or - for standard input" };
        var check = new Option<bool>("--check") { Description = "Change nothing; exit 1 if the layout differs" };
        var command = new Command("fmt", "Lay a workflow file out in the one way.") { file, check };
        command.SetAction(parsed => Exit.Guard(json: false, () => Run(parsed.GetRequiredValue(file), parsed.GetValue(check))));
        return command;
    }

    private static int Run(string path, bool check)
    {
        SourceText source = path == "-" ? SourceFile.ReadText("-") : WorkflowFile.Find(path).Read();
        string formatted = FlowFormatter.Format(source);
        if (path == "-")
        {
            Terminal.Out.Write(formatted);
            return Exit.Fine;
        }

        if (formatted == source.Text)
        {
            return Exit.Fine;
        }

        if (check)
        {
            Terminal.Error.WriteLine($"{source.Path}: the layout differs; orc fmt {source.Path} lays it out");
            return Exit.InputAtFault;
        }

        LocalState.WriteAtomically(source.Path, formatted);
        return Exit.Fine;
    }
}
