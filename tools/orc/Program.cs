using System.CommandLine;
using Orchestrator.Cli.Commands;
using Orchestrator.Cli.Opt;

namespace Orchestrator.Cli;

internal static class Program
{
    private static int Main(string[] args)
    {
        if (args is [OptCommand.Name, .. string[] arguments])
        {
            return OptProgram.RunHere(arguments, Plugins.Load);
        }

        var root = new RootCommand("Compiles agentic workflows into the cheapest plan that keeps a promise, and runs it.")
        {
            CheckCommand.Create(),
            FmtCommand.Create(),
            TestCommand.Create(),
            LspCommand.Create(),
            OptCommand.Create(),
            PlanCommand.Create(),
            ExplainCommand.Create(),
            RunCommand.Create(),
            FleetCommand.Create(),
            BenchCommand.Create(),
            ReproduceCommand.Create(),
            PredictCommand.Create(),
        };
        ParseResult parsed = root.Parse(args);
        int code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        return parsed.Errors.Count > 0 ? Exit.Usage : code;
    }
}
