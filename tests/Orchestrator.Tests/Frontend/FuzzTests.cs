using System.Globalization;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.Frontend;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.Frontend;

/// <summary>
/// Valid files with words removed, swapped, doubled and replaced: never an exception, never an error without a place and a remedy, and what
/// the checker accepts the verifier accepts too. <c>ORC_FUZZ</c> sets the number of tries, <c>ORC_FUZZ_SEED</c> the seed.
/// </summary>
public sealed partial class FuzzTests
{
    private static readonly int s_tries = Number("ORC_FUZZ", 200);
    private static readonly int s_seed = Number("ORC_FUZZ_SEED", 20260101);

    [Fact]
    public void BrokenFilesAreReportedAndAcceptedOnesVerify()
    {
        string[] texts = [.. FlowTest.ValidFiles().Select(File.ReadAllText)];
        var random = new Random(s_seed);
        for (int i = 0; i < s_tries; i++)
        {
            string text = Mutate(texts[random.Next(texts.Length)], random);
            try
            {
                Check(text);
            }
            catch (Exception e) when (e is not Xunit.Sdk.XunitException)
            {
                Assert.Fail($"seed {s_seed}, try {i}: {e}\n{text}");
            }
        }
    }

    private static string Mutate(string text, Random random)
    {
        List<string> words = [.. Word().Matches(text).Select(m => m.Value)];
        for (int i = random.Next(1, 5); i > 0; i--)
        {
            (int a, int b) = (random.Next(words.Count), random.Next(words.Count));
            switch (random.Next(4))
            {
                case 0:
                    words[a] = "";
                    break;
                case 1:
                    (words[a], words[b]) = (words[b], words[a]);
                    break;
                case 2:
                    words.Insert(b, words[a]);
                    break;
                default:
                    words[a] = words[b];
                    break;
            }
        }

        return string.Concat(words);
    }

    private static void Check(string text)
    {
        var diagnostics = new DiagnosticBag();
        var source = new SourceText("fuzz.flow", text);
        Operation? module = FlowFrontend.Parse(source, DialectSet.NewContext(), diagnostics);
        Assert.Equal(diagnostics.HasErrors, module is null);
        Assert.All(diagnostics.Items.Where(d => d.Severity == Severity.Error), d => Assert.True(d.Remedy is { Length: > 0 } && d.Span.Source is not null, d.Message));
        if (module is not null)
        {
            Assert.True(IRVerifier.Verify(module, diagnostics), DiagnosticText.Render(diagnostics) + text);
            string formatted = FlowFormatter.Format(source);
            Assert.Equal(formatted, FlowFormatter.Format(new SourceText("fuzz.flow", formatted)));
        }
    }

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    [GeneratedRegex(@"\s+|[A-Za-z_][A-Za-z0-9_]*|[0-9.]+|.", RegexOptions.Singleline)]
    private static partial Regex Word();
}
