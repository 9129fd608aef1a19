using System.CommandLine;
using Orchestrator.Cli.Commands;

namespace Orchestrator.Cli;

/// <summary><c>orc opt</c> on its own, compiled ahead of time; the launcher starts it where nothing has to be loaded at run time.</summary>
internal static class Program
{
    private static int Main(string[] args)
    {
        ParseResult parsed = OptCommand.Create().Parse(args);
        int code = parsed.Invoke(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        return parsed.Errors.Count > 0 ? Exit.Usage : code;
    }
}
