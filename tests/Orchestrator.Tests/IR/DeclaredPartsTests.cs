using Orchestrator.Diagnostics;
using Orchestrator.Dialects.Builtin;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.IR;

/// <summary>How a parcel travels.</summary>
public enum Speed
{
    /// <summary>By ship.</summary>
    Slow,

    /// <summary>By plane.</summary>
    NextDay,
}

/// <summary>A dialect with every kind of part.</summary>
[Dialect("parts")]
public sealed partial class PartsDialect : Dialect;

/// <summary>Has parts of any number in any place.</summary>
[Op("parts.many")]
public sealed partial class ManyOp : Operation
{
    [Operand<IntegerType>] public partial OperandList First { get; }

    [Operand<IndexType>] public partial Value Middle { get; set; }

    [Operand<FloatType>] public partial Value? Last { get; set; }

    [Attr] public partial int Width { get; set; }

    [Attr] public partial int? Height { get; set; }

    [Attr] public partial Speed Speed { get; set; }

    [Attr] public partial Speed? Back { get; set; }

    [Result] public partial OpResult? Maybe { get; }

    [Result<IndexType>] public partial IReadOnlyList<OpResult> Rest { get; }
}

/// <summary>Has one open part, which is not the last.</summary>
[Op("parts.middle")]
public sealed partial class MiddleOp : Operation
{
    [Operand] public partial Value Before { get; set; }

    [Operand] public partial OperandList Open { get; }

    [Operand] public partial Value After { get; set; }
}

/// <summary>Goes to one of two blocks.</summary>
[Op("parts.go", Traits = OpTraits.Terminator)]
public sealed partial class GoOp : Operation
{
    /// <summary>Where to.</summary>
    [Successor] public partial Block There { get; set; }

    /// <summary>Or where else.</summary>
    [Successor] public partial Block Elsewhere { get; set; }
}

/// <summary>What the generator makes of declarations.</summary>
public sealed class DeclaredPartsTests
{
    [Fact]
    public void SizesOfOpenPartsAreWrittenAndRead()
    {
        var context = new Context([new BuiltinDialect(), new PartsDialect()]);
        OpBuilder builder = OpBuilder.AtEnd(context, context.CreateModule().Regions[0].EnsureBlock());
        Operation values = builder.Create("t.u", resultTypes: [context.I64, context.I1, context.Index, context.F64]);
        ManyOp op = ManyOp.Create(builder, [values.Results[0], values.Results[1]], values.Results[2], 7, Speed.NextDay, [context.Index, context.Index], last: values.Results[3]);
        Assert.Equal(("[2, 1, 1]", "[0, 2]"), (Sizes(op, OpSegments.Operands), Sizes(op, OpSegments.Results)));
        Assert.Equal([values.Results[0], values.Results[1]], op.First);
        Assert.Equal((values.Results[2], values.Results[3]), ((OpResult)op.Middle, (OpResult?)op.Last));
        Assert.Equal((7, null, Speed.NextDay, null), (op.Width, op.Height, op.Speed, op.Back));
        Assert.Null(op.Maybe);
        Assert.Equal(2, op.Rest.Count);
        op.Middle = values.Results[0];
        op.Back = Speed.Slow;
        Assert.Equal((values.Results[0], "slow"), (op.GetOperand(2), op.GetAttr<StringAttr>("back")?.Value));
        Assert.Null(ManyOp.Create(builder, [], values.Results[2], 7, Speed.Slow, []).Last);
    }

    [Fact]
    public void ValuesBehindAnOpenPartAreCountedFromTheEnd()
    {
        var context = new Context([new BuiltinDialect(), new PartsDialect()]);
        OpBuilder builder = OpBuilder.AtEnd(context, context.CreateModule().Regions[0].EnsureBlock());
        Operation values = builder.Create("t.u", resultTypes: [context.I64, context.I1, context.Index]);
        MiddleOp op = MiddleOp.Create(builder, values.Results[0], [values.Results[1]], values.Results[2]);
        Assert.Equal((values.Results[0], values.Results[1], values.Results[2]), ((OpResult)op.Before, (OpResult)op.Open[0], (OpResult)op.After));
        Assert.Empty(op.Properties is DictionaryAttr properties ? properties.Entries : []);
        Assert.Empty(MiddleOp.Create(builder, values.Results[0], [], values.Results[2]).Open);
    }

    [Theory]
    [InlineData("width = 7 : i32, speed = \"next_day\", operandSegmentSizes = array<i32: 1, 1, 0>, resultSegmentSizes = array<i32: 0, 0>", "")]
    [InlineData("width = 7 : i64, speed = \"next_day\", operandSegmentSizes = array<i32: 1, 1, 0>, resultSegmentSizes = array<i32: 0, 0>", "has attribute 'width' = 7 : i64")]
    [InlineData("width = 7 : i32, speed = \"nextday\", operandSegmentSizes = array<i32: 1, 1, 0>, resultSegmentSizes = array<i32: 0, 0>", "has attribute 'speed' = \"nextday\"")]
    [InlineData("width = 7 : i32, speed = \"slow\", operandSegmentSizes = array<i32: 0, 1, 1>, resultSegmentSizes = array<i32: 0, 0>", "as operand 'last'")]
    [InlineData("width = 7 : i32, speed = \"slow\", operandSegmentSizes = array<i32: 0, 2, 0>, resultSegmentSizes = array<i32: 0, 0>", "size 1 cannot be 2")]
    [InlineData("width = 7 : i32, speed = \"slow\", operandSegmentSizes = array<i32: 2, 1, 0>, resultSegmentSizes = array<i32: 0, 0>", "for 2 values")]
    [InlineData("width = 7 : i32, speed = \"slow\", resultSegmentSizes = array<i32: 0, 0>", "lacks 'operandSegmentSizes' with 3 sizes")]
    [InlineData("width = 7 : i32, speeed = \"slow\", operandSegmentSizes = array<i32: 1, 1, 0>, resultSegmentSizes = array<i32: 0, 0>", "has no attribute 'speeed' of its own")]
    public void DeclarationsAreChecked(string properties, string mistake) =>
        AssertMistake($"%0:2 = \"t.u\"() : () -> (i64, index)\n\"parts.many\"(%0#0, %0#1) <{{{properties}}}> : (i64, index) -> ()", mistake);

    [Fact]
    public void SuccessorsAreCounted() =>
        AssertMistake("\"t.u\"() ({\n  \"parts.go\"()[^bb1] : () -> ()\n^bb1:\n  \"t.end\"() : () -> ()\n}) : () -> ()", "takes 2 successor(s), found 1");

    [Fact]
    public void TheShapeSaysWhatIsDeclared()
    {
        OpShape shape = new PartsDialect().Ops.Single(o => o.Name == "parts.many").Shape;
        Assert.Equal(["first Many builtin.integer", "middle One builtin.index"], shape.Operands.Take(2).Select(o => $"{o.Name} {o.Count} {string.Join(' ', o.Bases)}"));
        Assert.Contains("builtin.f32", shape.Operands[2].Bases);
        Assert.Equal(["width True i32", "height False i32", "speed True one of slow, next_day", "back False one of slow, next_day"], shape.Attributes.Select(a => $"{a.Name} {a.IsRequired} {a.Kind}"));
        Assert.True(shape.HasOperandSegments && shape.HasResultSegments);
        Assert.Equal(["Where to.", "Or where else."], new PartsDialect().Ops.Single(o => o.Name == "parts.go").Shape.Successors.Select(s => s.Summary));
    }

    private static string Sizes(Operation op, string attribute) => $"[{string.Join(", ", op.GetAttr<DenseArrayAttr>(attribute)?.Values.Select(v => ((IntegerAttr)v).Value) ?? [])}]";

    private static void AssertMistake(string text, string mistake)
    {
        var bag = new DiagnosticBag();
        ParsedModule? parsed = IRParser.Parse(new SourceText("parts.mlir", text), new Context([new BuiltinDialect(), new PartsDialect()]), bag);
        Assert.True(parsed is not null, DiagnosticText.Render(bag));
        Assert.Equal(mistake.Length == 0, IRVerifier.Verify(parsed.Module, bag));
        if (mistake.Length > 0)
        {
            Assert.Contains(bag.Items, d => d.Message.Contains(mistake, StringComparison.Ordinal));
        }
    }
}
