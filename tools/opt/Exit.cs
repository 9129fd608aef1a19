using System.Text.Json.Nodes;
using Orchestrator.Diagnostics;

namespace Orchestrator.Cli;

/// <summary>Exit codes, and the one place where failures become them.</summary>
internal static class Exit
{
    public const int Fine = 0;
    public const int InputAtFault = 1;
    public const int Usage = 2;
    public const int NoPlan = 3;
    public const int Bug = 70;
    public const int Interrupted = 130;

    /// <summary>Runs a command; a user's mistake is shown and gives 1, a bug of ours gives 70, never a stack trace unless ORC_DEBUG is set.</summary>
    public static int Guard(bool json, Func<int> command) => GuardAsync(json, () => Task.FromResult(command())).GetAwaiter().GetResult();

    /// <summary>The same for a command that waits.</summary>
    public static async Task<int> GuardAsync(bool json, Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (DiagnosticException mistakes)
        {
            Show(mistakes.Diagnostics, json);
            return InputAtFault;
        }
        catch (OperationCanceledException)
        {
            Terminal.Error.WriteLine("interrupted");
            return Interrupted;
        }
        catch (Exception bug) when (Environment.GetEnvironmentVariable("ORC_DEBUG") is null)
        {
            Terminal.Error.WriteLine($"orc: this is a bug in orc, not in your input: {bug.GetType().Name}: {bug.Message}");
            Terminal.Error.WriteLine("  Set ORC_DEBUG=1 to see where, and report it with the command and the file.");
            return Bug;
        }
    }

    /// <summary>Shows diagnostics: as JSON on stdout, or as text on stderr.</summary>
    public static void Show(IReadOnlyList<Diagnostic> diagnostics, bool json)
    {
        if (json)
        {
            Terminal.Out.WriteLine(new JsonObject { ["diagnostics"] = ToJson(diagnostics) }.ToJsonString(Terminal.Json));
            return;
        }

        foreach (Diagnostic diagnostic in diagnostics)
        {
            Terminal.Error.Write(DiagnosticText.Render(diagnostic, Terminal.ColourOnError));
        }
    }

    /// <summary>Diagnostics as a JSON array.</summary>
    public static JsonArray ToJson(IEnumerable<Diagnostic> diagnostics) => new([.. diagnostics.Select(ToJson)]);

    private static JsonObject ToJson(Diagnostic diagnostic)
    {
        (int line, int column) = diagnostic.Span.Source?.Locate(diagnostic.Span.Start) ?? (0, 0);
        return new JsonObject
        {
            ["code"] = diagnostic.Code,
            ["severity"] = diagnostic.Severity.ToString().ToLowerInvariant(),
            ["file"] = diagnostic.Span.Source?.Path,
            ["line"] = line,
            ["column"] = column,
            ["length"] = diagnostic.Span.Length,
            ["message"] = diagnostic.Message,
            ["remedy"] = diagnostic.Remedy,
        };
    }
}
