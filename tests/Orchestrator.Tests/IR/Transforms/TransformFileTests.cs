using System.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Transforms;

/// <summary>Every pass has a file that shows what it does, and MLIR's tools agree with those whose runs name them.</summary>
public sealed class TransformFileTests
{
    private const string Folder = "tests/Orchestrator.Tests/IR/Transforms/";
    private const string Runs = "// RUN: mlir-opt ";

    public static TheoryData<string> Shared => [.. Repository.Files(".mlir")
        .Where(f => f.StartsWith(Folder, StringComparison.Ordinal) && Lines(f).Any(l => l.StartsWith(Runs, StringComparison.Ordinal)))];

    [Fact]
    public void EveryPassHasAFile()
    {
        HashSet<string> files = [.. Repository.Files(".mlir").Select(f => Path.GetFileNameWithoutExtension(f))];
        Assert.Empty(new PassRegistry(Orchestrator.Compiler.GeneratedRegistry.Passes).Passes.Select(p => p.Name).Except(files));
    }

    [Theory]
    [MemberData(nameof(Shared))]
    public async Task MlirOptAndFileCheckAgree(string file)
    {
        const string Check = "/usr/bin/FileCheck-22";
        Assert.SkipUnless(Oracle.IsThere && File.Exists(Check), "mlir-22-tools and llvm-22-tools are not installed");
        string path = Repository.PathOf(file);
        string output = Path.GetTempFileName();
        foreach (string line in Lines(file).Where(l => l.StartsWith(Runs, StringComparison.Ordinal)))
        {
            string[] sides = line[Runs.Length..].Split(" | FileCheck %s");
            Assert.Equal(2, sides.Length);
            string[] flags = [.. sides[0].Replace("'", "", StringComparison.Ordinal).Split(' ').Where(w => w != "%s")];
            await File.WriteAllTextAsync(output, Oracle.Mlir(await File.ReadAllTextAsync(path), flags), TestContext.Current.CancellationToken);
            var start = new ProcessStartInfo(Check, [path, "--input-file", output, .. sides[1].Split(' ', StringSplitOptions.RemoveEmptyEntries)]) { RedirectStandardError = true };
            using Process process = Process.Start(start) ?? throw new InvalidOperationException("FileCheck did not start");
            string errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            Assert.True(process.ExitCode == 0, $"{line}\n{errors}");
        }

        File.Delete(output);
    }

    private static string[] Lines(string file) => File.ReadAllLines(Repository.PathOf(file));
}
