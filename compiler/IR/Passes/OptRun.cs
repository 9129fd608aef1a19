using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>How a file of IR is read, transformed and printed.</summary>
public sealed class OptOptions
{
    /// <summary>The pipeline's text; empty for none.</summary>
    public string Pipeline { get; init; } = "";

    /// <summary>Whether the file is several, cut at lines <c>// -----</c>.</summary>
    public bool SplitInputFile { get; init; }

    /// <summary>Whether <c>expected-error</c> comments are checked against what was reported, instead of printing IR.</summary>
    public bool VerifyDiagnostics { get; init; }

    /// <summary>How the result is printed.</summary>
    public PrintOptions Print { get; init; } = PrintOptions.Default;

    /// <summary>How the passes are run; its timings add up over the parts of a file.</summary>
    public PassRunOptions Passes { get; init; } = new();
}

/// <summary>What came of it.</summary>
/// <param name="Text">The IR afterwards, or null when there were errors or diagnostics were verified.</param>
/// <param name="Diagnostics">What was reported; with <see cref="OptOptions.VerifyDiagnostics"/> only what was not as expected.</param>
/// <param name="Ok">Whether all is well.</param>
public sealed record OptResult(string? Text, DiagnosticBag Diagnostics, bool Ok);

/// <summary>Reads IR, verifies it, runs a pipeline, prints it: what <c>orc opt</c> does.</summary>
public static partial class OptRun
{
    /// <summary>
    /// Runs on <paramref name="input"/>. Each part of a split file gets a context of its own from <paramref name="newContext"/>. Places in
    /// diagnostics are those of the whole file.
    /// </summary>
    public static OptResult Run(
        SourceText input, PassRegistry registry, Func<Context> newContext, OptOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new OptOptions();
        var diagnostics = new DiagnosticBag();
        if (PassPipeline.Parse(new SourceText("<pipeline>", options.Pipeline), registry, diagnostics) is not { } pipeline)
        {
            return new OptResult(null, diagnostics, false);
        }

        var texts = new List<string>();
        foreach (SourceText part in options.SplitInputFile ? Split(input) : [input])
        {
            var bag = new DiagnosticBag();
            string? text = RunPart(part, newContext(), pipeline, options, bag, cancellation);
            if (options.VerifyDiagnostics)
            {
                ExpectedDiagnostics.Check(part, bag, diagnostics);
            }
            else
            {
                diagnostics.AddRange(bag.Items);
                texts.Add(text ?? "");
            }
        }

        bool good = !diagnostics.HasErrors;
        return new OptResult(good && !options.VerifyDiagnostics ? string.Join("// -----\n", texts) : null, diagnostics, good);
    }

    private static string? RunPart(SourceText part, Context context, PassPipeline pipeline, OptOptions options, DiagnosticBag bag, CancellationToken cancellation)
    {
        if (IRParser.Parse(part, context, bag) is not { } parsed || !IRVerifier.Verify(parsed.Module, bag)
            || !pipeline.Run(parsed.Module, bag, options.Passes, cancellation))
        {
            return null;
        }

        return parsed.Print(options.Print);
    }

    // Each part keeps the line numbers of the whole: the lines before it are left empty.
    private static IEnumerable<SourceText> Split(SourceText input)
    {
        int line = 0;
        foreach (string part in SplitLine().Split(input.Text))
        {
            yield return new SourceText(input.Path, new StringBuilder().Append('\n', line).Append(part).ToString());
            line += part.Count(c => c == '\n') + 1;
        }
    }

    [GeneratedRegex(@"^// -----[^\n]*\n", RegexOptions.Multiline)]
    private static partial Regex SplitLine();
}
