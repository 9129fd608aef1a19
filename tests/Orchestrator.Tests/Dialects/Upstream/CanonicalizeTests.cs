using System.Globalization;
using System.Numerics;
using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.Dialects.Upstream;

/// <summary>
/// Random programs mean the same after <c>canonicalize</c>, mlir-opt reads them, and no more operations are left than mlir-opt leaves. The
/// variable ORC_PROGRAMS sets how many modules are tried, ORC_SEED the seed of the first.
/// </summary>
public sealed class CanonicalizeTests(ITestOutputHelper output)
{
    private const int Functions = 12;
    private const int InputsPerFunction = 8;

    // Both tools stop where no rewrite fits, and the order of rewrites decides where that is: of so many functions one may end larger.
    private const int FunctionsPerLarger = 1000;

    private static int Number(string variable, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(variable), NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : otherwise;

    [Fact]
    public void RandomProgramsKeepTheirMeaningAndShrinkAsMuchAsMlirOptMakesThem()
    {
        int first = Number("ORC_SEED", 1);
        int compared = 0;
        int unmatched = 0;
        var larger = new List<string>();
        for (int seed = first; seed < first + Number("ORC_PROGRAMS", 6); seed++)
        {
            output.WriteLine($"seed {seed}");
            string text = ProgramWriter.Write(seed, Functions);
            (string? theirs, string errors) = MlirOpt.Run(text, "--canonicalize");
            string ours = Canonicalize(text, seed);
            if (theirs is null)
            {
                // Its patterns may break a program, as when they multiply indexes in a wider type; what it cannot read is another matter.
                Assert.True(MlirOpt.Run(text).Text is not null, $"seed {seed}: mlir-opt refuses the program: {errors}");
                output.WriteLine($"mlir-opt breaks it: {errors}");
                unmatched++;
            }

            Assert.True(MlirOpt.Run(ours) is (not null, _), $"seed {seed}: mlir-opt refuses what we print:\n{ours}");
            compared += Compare(seed, Parse(text), Parse(ours), theirs is null ? null : Parse(theirs), larger);
        }

        int functions = Number("ORC_PROGRAMS", 6) * Functions;
        Assert.True(larger.Count <= functions / FunctionsPerLarger, string.Join('\n', larger));
        Assert.True(unmatched <= functions / (50 * Functions) + 1, $"mlir-opt breaks {unmatched} modules");
        int all = functions * InputsPerFunction;
        Assert.True(compared > all / 2, $"only {compared} of {all} inputs have a meaning");
    }

    // What the comparison is worth: every operation is among what is tried, and a program that computes something else is noticed.
    [Fact]
    public void TheProgramsTryEveryOperationAndAChangeIsNoticed()
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        int noticed = 0;
        for (int seed = 1; seed <= 20; seed++)
        {
            string text = ProgramWriter.Write(seed, Functions);
            Operation original = Parse(text);
            names.UnionWith(original.Walk().Select(o => o.Name.Text));
            Operation changed = Parse(text.Replace("arith.xori", "arith.ori", StringComparison.Ordinal).Replace("predicate = 2", "predicate = 3", StringComparison.Ordinal));
            noticed += Enumerable.Range(0, Functions).Count(i => Differs(seed, original, changed, $"f{i}"));
        }

        string[] wanted =
        [
            "func.call", "scf.if", "scf.for", "scf.while", "scf.index_switch", "cf.br", "cf.cond_br", "cf.switch", "arith.select", "arith.cmpi", "arith.addi", "arith.muli",
            "arith.shrsi", "arith.ceildivsi", "arith.floordivsi", "arith.remsi", "arith.mulsi_extended", "arith.addui_extended", "arith.trunci", "arith.index_castui",
        ];
        Assert.Empty(wanted.Except(names));
        Assert.True(noticed > 10, $"{noticed} of {20 * Functions} functions");
    }

    private static bool Differs(int seed, Operation a, Operation b, string name)
    {
        var random = new Random(seed);
        for (int k = 0; k < InputsPerFunction; k++)
        {
            BigInteger[] arguments = [.. Function(a, name).Regions[0].First!.Arguments.Select(argument => Random(random, Evaluator.WidthOf(argument.Type)))]; // Every function has a body.
            if (Run(a, name, arguments) is { } first && Run(b, name, arguments) is { } second && first != second)
            {
                return true;
            }
        }

        return false;
    }

    private static int Compare(int seed, Operation original, Operation ours, Operation? theirs, List<string> larger)
    {
        int compared = 0;
        var random = new Random(seed);
        for (int i = 0; i < Functions; i++)
        {
            string name = $"f{i}";
            if (theirs is not null && Count(ours, name) is var a && Count(theirs, name) is var b && a > b)
            {
                larger.Add($"seed {seed}: {a} operations are left of @{name}, mlir-opt leaves {b}\n{Function(ours, name)}\n{Function(theirs, name)}");
            }

            IRType[] inputs = [.. Function(original, name).Regions[0].First!.Arguments.Select(argument => argument.Type)]; // Every function has a body.
            for (int k = 0; k < InputsPerFunction; k++)
            {
                BigInteger[] arguments = [.. inputs.Select(t => Random(random, Evaluator.WidthOf(t)))];
                if (Run(original, name, arguments) is not { } expected)
                {
                    continue;
                }

                compared++;
                string with = $"seed {seed}: @{name}({string.Join(", ", arguments)})";
                Assert.True(Run(ours, name, arguments) == expected, $"{with} changed\n{Function(original, name)}\n{Function(ours, name)}");
                Assert.True(theirs is null || Run(theirs, name, arguments) == expected,
                    $"{with} means something else to mlir-opt\n{Function(original, name)}\n{(theirs is null ? null : Function(theirs, name))}");
            }
        }

        return compared;
    }

    // Results and what was watched; null when the program has no meaning for these arguments or does not end soon.
    private static string? Run(Operation module, string function, BigInteger[] arguments)
    {
        var evaluator = new Evaluator(module);
        try
        {
            BigInteger[] results = evaluator.Run(function, arguments);
            return $"{string.Join(", ", results)} | {string.Join(", ", evaluator.Watched)}";
        }
        catch (Exception e) when (e is Evaluator.Undefined or Evaluator.TooLong)
        {
            return null;
        }
    }

    private static BigInteger Random(Random random, int width) => random.Next(3) == 0
        ? Evaluator.Wrap(random.Next(4) - 1, width)
        : Evaluator.Wrap(random.NextInt64(), width);

    private static Operation Function(Operation module, string name) => module.Walk().First(o => o.Name.Text == "func.func" && o.SymbolName == name);

    private static int Count(Operation module, string name) => Function(module, name).Walk().Count();

    private static Operation Parse(string text)
    {
        var bag = new DiagnosticBag();
        ParsedModule? parsed = IRParser.Parse(new SourceText("program", text), DialectSet.NewContext(), bag);
        Assert.True(parsed is not null && IRVerifier.Verify(parsed.Module, bag), DiagnosticText.Render(bag) + text);
        return parsed.Module;
    }

    private static string Canonicalize(string text, int seed)
    {
        OptResult result = OptRun.Run(new SourceText("program", text), new PassRegistry(), DialectSet.NewContext, new OptOptions { Pipeline = "canonicalize" },
            TestContext.Current.CancellationToken);
        Assert.True(result.Ok, $"seed {seed}: {DiagnosticText.Render(result.Diagnostics)}\n{text}");
        return result.Text!; // It went well.
    }
}
