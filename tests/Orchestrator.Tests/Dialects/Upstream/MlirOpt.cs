using System.Diagnostics;
using Xunit;

namespace Orchestrator.Tests.Dialects.Upstream;

/// <summary>MLIR's own tool with all its dialects.</summary>
internal static class MlirOpt
{
    private const string Tool = "/usr/bin/mlir-opt-22";

    /// <summary>What it prints in generic form, or null with what it said; skips the test, visibly, where it is not installed.</summary>
    public static (string? Text, string Errors) Run(string input, params string[] options)
    {
        Assert.SkipUnless(File.Exists(Tool), "mlir-22-tools is not installed");
        var start = new ProcessStartInfo(Tool, ["--allow-unregistered-dialect", "--mlir-print-op-generic", .. options])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!; // It does not use the shell, so there is a process.
        var errors = new System.Text.StringBuilder();
        process.ErrorDataReceived += (_, line) => errors.AppendLine(line.Data);
        process.BeginErrorReadLine();

        // Written beside reading, because a full pipe in one direction would hold up the other.
        var writer = new Thread(() =>
        {
            process.StandardInput.Write(input);
            process.StandardInput.Close();
        });
        writer.Start();
        string text = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        writer.Join();
        return (process.ExitCode == 0 ? text : null, errors.ToString());
    }
}
