using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.IR;
using Orchestrator.Tests.Dialects;
using Xunit;

namespace Orchestrator.Tests.IR;

/// <summary>What is printed in pretty form reads back to the same operations.</summary>
public sealed class PrettyTests
{
    private static readonly PrintOptions Pretty = new(Pretty: true);

    [Theory]
    [MemberData(nameof(MlirFileTests.Valid), MemberType = typeof(MlirFileTests))]
    public void EveryFileComesBackFromItsPrettyForm(string file)
    {
        ParsedModule first = Parse(file, File.ReadAllText(Repository.PathOf("tests/Orchestrator.Tests/Dialects/" + file)));
        string pretty = first.Print(Pretty);
        ParsedModule again = Parse(file, pretty);
        Assert.Equal(first.Print(), again.Print());
        Assert.Equal(pretty, again.Print(Pretty));

        // Every registered operation has a pretty form that was used.
        Assert.DoesNotContain(first.Module.Walk(), op => op.Info is not null && pretty.Contains($"\"{op.Name}\"(", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(MlirFileTests.Valid), MemberType = typeof(MlirFileTests))]
    public void LocationsComeBackToo(string file)
    {
        ParsedModule first = Parse(file, File.ReadAllText(Repository.PathOf("tests/Orchestrator.Tests/Dialects/" + file)));
        ParsedModule again = Parse(file, first.Print(Pretty with { Locations = true }));
        Assert.Equal(first.Print(new PrintOptions(Locations: true)), again.Print(new PrintOptions(Locations: true)));
    }

    [Fact]
    public void ItIsShort()
    {
        const string text = """
            module {
              agent.declare_model @writer {ref = "m"}
              agent.graph @g attributes {result_type = !agent.text} {
                %0 = agent.input {name = "question"} : !agent.text
                %1 = agent.input {name = "loud"} : i1
                %2 = agent.if %1 attributes {probability = 5.000000e-01} : (i1) -> !agent.text then {
                  %3 = agent.call %0 {max_tokens = 300, model = @writer} : (!agent.text) -> !agent.text
                  agent.yield %3 : !agent.text
                } else {
                  agent.yield %0 : !agent.text
                }
                agent.yield %2 : !agent.text
              }
            }

            """;
        Assert.Equal(text, Parse("short.mlir", text).Print(Pretty));
    }

    [Fact]
    public void WhatHasNoPrettyFormIsPrintedInGenericForm()
    {
        // Own attributes that are no dictionary, and an attribute that the declaration does not have.
        const string text = "%0 = \"agent.constant\"() <\"odd\"> : () -> i1\n\"agent.promise\"() <{what = 1 : i64}> : () -> ()\n\"other.op\"() : () -> ()\n";
        var bag = new DiagnosticBag();
        ParsedModule? parsed = IRParser.Parse(new SourceText("odd.mlir", text), DialectSet.NewContext(), bag);
        Assert.Equal($"module {{\n  {text.Replace("\n", "\n  ", StringComparison.Ordinal)[..^2]}}}\n", parsed?.Print(Pretty));
    }

    [Theory]
    [InlineData("agent.yeld", "dialect 'agent' has no operation 'agent.yeld'", "did you mean 'agent.yield'?")]
    [InlineData("%0 = agent.input {name = \"a\"}", "has 0 results and 1 result names", "")]
    [InlineData("%0 = agent.constant {value = true} : i1\nagent.yield %0, %0 : i1", "has 2 operands and 1 operand types", "")]
    [InlineData("agent.promise {kind = \"rate\", kind = \"rate\"}", "is given twice", "")]
    public void MistakesAreLocated(string text, string message, string remedy)
    {
        var bag = new DiagnosticBag();
        Assert.Null(IRParser.Parse(new SourceText("bad.mlir", text), DialectSet.NewContext(), bag));
        Diagnostic found = Assert.Single(bag.Items);
        Assert.Contains(message, found.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, found.Remedy ?? "", StringComparison.Ordinal);
        Assert.NotNull(found.Span.Source);
    }

    private static ParsedModule Parse(string name, string text)
    {
        var bag = new DiagnosticBag();
        ParsedModule? parsed = IRParser.Parse(new SourceText(name, text), DialectSet.NewContext(), bag);
        Assert.True(parsed is not null, DiagnosticText.Render(bag));
        return parsed;
    }
}
