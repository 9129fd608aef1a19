using System.Diagnostics;
using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Transforms;

/// <summary>Runs a pass of ours and MLIR's pass of the same name on one text. Without mlir-opt only ours runs, and is verified.</summary>
internal static class Oracle
{
    private const string Tool = "/usr/bin/mlir-opt-22";

    public static bool IsThere => File.Exists(Tool);

    public static Operation Parse(string text)
    {
        var bag = new DiagnosticBag();
        ParsedModule? parsed = IRParser.Parse(new SourceText("test.mlir", text), DialectSet.NewContext(), bag);
        Assert.True(parsed is not null && IRVerifier.Verify(parsed.Module, bag), DiagnosticText.Render(bag));
        return parsed.Module;
    }

    public static string Run(string text, params Pass[] passes) => Run(Parse(text), passes);

    public static string Run(Operation module, params Pass[] passes)
    {
        var bag = new DiagnosticBag();
        var context = new PassContext(bag, TestContext.Current.CancellationToken);
        foreach (Pass pass in passes)
        {
            pass.Run(module, context);
            Assert.True(IRVerifier.Verify(module, bag) && !bag.HasErrors, $"{pass.Name}\n{DiagnosticText.Render(bag)}\n{IRPrinter.Print(module)}");
        }

        return IRPrinter.Print(module).TrimEnd('\n');
    }

    /// <summary>What mlir-opt prints, in generic form.</summary>
    public static string Mlir(string text, params string[] arguments)
    {
        var start = new ProcessStartInfo(Tool, ["--allow-unregistered-dialect", "--mlir-print-op-generic", .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!; // It does not use the shell, so there is a process.
        process.StandardInput.Write(text);
        process.StandardInput.Close();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.True(process.ExitCode == 0, errors.GetAwaiter().GetResult() + text);
        return output.TrimEnd('\n');
    }

    /// <summary>Our text must be theirs, byte for byte.</summary>
    public static void Same(string text, string argument, params Pass[] passes)
    {
        string ours = Run(text, passes);
        if (IsThere)
        {
            Assert.Equal(Mlir(text, argument), ours);
        }
    }

    public static int Count(string text, string what) => text.Split(what).Length - 1;
}
