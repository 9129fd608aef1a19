using System.CommandLine;

namespace Orchestrator.Cli.Commands;

/// <summary>
/// <c>orc opt</c> in the list of commands. Its flags are mlir-opt's, with one for each pass, which only <see cref="OptProgram"/> knows; so the
/// arguments go there as they are, before anybody else reads them.
/// </summary>
internal static class OptCommand
{
    public const string Name = "opt";

    public static Command Create()
    {
        var command = new Command(Name, "Run passes over IR text, as mlir-opt does; orc opt --help shows the flags.") { TreatUnmatchedTokensAsErrors = false };
        command.SetAction(parsed => OptProgram.Start([.. parsed.UnmatchedTokens]));
        return command;
    }
}
