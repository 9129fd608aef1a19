using System.Collections.Immutable;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.Frontend.Importers.Onnx;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.Frontend.Importers;

/// <summary>ONNX files as modules: operations, shapes beside those of ONNX Runtime, and files that are broken in every way.</summary>
public sealed class OnnxImporterTests
{
    private static readonly ImmutableDictionary<string, ImmutableArray<long>> NoSizes = ImmutableDictionary<string, ImmutableArray<long>>.Empty;

    [Fact]
    public void OperatorsBecomeOperationsThatTheTextCanHold()
    {
        Operation module = Imported(Attention(), ("x", [2, 8, 64]));
        string text = IRPrinter.Print(module);
        Assert.Contains("\"onnx.MatMul\"", text, StringComparison.Ordinal);
        Assert.Contains("tensor<2x4x8x8xf32>", text, StringComparison.Ordinal); // scores
        Assert.DoesNotContain("onnx.Shape", text, StringComparison.Ordinal);    // follows from the input's size
        var mistakes = new DiagnosticBag();
        ParsedModule? again = IRParser.Parse(new SourceText("again.mlir", text), DialectSet.NewContext(), mistakes);
        Assert.Empty(mistakes.Items);
        Assert.Equal(text, IRPrinter.Print(Assert.IsType<ParsedModule>(again).Module));
    }

    [Fact]
    public void AnOpenDimensionIsOneAndSaysSo()
    {
        Operation module = Imported(Attention());
        Assert.Contains("taken as 1: x[n]", module.GetAttr<StringAttr>("inference")?.Value, StringComparison.Ordinal);
        Assert.Contains("tensor<1x8x64xf32>", IRPrinter.Print(module), StringComparison.Ordinal);
    }

    [Fact]
    public void WhatDoesNotFollowStaysUnknown()
    {
        byte[] file = new OnnxFile().Input("x", 1, 4).Output("z").Node("NonZero", ["x"], ["y"]).Node("Relu", ["y"], ["z"]).Write();
        Assert.Contains("tensor<*x", IRPrinter.Print(Imported(file)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("y", 1, 2, 64, "ORC3072", "no input 'y'")]
    [InlineData("x", 1, 2, 3, "ORC3072", "cannot be 1x2x3")]
    public void ASizeThatDoesNotFitIsTold(string name, long a, long b, long c, string code, string message)
    {
        var mistakes = new DiagnosticBag();
        Assert.Null(OnnxImporter.Import("m.onnx", Attention(), NoSizes.Add(name, [a, b, c]), DialectSet.NewContext(), mistakes));
        Diagnostic mistake = mistakes.Items[0];
        Assert.Equal(code, mistake.Code);
        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
        Assert.NotEmpty(mistake.Remedy ?? "");
    }

    [Fact]
    public void AValueThatNothingMakesIsToldWithItsPlace()
    {
        var mistakes = new DiagnosticBag();
        byte[] file = new OnnxFile().Input("x", 1, 4).Output("z").Node("Add", ["x", "ghost"], ["z"]).Write();
        Assert.Null(OnnxImporter.Import("m.onnx", file, NoSizes, DialectSet.NewContext(), mistakes));
        Assert.Equal("ORC3071", Assert.Single(mistakes.Items).Code);
        Assert.Contains("'ghost'", mistakes.Items[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ABrokenFileIsAMistakeNeverACrash()
    {
        byte[] whole = Attention();
        for (int length = 0; length < whole.Length; length++)
        {
            Harmless(whole.AsSpan(0, length));
        }

        const int Seed = 11;
        var random = new Random(Seed);
        for (int i = 0; i < 4000; i++)
        {
            byte[] broken = [.. whole];
            for (int k = 1 + random.Next(4); k > 0; k--)
            {
                broken[random.Next(broken.Length)] ^= (byte)(1 << random.Next(8));
            }

            Harmless(broken);
        }

        for (int i = 0; i < 500; i++)
        {
            byte[] noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            Harmless(noise);
        }
    }

    [Theory]
    [InlineData("det.onnx", 1, 3, 64, 96)]
    [InlineData("rec.onnx", 1, 3, 48, 160)]
    [InlineData("cls.onnx", 2, 3, 48, 192)]
    public void ShapesAreThoseOfOnnxRuntime(string file, int n, int c, int h, int w)
    {
        string path = Repository.PathOf("artifacts", "models", "ppocr-v4", file);
        Assert.SkipUnless(File.Exists(path), "the PP-OCRv4 model files are not here; tools/fetch-models/run fetches them");
        Operation module = Imported(File.ReadAllBytes(path), ("x", [n, c, h, w]));
        Operation result = module.Regions[0].EnsureBlock().Operations.First().Regions[0].EnsureBlock().Last!; // a function ends in its return
        using var session = new InferenceSession(path);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> answer =
            session.Run([NamedOnnxValue.CreateFromTensor("x", new DenseTensor<float>([n, c, h, w]))]);
        long[] expected = [.. answer[0].AsTensor<float>().Dimensions.ToArray().Select(d => (long)d)];
        Assert.Equal(expected, Assert.IsType<ShapedType>(result.Operands[0].Type).Shape);
    }

    private static Operation Imported(byte[] file, params (string Name, long[] Size)[] sizes)
    {
        var mistakes = new DiagnosticBag();
        Operation? module = OnnxImporter.Import("m.onnx", file, sizes.ToDictionary(s => s.Name, s => s.Size.ToImmutableArray()), DialectSet.NewContext(), mistakes);
        Assert.Empty(mistakes.Items);
        return Assert.IsAssignableFrom<Operation>(module);
    }

    private static void Harmless(ReadOnlySpan<byte> file)
    {
        var mistakes = new DiagnosticBag();
        Operation? module = OnnxImporter.Import("m.onnx", file, NoSizes, DialectSet.NewContext(), mistakes);
        Assert.Equal(module is null, mistakes.HasErrors);
        Assert.All(mistakes.Items, m => Assert.NotEmpty(m.Remedy ?? ""));
        if (module is not null)
        {
            Orchestrator.Compiler.Operators.FreezeOperators.Run(module);
        }
    }

    // Four heads of sixteen over open batch, with the reshapes that exporters write.
    private static byte[] Attention() => new OnnxFile()
        .Input("x", -1, 8, 64).Output("y")
        .Weight("wq", 64, 64).Weight("wk", 64, 64).Weight("bias", 64)
        .Numbers("zero", 0).Numbers("tail", 8, 4, 16)
        .Node("Shape", ["x"], ["shape"])
        .Node("Gather", ["shape", "zero"], ["batch"])
        .Node("Concat", ["batch", "tail"], ["target"], ("axis", [0]))
        .Node("MatMul", ["x", "wq"], ["q0"])
        .Node("Add", ["q0", "bias"], ["q1"])
        .Node("Reshape", ["q1", "target"], ["q2"])
        .Node("Transpose", ["q2"], ["q"], ("perm", [0, 2, 1, 3]))
        .Node("MatMul", ["x", "wk"], ["k0"])
        .Node("Reshape", ["k0", "target"], ["k1"])
        .Node("Transpose", ["k1"], ["k"], ("perm", [0, 2, 3, 1]))
        .Node("MatMul", ["q", "k"], ["scores"])
        .Node("Softmax", ["scores"], ["y"], ("axis", [3]))
        .Write();
}
