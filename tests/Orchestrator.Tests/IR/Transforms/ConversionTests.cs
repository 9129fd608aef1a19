using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR.Transforms;

public sealed class ConversionTests
{
    private const string Text = """
        "builtin.module"() ({
          "func.func"() <{function_type = (i32, index) -> i32, sym_name = "f"}> ({
          ^bb0(%a: i32, %i: index):
            %0 = "src.add"(%a, %a) : (i32, i32) -> i32
            %1 = "src.add"(%0, %a) : (i32, i32) -> i32
            "test.kept"(%1, %i) : (i32, index) -> ()
            "func.return"(%1) : (i32) -> ()
          }) : () -> ()
        }) : () -> ()
        """;

    private static TypeConverter Wider() => new TypeConverter().Add<IRType>(t => t).Add<IntegerType>(t => t.Width == 32 ? t.Context.I64 : t);

    private sealed class Add(TypeConverter? types, string to = "dst.add") : ConversionPattern(types)
    {
        public override string RootName => "src.add";

        public override bool Convert(Operation op, IReadOnlyList<Value> operands, ConversionRewriter rewriter)
        {
            rewriter.ReplaceWith(op, b => b.Create(to, operands: [.. operands], resultTypes: [operands[0].Type]));
            return true;
        }
    }

    private sealed class Return(TypeConverter types) : ConversionPattern(types)
    {
        public override string RootName => "func.return";

        public override bool Convert(Operation op, IReadOnlyList<Value> operands, ConversionRewriter rewriter)
        {
            for (int i = 0; i < operands.Count; i++)
            {
                rewriter.Plain.SetOperand(op, i, operands[i]);
            }

            return true;
        }
    }

    private sealed class Never(string root) : ConversionPattern
    {
        public override string RootName => root;

        public override bool Convert(Operation op, IReadOnlyList<Value> operands, ConversionRewriter rewriter) => rewriter.Refuse("only on Sundays");
    }

    private sealed class Turn(string from, string to) : ConversionPattern
    {
        public override string Name => from;

        public override string RootName => from;

        public override bool Convert(Operation op, IReadOnlyList<Value> operands, ConversionRewriter rewriter)
        {
            rewriter.ReplaceWith(op, b => b.Create(to, operands: [.. operands], resultTypes: [.. op.Results.Select(r => r.Type)]));
            return true;
        }
    }

    private static ConversionTarget Target(TypeConverter types) => new ConversionTarget().AllowDialects("dst", "builtin").ForbidDialects("src")
        .AllowWhen("func.func", f => types.IsLegalSignature((FunctionType)f.GetAttr<TypeAttr>("function_type")!.Type)) // The verifier asks for it.
        .AllowWhen("func.return", types.IsLegal);

    [Fact]
    public void TypesChangeAndCastsStandOnlyWhereOldMeetsNew()
    {
        Operation module = Oracle.Parse(Text);
        TypeConverter types = Wider();
        var bag = new DiagnosticBag();
        bool good = DialectConversion.Run(module, Target(types), [new Add(types), new Return(types), new ConvertSignature(types)], bag,
            cancellation: TestContext.Current.CancellationToken);
        Assert.True(good && IRVerifier.Verify(module, bag), DiagnosticText.Render(bag));
        Assert.Equal("""
            "builtin.module"() ({
              "func.func"() <{function_type = (i64, index) -> i64, sym_name = "f"}> ({
              ^bb0(%arg0: i64, %arg1: index):
                %0 = "dst.add"(%arg0, %arg0) : (i64, i64) -> i64
                %1 = "dst.add"(%0, %arg0) : (i64, i64) -> i64
                %2 = "builtin.unrealized_conversion_cast"(%1) : (i64) -> i32
                "test.kept"(%2, %arg1) : (i32, index) -> ()
                "func.return"(%1) : (i64) -> ()
              }) : () -> ()
            }) : () -> ()
            """, IRPrinter.Print(module).TrimEnd('\n'));
    }

    [Fact]
    public void MaterializationsReplaceCasts()
    {
        Operation module = Oracle.Parse(Text);
        TypeConverter types = Wider().AddSourceMaterialization(static (b, type, value) => b.Create("dst.trunc", operands: [value], resultTypes: [type]).Result);
        DialectConversion.Run(module, Target(types), [new Add(types), new Return(types), new ConvertSignature(types)], new DiagnosticBag(),
            cancellation: TestContext.Current.CancellationToken);
        Assert.Contains(module.Walk(), o => o.Name.Text == "dst.trunc");
        Assert.DoesNotContain(module.Walk(), o => o.Name.Text == TypeConverter.Cast);
    }

    [Fact]
    public void AllThatCannotBeConvertedIsReportedWithReasons()
    {
        Operation module = Oracle.Parse("""
            "builtin.module"() ({
              "src.a"() : () -> ()
              "src.b"() ({
                "src.a"() : () -> ()
              }) : () -> ()
              "other.c"() : () -> ()
            }) : () -> ()
            """);
        ConversionTarget target = new ConversionTarget().ForbidDialects("src");
        var bag = new DiagnosticBag();
        Assert.False(DialectConversion.Run(module, target, [new Never("src.a")], bag, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal([2, 3, 4], bag.Items.Select(d => d.Span.Source!.Locate(d.Span.Start).Line)); // All of them have a place.
        Assert.All(bag.Items, d => Assert.Equal(IRCodes.NotLegalized, d.Code));
        Assert.Contains("'Never': only on Sundays", bag.Items[0].Message, StringComparison.Ordinal);
        Assert.Contains("no pattern converts it", bag.Items[1].Message, StringComparison.Ordinal);

        var full = new DiagnosticBag();
        Assert.False(DialectConversion.Run(module, target, [], full, ConversionMode.Full, TestContext.Current.CancellationToken));
        Assert.Equal(4, full.Items.Count);
        Assert.Contains("is not known to be allowed", full.Items[3].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WhatAPatternMakesIsConvertedToo()
    {
        Operation module = Oracle.Parse("""
            "builtin.module"() ({
              %0 = "src.a"() : () -> i32
              "test.use"(%0) : (i32) -> ()
            }) : () -> ()
            """);
        ConversionTarget target = new ConversionTarget().ForbidDialects("src");
        var bag = new DiagnosticBag();
        Assert.True(DialectConversion.Run(module, target, [new Turn("src.a", "src.b"), new Turn("src.b", "dst.c")], bag, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(["builtin.module", "dst.c", "test.use"], module.Walk().Select(o => o.Name.Text));

        Operation again = Oracle.Parse("\"builtin.module\"() ({ \"src.a\"() : () -> () }) : () -> ()");
        Assert.False(DialectConversion.Run(again, target, [new Turn("src.a", "src.b"), new Turn("src.b", "src.a")], bag, cancellation: TestContext.Current.CancellationToken));
        Assert.Contains("again and again", Assert.Single(bag.Items).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ATypeWithoutARuleIsAReason()
    {
        Operation module = Oracle.Parse(Text);
        TypeConverter types = new TypeConverter().Add<IndexType>(t => t);
        var bag = new DiagnosticBag();
        Assert.False(DialectConversion.Run(module, new ConversionTarget().ForbidDialects("src"), [new Add(types)], bag, cancellation: TestContext.Current.CancellationToken));
        Assert.Equal(2, bag.Items.Count);
        Assert.Contains("no rule says what becomes of the type of an operand", bag.Items[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InsideOfWhatIsAllowedAsAWholeNothingIsConverted()
    {
        Operation module = Oracle.Parse("\"builtin.module\"() ({ \"t.whole\"() ({ \"src.a\"() : () -> () }) : () -> () }) : () -> ()");
        var bag = new DiagnosticBag();
        Assert.True(DialectConversion.Run(module, new ConversionTarget().ForbidDialects("src").AllowWithInside("t.whole"), [], bag, cancellation: TestContext.Current.CancellationToken));
    }

    [Fact]
    public void CastsThatCancelOutGo()
    {
        const string Casts = """
            "builtin.module"() ({
              "func.func"() <{function_type = (i32, i64) -> i32, sym_name = "f"}> ({
              ^bb0(%a: i32, %b: i64):
                %0 = "builtin.unrealized_conversion_cast"(%a) : (i32) -> i64
                %1 = "builtin.unrealized_conversion_cast"(%0) : (i64) -> i32
                %2 = "builtin.unrealized_conversion_cast"(%b) : (i64) -> i16
                %3 = "builtin.unrealized_conversion_cast"(%b) : (i64) -> f32
                %4 = "builtin.unrealized_conversion_cast"(%3) : (f32) -> i8
                %5 = "builtin.unrealized_conversion_cast"(%4) : (i8) -> i32
                %6 = "builtin.unrealized_conversion_cast"(%4) : (i8) -> i64
                "test.use"(%2, %5, %6) : (i16, i32, i64) -> ()
                "func.return"(%1) : (i32) -> ()
              }) : () -> ()
            }) : () -> ()
            """;
        Oracle.Same(Casts, "--reconcile-unrealized-casts", new ReconcileUnrealizedCastsPass());
        Assert.Equal(4, Oracle.Count(Oracle.Run(Casts, new ReconcileUnrealizedCastsPass()), "unrealized"));
    }

    // In a graph casts may use each other in a circle.
    [Fact]
    public void CastsInACircleComeToAnEnd() => Assert.Contains("unrealized", Oracle.Run("""
        "builtin.module"() ({
          %0 = "builtin.unrealized_conversion_cast"(%1) : (i32) -> i64
          %1 = "builtin.unrealized_conversion_cast"(%0) : (i64) -> i32
          %2 = "builtin.unrealized_conversion_cast"(%1) : (i32) -> i8
          "test.use"(%2) : (i8) -> ()
        }) : () -> ()
        """, new ReconcileUnrealizedCastsPass()), StringComparison.Ordinal);
}
