using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR;

public sealed class TextTests
{
    private static string Attribute(string text)
    {
        var bag = new DiagnosticBag();
        return IRParser.ParseAttribute(new SourceText("attr", text), new Context(), bag)?.ToString() ?? bag.Items[0].Code;
    }

    [Theory]
    [InlineData("5", "5 : i64")]
    [InlineData("255 : i8", "-1 : i8")]
    [InlineData("-0x80 : si8", "-128 : si8")]
    [InlineData("255 : ui8", "255 : ui8")]
    [InlineData("true", "true")]
    [InlineData("1 : i1", "true")]
    [InlineData("1.5", "1.500000e+00 : f64")]
    [InlineData("0.1 : f64", "1.000000e-01 : f64")]
    [InlineData("3.14159274 : f32", "3.14159274 : f32")]
    [InlineData("123456789.0 : f32", "0x4CEB79A3 : f32")]
    [InlineData("0x7F800000 : f32", "0x7F800000 : f32")]
    [InlineData("-0.0", "-0.000000e+00 : f64")]
    [InlineData("0x7FC0 : bf16", "0x7FC0 : bf16")]
    [InlineData("1.0e-5", "1.000000e-05 : f64")]
    [InlineData("0.00012345678 : f64", "1.2345678000000001E-4 : f64")]
    [InlineData("[1, 2.0, 1 : i32, unit]", "[1, 2.000000e+00, 1 : i32, unit]")]
    [InlineData("{b = 1, \"a b\", a = unit}", "{a, \"a b\", b = 1 : i64}")]
    [InlineData("\"t\\09\\22\\C3\\A9é\\\\\"", "\"t\\09\\22\\C3\\A9\\C3\\A9\\\\\"")]
    [InlineData("@a::@\"b c\"::@d", "@a::@\"b c\"::@d")]
    [InlineData("array<i64: 1, -2>", "array<i64: 1, -2>")]
    [InlineData("array<i1: true, false>", "array<i1: true, false>")]
    [InlineData("array<f32>", "array<f32>")]
    [InlineData("#foo<bar>", "#foo.bar")]
    [InlineData("#foo.bar<\"x>\" -> [1]> : i32", "#foo.bar<\"x>\" -> [1]> : i32")]
    [InlineData("(i32, () -> ()) -> (() -> i1)", "(i32, () -> ()) -> (() -> i1)")]
    [InlineData("tensor<0x4xf32>", "tensor<0x4xf32>")]
    [InlineData("vector<[4]x2xi8>", "vector<[4]x2xi8>")]
    [InlineData("tensor<*x!a.b>", "tensor<*x!a.b>")]
    [InlineData("affine_map<(i, j)[n] -> (1 + i + 2, i * -1 + 2 * n, j + i, n * 2 * i, i - i floordiv 4 * 4)>", "affine_map<(d0, d1)[s0] -> (d0 + 3, -d0 + s0 * 2, d0 + d1, d0 * (s0 * 2), d0 mod 4)>")]
    [InlineData("affine_set<(i) : (i == 3, i >= 1, 5 >= i)>", "affine_set<(d0) : (d0 - 3 == 0, d0 - 1 >= 0, -d0 + 5 >= 0)>")]
    [InlineData("affine_set<(i) : ()>", "affine_set<(d0) : (0 == 0)>")]
    [InlineData("dense<[[1, 2], [3, 4]]> : vector<2x2xsi8>", "dense<[[1, 2], [3, 4]]> : vector<2x2xsi8>")]
    [InlineData("dense<[255, 255]> : tensor<2xi8>", "dense<-1> : tensor<2xi8>")]
    [InlineData("dense<\"0x05\"> : tensor<3xi1>", "dense<[true, false, true]> : tensor<3xi1>")]
    [InlineData("dense<(1, 2)> : tensor<2xcomplex<i8>>", "dense<(1,2)> : tensor<2xcomplex<i8>>")]
    [InlineData("dense<[\"a\", \"a\"]> : tensor<2x!foo.t>", "dense<\"a\"> : tensor<2x!foo.t>")]
    [InlineData("sparse<[[0, 1]], 5> : tensor<2x3xi32>", "sparse<[[0, 1]], 5> : tensor<2x3xi32>")]
    [InlineData("strided<[?, -3], offset: 0>", "strided<[?, -3]>")]
    [InlineData("memref<2xf32, affine_map<(i) -> (i)>, 0 : i32>", "memref<2xf32>")]
    [InlineData("1.0e5 : f4E2M1FN", "6.000000e+00 : f4E2M1FN")]
    [InlineData("0.1 : f128", "0.100000000000000005551115123125782702 : f128")]
    [InlineData("1.0e400 : f32", "0x7F800000 : f32")]
    [InlineData("loc(fused[unknown, \"a\", \"a\"])", "loc(\"a\")")]
    [InlineData("loc(fused<\"m\">[\"a\", unknown, callsite(\"f\":1:2 at \"g\"(\"h\":3:4 to :9))])", "loc(fused<\"m\">[\"a\", callsite(\"f\":1:2 at \"g\"(\"h\":3:4 to :9))])")]
    public void AttributesPrintAsMlirPrintsThem(string text, string expected) => Assert.Equal(expected, Attribute(text));

    [Theory]
    [InlineData("256 : i8", IRCodes.NumberRange)]
    [InlineData("-1 : ui8", IRCodes.NumberRange)]
    [InlineData("128 : si8", IRCodes.NumberRange)]
    [InlineData("1 : f32", IRCodes.NumberRange)]
    [InlineData("1.0 : i32", IRCodes.NumberRange)]
    [InlineData("[1, 2", IRCodes.Syntax)]
    [InlineData("[1,]", IRCodes.Syntax)]
    [InlineData("\"a\\qb\"", IRCodes.Syntax)]
    [InlineData("#foo.bar<(>)", IRCodes.Syntax)]
    [InlineData("tensor<4f32>", IRCodes.Syntax)]
    [InlineData("@1", IRCodes.Syntax)]
    [InlineData("i16777216", IRCodes.NumberRange)]
    [InlineData("-0 : i32", IRCodes.NumberRange)]
    [InlineData("memref<2x!foo.t>", IRCodes.WrongType)]
    [InlineData("vector<0xi8>", IRCodes.NumberRange)]
    [InlineData("memref<2xf32, #foo.sp>", IRCodes.WrongAttribute)]
    [InlineData("dense<[1, [2]]> : tensor<2xi32>", IRCodes.CountMismatch)]
    [InlineData("affine_map<(i, j) -> (i * j)>", IRCodes.Syntax)]
    [InlineData("#builtin.x", IRCodes.UnknownDialectSymbol)]
    [InlineData("[distinct[0]<1>, distinct[0]<2>]", IRCodes.Redefinition)]
    public void BadAttributesAreRefused(string text, string code) => Assert.Equal(code, Attribute(text));

    [Fact]
    public void DeepAttributesAreALocatedError()
    {
        Assert.Equal(IRCodes.TooDeep, Attribute(new string('[', 100_000)));
        Assert.Equal(IRCodes.TooDeep, Attribute(string.Concat(Enumerable.Repeat("tuple<", 100_000))));
    }

    [Fact]
    public void AnyCutOfAFileIsReadOrRefusedWithAPlace()
    {
        string text = File.ReadAllText(Repository.PathOf("tests/Orchestrator.Tests/Dialects/Agent/support.mlir"));
        for (int cut = 0; cut < text.Length; cut += 7)
        {
            var bag = new DiagnosticBag();
            string damaged = text.Remove(cut, Math.Min(5, text.Length - cut));
            ParsedModule? parsed = IRParser.Parse(new SourceText("cut", damaged), Orchestrator.Dialects.DialectSet.NewContext(), bag);
            if (parsed is not null)
            {
                IRVerifier.Verify(parsed.Module, bag);
            }

            Assert.All(bag.Items, d => Assert.False(string.IsNullOrEmpty(d.Remedy) || d.Span.Source is null, d.Message));
        }
    }

    [Fact]
    public void ResultsArePrintedAsOneGroupAndNumberedAsMlirDoes()
    {
        const string Text = """
            "t.outer"() ({
            ^bb0(%a: i1):
              %x, %y = "t.two"() ({
                %in = "t.in"() : () -> i1
              }) : () -> (i1, i1)
              %z:2 = "t.two"() ({
                "t.in"(%y, %z#1) : (i1, i1) -> ()
              }) : () -> (i1, i1)
              "t.end"() : () -> ()
            }) : () -> ()
            """;
        const string Expected = """
            "builtin.module"() ({
              "t.outer"() ({
              ^bb0(%arg0: i1):
                %0:2 = "t.two"() ({
                  %2 = "t.in"() : () -> i1
                }) : () -> (i1, i1)
                %1:2 = "t.two"() ({
                  "t.in"(%0#1, %1#1) : (i1, i1) -> ()
                }) : () -> (i1, i1)
                "t.end"() : () -> ()
              }) : () -> ()
            }) : () -> ()

            """;
        Assert.Equal(Expected, IRParser.Parse(new SourceText("x", Text), new Context(), new DiagnosticBag())!.Print());
    }
}
