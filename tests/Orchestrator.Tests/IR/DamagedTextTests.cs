using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR;

/// <summary>Text with mechanical damage: it never brings the reader down, and MLIR's own parser agrees on what is wrong and where.</summary>
public sealed partial class DamagedTextTests
{
    private const string Oracle = "/usr/bin/mlir-minimal-opt-22";

    // How many mutants; the whole campaign is ORC_FUZZ_IR=20000.
    private static readonly int Count = int.TryParse(Environment.GetEnvironmentVariable("ORC_FUZZ_IR"), NumberStyles.None, CultureInfo.InvariantCulture, out int count) ? count : 300;

    // Modules without locations: mistakes that verification finds are then at places of the text for MLIR too.
    private static string[] Seeds => [.. Directory.GetFiles(Repository.Shared("mlir", "open", "generic"), "*.mlir").Order(StringComparer.Ordinal)
        .Where(f => new FileInfo(f).Length < 6_000 && !File.ReadAllText(f).Contains("loc(", StringComparison.Ordinal))];

    [Fact]
    public void NothingBringsTheReaderDown()
    {
        string[] seeds = Seeds;
        for (int seed = 0; seed < Count; seed++)
        {
            (string text, string? problem, _) = Mutant(seeds, seed);
            Assert.True(problem is null or not "", $"seed {seed}: an error without a message in\n{text}");
        }
    }

    [Fact]
    public void MlirRefusesTheSameAtTheSameLine()
    {
        Assert.SkipUnless(File.Exists(Oracle), "mlir-22-tools is not installed");
        string[] seeds = Seeds;
        int compared = Math.Min(Count, 2_000) / 4;
        var wrong = new List<string>();
        int refused = 0;
        int sameLine = 0;
        for (int seed = 0; seed < compared; seed++)
        {
            (string text, string? problem, int line) = Mutant(seeds, seed);
            int? theirs = LineOfOracle(text);
            if (problem is null == theirs is not null)
            {
                wrong.Add($"seed {seed}: we say {problem ?? "fine"}, they refuse line {theirs}");
            }
            else if (theirs is not null)
            {
                refused++;
                sameLine += line == theirs ? 1 : 0;
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(sameLine >= 0.95 * refused && refused > compared / 4, $"{sameLine} of {refused} at the same line");
    }

    [Theory]
    [InlineData("#a{0} = [#a{1}]\n", "#a0 = [1]\n", "\"a.b\"() {{x = #a{0}}} : () -> ()\n")]
    [InlineData("#a{0} = {{x = #a{1}}}\n\"a.b\"() {{x = #a{0}}} : () -> ()\n", "#a0 = 1\n\"a.b\"() {{x = #a0}} : () -> ()\n", "")]
    [InlineData("!a{0} = tuple<!a{1}>\n", "!a0 = i1\n", "\"a.b\"() : () -> !a{0}\n")]
    [InlineData("#l{0} = loc(\"a\"(#l{1}))\n", "#l0 = loc(unknown)\n", "\"a.b\"() : () -> () loc(#l{0})\n")]
    public void AliasesOfAliasesNestNoDeeperThanWhatIsWrittenOut(string next, string first, string use)
    {
        const int Count = 50_000;
        var text = new StringBuilder(first.Replace("{{", "{", StringComparison.Ordinal).Replace("}}", "}", StringComparison.Ordinal));
        for (int i = 1; i < Count; i++)
        {
            text.AppendFormat(CultureInfo.InvariantCulture, next, i, i - 1);
        }

        text.AppendFormat(CultureInfo.InvariantCulture, use, Count - 1);
        var bag = new DiagnosticBag();
        Assert.Null(IRParser.Parse(new SourceText("chain", text.ToString()), new Context(), bag));
        Assert.Equal(IRCodes.TooDeep, bag.Items[0].Code);
    }

    // A token that the end of the file cuts short.
    [Theory]
    [InlineData("@")]
    [InlineData("@\"")]
    [InlineData("%")]
    [InlineData("^")]
    [InlineData("#")]
    [InlineData("!")]
    [InlineData("\"")]
    [InlineData("\"\\")]
    [InlineData("\"\\4")]
    [InlineData("0x")]
    [InlineData("1.")]
    [InlineData("1.0e+")]
    [InlineData("..")]
    [InlineData("-")]
    [InlineData("{-")]
    [InlineData("/")]
    public void ATokenMayEndWithTheFile(string token)
    {
        foreach (string before in new[] { "", "- ", "\"a\"() {a = ", "\"a\"(", "#a = loc(", "!a = tensor<4x" })
        {
            var bag = new DiagnosticBag();
            Assert.Null(IRParser.Parse(new SourceText("cut", before + token), new Context(), bag));
            Assert.NotEmpty(bag.Items);
        }
    }

    [Theory]
    [InlineData("\"a\"() {a = ", "[", "]", "} : () -> ()")]
    [InlineData("\"a\"() {a = ", "tuple<", ">", "} : () -> ()")]
    [InlineData("\"a\"() {a = affine_map<() -> (", "(", ")", ")>} : () -> ()")]
    [InlineData("\"a\"() {a = affine_map<() -> (", "-", "", "1)>} : () -> ()")]
    [InlineData("\"a\"() {a = dense<", "[", "]", "> : tensor<1xi1>} : () -> ()")]
    [InlineData("\"a\"() : () -> () loc(", "\"n\"(", ")", ")")]
    [InlineData("", "\"a\"() ({\n", "\n}) : () -> ()", "")]
    [InlineData("", "builtin.module {\n", "\n}", "")]
    [InlineData("#a = affine_map<(d0, d1) -> (d0", " + d0 * d1", "", ")>")]
    public void DepthIsReadOrRefusedWithAPlace(string before, string open, string close, string after)
    {
        string text = before + string.Concat(Enumerable.Repeat(open, 100_000)) + string.Concat(Enumerable.Repeat(close, 100_000)) + after;
        var bag = new DiagnosticBag();
        if (IRParser.Parse(new SourceText("deep", text), new Context(), bag) is { } parsed)
        {
            IRVerifier.Verify(parsed.Module, bag);
        }

        Assert.All(bag.Items, d => Assert.NotNull(d.Span.Source));
    }

    // A mutant with our first mistake in it, and its line.
    private static (string Text, string? Problem, int Line) Mutant(string[] seeds, int seed)
    {
        string text = new Mutations(seed).Damage(File.ReadAllText(seeds[seed * 31 % seeds.Length]));
        var bag = new DiagnosticBag();
        ParsedModule? parsed = IRParser.Parse(new SourceText("mutant", text), new Context(), bag);
        if (parsed is not null && IRVerifier.Verify(parsed.Module, bag))
        {
            parsed.Print();
            return (text, null, 0);
        }

        Diagnostic first = bag.Items[0];
        return (text, first.Message, first.Span.Source?.Locate(first.Span.Start).Line ?? 0);
    }

    private static int? LineOfOracle(string text)
    {
        var start = new ProcessStartInfo(Oracle, ["--allow-unregistered-dialect", "--mlir-print-op-generic", "--mlir-disable-threading", "-"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("the oracle does not start");
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> errors = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(text);
        process.StandardInput.Close();
        process.WaitForExit();
        _ = output.GetAwaiter().GetResult();
        Match place = ErrorPlace().Match(errors.GetAwaiter().GetResult());
        return process.ExitCode == 0 ? null : place.Success ? int.Parse(place.Groups[1].Value, CultureInfo.InvariantCulture) : 0;
    }

    [GeneratedRegex(@":(\d+):\d+: error: ")]
    private static partial Regex ErrorPlace();
}
