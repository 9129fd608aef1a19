using System.Diagnostics;
using Xunit;

namespace Orchestrator.Tests.Dialects.Irdl;

/// <summary>MLIR's tool with dialects from IRDL text, as the judge of ours.</summary>
internal static class MlirOptIrdl
{
    private const string Tool = "/usr/bin/mlir-opt-22";

    public static bool IsInstalled => File.Exists(Tool);

    /// <summary>Runs the tool on a text; skips the test, visibly, where it is not installed.</summary>
    public static async Task<(int Code, string Output, string Error)> RunAsync(string text, params string[] options)
    {
        Assert.SkipUnless(IsInstalled, "mlir-22-tools is not installed");
        var start = new ProcessStartInfo(Tool, [.. options, "-"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("mlir-opt did not start");
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        Task<string> output = process.StandardOutput.ReadToEndAsync(cancellation);
        Task<string> error = process.StandardError.ReadToEndAsync(cancellation);
        await process.StandardInput.WriteAsync(text);
        process.StandardInput.Close();
        await process.WaitForExitAsync(cancellation);
        return (process.ExitCode, await output, await error);
    }
}
