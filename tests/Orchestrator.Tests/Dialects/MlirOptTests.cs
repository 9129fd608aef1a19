using System.Diagnostics;
using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.Dialects;

/// <summary>MLIR's own tool, which knows none of our dialects, must read what we print and print the same bytes.</summary>
public sealed class MlirOptTests
{
    private static readonly string[] Tools = ["/usr/bin/mlir-minimal-opt-22", "/usr/bin/mlir-opt-22"];

    [Theory]
    [MemberData(nameof(MlirFileTests.Valid), MemberType = typeof(MlirFileTests))]
    public void MlirOptPrintsWhatWePrint(string file)
    {
        string? tool = Tools.FirstOrDefault(File.Exists);
        Assert.SkipWhen(tool is null, "mlir-22-tools is not installed");
        var bag = new DiagnosticBag();
        var source = new SourceText(file, File.ReadAllText(Repository.PathOf("tests/Orchestrator.Tests/Dialects/" + file)));
        string ours = IRParser.Parse(source, DialectSet.NewContext(), bag)!.Print(); // That it parses is another test's business.

        var start = new ProcessStartInfo(tool!, ["--allow-unregistered-dialect", "--mlir-print-op-generic"]) // Not null: the test is skipped otherwise.
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!; // It does not use the shell, so there is a process.
        process.StandardInput.Write(ours);
        process.StandardInput.Close();
        string theirs = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(ours.TrimEnd('\n'), theirs.TrimEnd('\n'));
    }
}
