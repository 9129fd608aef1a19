using System.Globalization;
using System.Xml.Linq;
using Orchestrator.Dialects;
using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Orchestrator.IR.View;
using Xunit;

namespace Orchestrator.Tests.IR.View;

/// <summary>The drawing is valid SVG without scripts; boxes that hold others surround them and neighbours do not overlap.</summary>
public sealed class GraphSvgTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Files => [.. Repository.Files(".mlir").Where(f => !f.EndsWith(".invalid.mlir", StringComparison.Ordinal) && !f.StartsWith("samples/", StringComparison.Ordinal))];

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryModuleIsDrawnWithoutOverlaps(string file)
    {
        Operation module = Parse(File.ReadAllText(Repository.PathOf(file)));
        XElement svg = Draw(module, new GraphOptions());
        Box[] boxes = [.. svg.Descendants(Svg + "rect").Select(Box.Of)];
        Assert.Equal(module.Walk().Count(), svg.Descendants(Svg + "rect").Count(r => (string?)r.Attribute("class") is not ("block" or "arg")));
        var page = new Box(0, 0, (double)svg.Attribute("width")!, (double)svg.Attribute("height")!); // The drawing has a size.
        for (int i = 0; i < boxes.Length; i++)
        {
            Assert.True(page.Holds(boxes[i]), $"{boxes[i]} is outside of {page}");
            for (int j = i + 1; j < boxes.Length; j++)
            {
                Assert.True(boxes[i].Holds(boxes[j]) || boxes[j].Holds(boxes[i]) || !boxes[i].Meets(boxes[j]), $"{boxes[i]} and {boxes[j]} overlap");
            }
        }
    }

    [Fact]
    public void NamesAttributesTypesAndEdgesAreThere()
    {
        XElement svg = Draw(Parse("""
            "builtin.module"() ({
              "agent.graph"() <{result_type = !agent.text, sym_name = "g<&>"}> ({
                %a = "agent.input"() <{name = "q"}> : () -> !agent.text
                "agent.yield"(%a) : (!agent.text) -> ()
              }) : () -> ()
            }) : () -> ()
            """), new GraphOptions());
        string[] texts = [.. svg.Descendants(Svg + "text").Select(t => t.Value)];
        Assert.Contains("agent.graph @g<&>", texts);
        Assert.Contains("name = \"q\"", texts);
        Assert.Contains("→ !agent.text", texts);
        Assert.Single(svg.Descendants(Svg + "path"), p => (string?)p.Attribute("class") == "edge");
        Assert.Contains(svg.Descendants(Svg + "title"), t => t.Value.Contains("result 0 of agent.input : !agent.text", StringComparison.Ordinal));
        string all = svg.ToString();
        Assert.DoesNotContain("<script", all, StringComparison.Ordinal);
        Assert.DoesNotContain("href", all, StringComparison.Ordinal);
    }

    [Fact]
    public void ControlBetweenBlocksIsDrawn()
    {
        XElement svg = Draw(Parse("""
            "a.f"() ({
              "a.br"()[^bb1, ^bb2] : () -> ()
            ^bb1:
              "a.br"()[^bb2] : () -> ()
            ^bb2:
              "a.end"() : () -> ()
            }) : () -> ()
            """), new GraphOptions());
        Assert.Equal(3, svg.Descendants(Svg + "path").Count(p => (string?)p.Attribute("class") == "control"));
    }

    [Fact]
    public void AHugeModuleIsBoundedAndSaysSo()
    {
        string text = "\"builtin.module\"() ({\n" + string.Concat(Enumerable.Repeat("%0 = \"a.b\"() : () -> i32\n".Replace("%0 = ", "", StringComparison.Ordinal), 5000)) + "}) : () -> ()\n";
        XElement svg = Draw(Parse(text), new GraphOptions(OperationsMax: 100));
        Assert.Equal(101, svg.Descendants(Svg + "rect").Count(r => (string?)r.Attribute("class") is not ("block" or "arg")));
        Assert.Contains(svg.Descendants(Svg + "text"), t => t.Value == "4900 operations inside what is drawn are left out");
    }

    [Fact]
    public void DeepNestingIsBounded()
    {
        string text = string.Concat(Enumerable.Repeat("\"a.b\"() ({\n", 3000)) + string.Concat(Enumerable.Repeat("}) : () -> ()\n", 3000));
        XElement svg = Draw(Parse(text), new GraphOptions());
        Assert.Contains(svg.Descendants(Svg + "text"), t => t.Value.Contains("are left out", StringComparison.Ordinal));
    }

    private static XElement Draw(Operation root, GraphOptions options)
    {
        string text = GraphSvg.Draw(root, options);
        Assert.Equal(text, GraphSvg.Draw(root, options));
        return XElement.Parse(text);
    }

    private static Operation Parse(string text)
    {
        var bag = new DiagnosticBag();
        ParsedModule? parsed = IRParser.Parse(new SourceText("t.mlir", text), DialectSet.NewContext(), bag);
        Assert.True(parsed is not null, DiagnosticText.Render(bag));
        return parsed.Module;
    }

    private readonly record struct Box(double X, double Y, double Width, double Height)
    {
        private const double Rounding = 0.2;

        public static Box Of(XElement rect) => new(Number(rect, "x"), Number(rect, "y"), Number(rect, "width"), Number(rect, "height"));

        public bool Holds(Box other) =>
            X - Rounding <= other.X && Y - Rounding <= other.Y && X + Width + Rounding >= other.X + other.Width && Y + Height + Rounding >= other.Y + other.Height;

        public bool Meets(Box other) =>
            X + Rounding < other.X + other.Width && other.X + Rounding < X + Width && Y + Rounding < other.Y + other.Height && other.Y + Rounding < Y + Height;

        private static double Number(XElement rect, string name) => double.Parse(rect.Attribute(name)!.Value, CultureInfo.InvariantCulture); // A rectangle has it.
    }
}
