using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR.Testing;

/// <summary>Compares output with the check lines of a file; directives, patterns and verdicts are those of LLVM's FileCheck.</summary>
public static class FileCheck
{
    /// <summary>
    /// Compares <paramref name="output"/> with the check lines of <paramref name="checks"/>. Mistakes and mismatches are reported at the check
    /// line, with notes at the place in the output.
    /// </summary>
    /// <returns>Whether all checks hold.</returns>
    public static bool Run(SourceText checks, SourceText output, CheckOptions options, DiagnosticBag diagnostics)
    {
        var variables = new CheckVariables();
        if (new CheckReader(checks, options, diagnostics).Read(variables) is not { } directives)
        {
            return false;
        }

        var folded = new SourceText(output.Path, CheckReader.FoldBlanks(output.Text, options));
        if (folded.Text.Length == 0 && !options.AllowEmpty)
        {
            diagnostics.Error(TestCodes.EmptyOutput, "there is no output to check", directives[0].Span, "write --allow-empty if that is meant");
            return false;
        }

        try
        {
            return new CheckRun(directives, folded, options, variables, diagnostics).Run();
        }
        catch (RegexMatchTimeoutException)
        {
            diagnostics.Error(TestCodes.TooSlow, "matching takes too long", directives[0].Span, "use fewer repetitions within repetitions");
            return false;
        }
    }
}
