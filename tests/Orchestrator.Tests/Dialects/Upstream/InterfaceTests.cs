using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.Dialects.Upstream;

/// <summary>What passes ask the operations of <c>func</c>, <c>arith</c>, <c>scf</c> and <c>cf</c>.</summary>
public sealed class InterfaceTests
{
    private const string Text = """
        "func.func"() <{function_type = (i32, i1, index) -> i32, sym_name = "f"}> ({
        ^bb0(%a: i32, %c: i1, %n: index):
          %three = "arith.constant"() <{value = 3 : i32}> : () -> i32
          %minus = "arith.constant"() <{value = -1 : i32}> : () -> i32
          %zero = "arith.constant"() <{value = 0 : index}> : () -> index
          %one = "arith.constant"() <{value = 1 : index}> : () -> index
          %d0 = "arith.divsi"(%a, %three) {test.safe} : (i32, i32) -> i32
          %d1 = "arith.divsi"(%a, %minus) : (i32, i32) -> i32
          %d2 = "arith.divui"(%a, %minus) {test.safe} : (i32, i32) -> i32
          %d3 = "arith.remui"(%a, %a) : (i32, i32) -> i32
          %f = "scf.for"(%zero, %n, %one, %a) ({
          ^bb0(%i: index, %x: i32):
            "scf.yield"(%x) : (i32) -> ()
          }) {test.safe} : (index, index, index, i32) -> i32
          %g = "scf.for"(%zero, %zero, %n, %a) ({
          ^bb0(%i: index, %x: i32):
            "scf.yield"(%x) : (i32) -> ()
          }) : (index, index, index, i32) -> i32
          %w = "scf.while"(%f) ({
          ^bb0(%x: i32):
            "scf.condition"(%c, %x) : (i1, i32) -> ()
          }, {
          ^bb0(%x: i32):
            "scf.yield"(%x) : (i32) -> ()
          }) : (i32) -> i32
          %k = "func.call"(%a, %c, %n) <{callee = @f}> : (i32, i1, index) -> i32
          "cf.cond_br"(%c, %k, %g)[^bb1, ^bb2] <{operandSegmentSizes = array<i32: 1, 2, 0>}> : (i1, i32, i32) -> ()
        ^bb1(%p: i32, %q: i32):
          "cf.switch"(%p, %q)[^bb3, ^bb2] <{case_operand_segments = array<i32: 0>, case_values = dense<7> : vector<1xi32>, operandSegmentSizes = array<i32: 1, 1, 0>}> : (i32, i32) -> ()
        ^bb2:
          "func.return"(%w) : (i32) -> ()
        ^bb3(%r: i32):
          "func.return"(%r) : (i32) -> ()
        }) : () -> ()
        """;

    private readonly Operation _module;

    public InterfaceTests()
    {
        var bag = new DiagnosticBag();
        ParsedModule? parsed = IRParser.Parse(new SourceText("x", Text), DialectSet.NewContext(), bag);
        Assert.True(parsed is not null && IRVerifier.Verify(parsed.Module, bag), DiagnosticText.Render(bag));
        _module = parsed.Module;
    }

    private Operation[] Named(string name) => [.. _module.Walk().Where(o => o.Name.Text == name)];

    [Theory]
    [InlineData("arith.divsi")]
    [InlineData("arith.divui")]
    [InlineData("arith.remui")]
    [InlineData("scf.for")]
    [InlineData("scf.while")]
    public void OnlyWhatCannotGoWrongIsSpeculatable(string name) =>
        Assert.All(Named(name), op => Assert.Equal(op.HasAttr("test.safe"), op.IsSpeculatable));

    [Fact]
    public void BranchesSayWhatTheyHandOverAndWhereTheyGo()
    {
        Context context = _module.Context;
        var branch = Assert.IsType<IBranchOp>(Named("cf.cond_br")[0], exactMatch: false);
        Assert.Equal((2, 0), (branch.SuccessorOperands(0).Count, branch.SuccessorOperands(1).Count));
        Assert.Equal((0, 1, null), (branch.TakenSuccessor([context.Bool(true), null, null]), branch.TakenSuccessor([context.Bool(false), null, null]), branch.TakenSuccessor([null, null, null])));
        var choice = Assert.IsType<IBranchOp>(Named("cf.switch")[0], exactMatch: false);
        Assert.Equal((1, 0), (choice.TakenSuccessor([context.Int(7, context.Integer(32)), null]), choice.TakenSuccessor([context.Int(8, context.Integer(32)), null])));
        Assert.Same(Named("cf.switch")[0].GetOperand(1), Assert.Single(choice.SuccessorOperands(0)));
        Assert.True(choice.TryRemoveSuccessorOperand(0, 0));
        Assert.Empty(choice.SuccessorOperands(0));
    }

    [Fact]
    public void LoopsSayWhereControlGoes()
    {
        Operation[] loops = Named("scf.for");
        var unknown = Assert.IsType<IRegionBranchOp>(loops[0], exactMatch: false);
        Assert.Equal([loops[0].Regions[0], null], unknown.SuccessorsFrom(null, []).Select(s => s.Region));
        Assert.Single(unknown.EntryOperands(loops[0].Regions[0]));
        var never = Assert.IsType<IRegionBranchOp>(loops[1], exactMatch: false);
        Assert.Null(Assert.Single(never.SuccessorsFrom(null, [])).Region);
        Operation loop = Named("scf.while")[0];
        var turns = Assert.IsType<IRegionBranchOp>(loop, exactMatch: false);
        Assert.Equal([loop.Regions[1], null], turns.SuccessorsFrom(loop.Regions[0], []).Select(s => s.Region));
        Assert.Single(turns.PassedOperands(loop.Regions[0].First!.Last!, loop.Regions[0], null)); // The region is written above.
        Assert.Equal(2, Assert.IsType<ILoopOp>(loop, exactMatch: false).LoopRegions.Count);
    }

    [Fact]
    public void CallsNameWhomTheyCall()
    {
        Assert.Equal("f", Assert.IsType<ICallOp>(Named("func.call")[0], exactMatch: false).Callee.Root);
        Operation function = Named("func.func")[0];
        Assert.Same(function.Regions[0], Assert.IsType<ICallableOp>(function, exactMatch: false).CallableRegion);
    }
}
