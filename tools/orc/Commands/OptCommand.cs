using System.CommandLine;
using Orchestrator.Cli.Opt;

namespace Orchestrator.Cli.Commands;

/// <summary>
/// <c>orc opt FILE -p pipeline</c>: read IR, verify it, run passes, print it. Its flags are mlir-opt's, with one for each pass, which only
/// <see cref="OptProgram"/> knows; so the arguments go there as they are, before anybody else reads them.
/// </summary>
internal static class OptCommand
{
    public const string Name = "opt";

    /// <summary>For the list of commands.</summary>
    public static Command Create()
    {
        var command = new Command(Name, "Run passes over IR text, as mlir-opt does; orc opt --help shows the flags.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(parsed => OptProgram.RunHere([.. parsed.UnmatchedTokens], Plugins.Load));
        return command;
    }
}
