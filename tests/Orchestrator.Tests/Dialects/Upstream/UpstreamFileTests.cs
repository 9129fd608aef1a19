using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.Dialects.Upstream;

/// <summary>mlir-opt, which knows these dialects itself, agrees with us about every file of them.</summary>
public sealed class UpstreamFileTests
{
    private static readonly string[] Folders = ["Func/", "Arith/", "Scf/", "Cf/"];

    public static TheoryData<string> Valid => Select(MlirFileTests.Valid);

    public static TheoryData<string> Invalid => Select(MlirFileTests.Invalid);

    public static TheoryData<string> Passes => Select(MlirFileTests.Passes);

    [Theory]
    [MemberData(nameof(Valid))]
    public void MlirOptReadsAndPrintsTheSame(string file)
    {
        string ours = Opt(Text(file), "");
        (string? theirs, string errors) = MlirOpt.Run(ours);
        Assert.True(theirs is not null, errors);
        Assert.Equal(ours.TrimEnd('\n'), theirs.TrimEnd('\n'));
    }

    [Theory]
    [MemberData(nameof(Invalid))]
    public void MlirOptRefusesWhatWeRefuse(string file)
    {
        string[] parts = Text(file).Split("// -----\n");
        Assert.NotEmpty(parts);
        foreach (string part in parts)
        {
            Assert.True(MlirOpt.Run(part).Text is null || part.Contains("// only ours", StringComparison.Ordinal), part);
        }
    }

    [Theory]
    [MemberData(nameof(Passes))]
    public void NoMoreOperationsAreLeftThanMlirOptLeaves(string file)
    {
        string[] parts = Text(file).Split("// expect:\n");
        Assert.True(MlirOpt.Run(parts[1]).Text is not null, "mlir-opt refuses what we print");
        (string? theirs, string errors) = MlirOpt.Run(parts[0], "--canonicalize");
        Assert.True(theirs is not null, errors);
        Assert.InRange(Count(parts[1]), 1, Count(theirs));
    }

    // An index that went through i8 has lost bits; mlir-opt takes the two casts for nothing.
    [Fact]
    public void IndexCastsThatLoseBitsStay()
    {
        const string Text = """
            "func.func"() <{function_type = (index) -> index, sym_name = "f"}> ({
            ^bb0(%i: index):
              %0 = "arith.index_cast"(%i) : (index) -> i8
              %1 = "arith.index_cast"(%0) : (i8) -> index
              "func.return"(%1) : (index) -> ()
            }) : () -> ()
            """;
        Assert.Equal(Count(Text), Count(Opt(Text, "canonicalize")));
    }

    [Theory]
    [InlineData("\"arith.addi\"(%a, %a)", "overflowFlags = #arith.overflow<none>")]
    [InlineData("\"arith.addf\"(%x, %x)", "fastmath = #arith.fastmath<none>")]
    [InlineData("\"arith.cmpf\"(%x, %x) <{predicate = 1 : i64}>", "fastmath = #arith.fastmath<none>, predicate = 1 : i64")]
    public void AttributesWithADefaultAreFilledIn(string operation, string expected)
    {
        (string type, string result) = operation.Contains("%a", StringComparison.Ordinal) ? ("i32", "i32") : ("f32", operation.Contains("cmpf", StringComparison.Ordinal) ? "i1" : "f32");
        string text = $$"""
            "func.func"() <{function_type = (i32, f32) -> (), sym_name = "f"}> ({
            ^bb0(%a: i32, %x: f32):
              %0 = {{operation}} : ({{type}}, {{type}}) -> {{result}}
              "func.return"() : () -> ()
            }) : () -> ()
            """;
        string ours = Opt(text, "");
        Assert.Contains($"<{{{expected}}}>", ours, StringComparison.Ordinal);
        Assert.Equal(ours.TrimEnd('\n'), MlirOpt.Run(text).Text?.TrimEnd('\n'));
    }

    private static int Count(string text) => Parse(text).Walk().Count();

    private static Operation Parse(string text)
    {
        var bag = new DiagnosticBag();
        return IRParser.Parse(new SourceText("x", text), DialectSet.NewContext(), bag)?.Module ?? throw new InvalidOperationException(DiagnosticText.Render(bag));
    }

    private static string Opt(string text, string pipeline)
    {
        OptResult result = OptRun.Run(new SourceText("x", text), new PassRegistry(), DialectSet.NewContext, new OptOptions { Pipeline = pipeline }, TestContext.Current.CancellationToken);
        Assert.True(result.Ok, DiagnosticText.Render(result.Diagnostics));
        return result.Text!; // It went well.
    }

    private static TheoryData<string> Select(TheoryData<string> files) =>
        [.. files.Select(row => row.Data).Where(f => Folders.Any(folder => f.StartsWith(folder, StringComparison.Ordinal)))];

    private static string Text(string file) => File.ReadAllText(Repository.PathOf("tests/Orchestrator.Tests/Dialects/" + file));
}
