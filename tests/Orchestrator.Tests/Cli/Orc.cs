using System.Diagnostics;
using Xunit;

namespace Orchestrator.Tests.Cli;

/// <summary>Runs the built command line as a user would, in a home folder of its own.</summary>
internal static class Orc
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "orc");

    // Cache folders of the tests' own, so that what a developer's runs taught changes nothing; plans are made with nothing learned at all.
    private static readonly string Cache = Path.Combine(Path.GetTempPath(), "orchestrator-tests-cache");
    private static readonly string NothingLearned = Path.Combine(Path.GetTempPath(), "orchestrator-tests-nothing-learned");

    /// <summary>Runs <c>orc</c> in the repository's root and waits for its end.</summary>
    public static Task<Outcome> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <summary>The same with variables of the environment.</summary>
    public static async Task<Outcome> RunAsync((string Name, string Value)[] variables, params string[] arguments)
    {
        var start = new ProcessStartInfo(Program, arguments)
        {
            WorkingDirectory = Repository.Root,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
        };
        start.Environment["XDG_CACHE_HOME"] = arguments[0] == "run" ? Cache : NothingLearned;
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location))));
        start.Environment.Remove("COLUMNS");
        start.Environment.Remove("ORC_OPENAI_BASE_URL");
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("orc did not start");
        process.StandardInput.Close();
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
        await process.WaitForExitAsync(cancellation);
        return new Outcome(process.ExitCode, await output, await error);
    }
}

/// <summary>What a command left.</summary>
internal sealed record Outcome(int Code, string Output, string Error);
