using Orchestrator.Diagnostics;
using Orchestrator.Frontend;
using Orchestrator.Frontend.Parsing;
using Orchestrator.Frontend.Syntax;
using Xunit;

namespace Orchestrator.Tests.Frontend;

public sealed class FormatterTests
{
    public static TheoryData<string> Files => [.. FlowTest.ValidFiles()];

    [Theory]
    [MemberData(nameof(Files))]
    public void LayoutIsStableAndChangesNothing(string path) => Check(File.ReadAllText(path));

    [Theory]
    [MemberData(nameof(Files))]
    public void AnyLayoutOfAFileHasOneMeaning(string path)
    {
        // Words pushed together or apart, as far as the language allows, must not change what is read.
        string text = File.ReadAllText(path);
        Check(text.Replace(", ", ",", StringComparison.Ordinal).Replace("  ", "    ", StringComparison.Ordinal).Replace("\n", "\r\n", StringComparison.Ordinal));
    }

    [Fact]
    public void SpacesIndentationAndCommentsAreLaidOut() => Assert.Equal(
        """
        // First.
        model m = "x" // why

        workflow a(x: list<text>, n: int?) -> text {
          // Then.
          y = if n ?? 0 < -1 { x[0] } else {
            m("{x}")
          }
          y
        }

        """, FlowFormatter.Format(new SourceText("a.flow", """
        // First.
        model   m="x"     // why



        workflow a( x:list < text >,n : int ? )->text{
            // Then.
              y=if n??0<-1{x [ 0 ]}
           else {
            m( "{x}" )
            }
         y

        }
        """)));

    [Fact]
    public void LongLinesAreOpenedUp()
    {
        string arguments = string.Join(", ", Enumerable.Range(0, 12).Select(i => $"argument{i}: text"));
        string text = $"tool t = kernel \"k\" ({arguments}) -> text\n";
        string formatted = FlowFormatter.Format(new SourceText("a.flow", text));
        Assert.All(formatted.Split('\n'), line => Assert.InRange(line.Length, 0, FlowFormatter.WidthMax));
        Check(text);
    }

    [Fact]
    public void AFileWithErrorsIsNotTouched() =>
        Assert.Throws<DiagnosticException>(() => FlowFormatter.Format(new SourceText("a.flow", "workflow")));

    private static void Check(string text)
    {
        string once = FlowFormatter.Format(new SourceText("once.flow", text));
        Assert.Equal(once, FlowFormatter.Format(new SourceText("twice.flow", once)));
        Assert.Equal(Tree(text), Tree(once));
    }

    private static FlowFile? Tree(string text)
    {
        var diagnostics = new DiagnosticBag();
        FlowFile? tree = FlowSyntax.Parse(new SourceText("tree.flow", text), diagnostics);
        Assert.False(diagnostics.HasErrors, DiagnosticText.Render(diagnostics));
        return tree;
    }
}
