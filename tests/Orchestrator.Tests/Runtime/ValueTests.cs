using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Runtime;
using Xunit;

namespace Orchestrator.Tests.Runtime;

public sealed class ValueTests
{
    private readonly GraphBuilder _graph = new();
    private readonly Simulation _simulation = new();

    [Theory]
    [InlineData("add", "int", "1", "2", "3")]
    [InlineData("add", "text", "\"a\"", "\"b\"", "ab")]
    [InlineData("add", "list<int>", "[1]", "[2]", "[1,2]")]
    [InlineData("div", "int", "7", "-2", "-3")]
    [InlineData("div", "decimal", "7", "2", "3.5")]
    [InlineData("mul", "decimal", "1.5", "2", "3.0")]
    [InlineData("eq", "bool", "{\"a\":[1,2.0]}", "{\"a\":[1.0,2]}", "true")]
    [InlineData("ne", "bool", "[1]", "[1,2]", "true")]
    [InlineData("lt", "bool", "\"a\"", "\"b\"", "true")]
    [InlineData("ge", "bool", "2", "2.5", "false")]
    [InlineData("index", "int", "[5,6]", "1", "6")]
    [InlineData("join", "text", "[\"a\",1]", "\", \"", "a, 1")]
    [InlineData("and", "bool", "true", "false", "false")]
    public void OperatorsCompute(string kind, string type, string a, string b, string expected) =>
        Assert.Equal(expected, _simulation.Value(_graph.Build(_graph.Operator(kind, type, _graph.Constant(a), _graph.Constant(b)))));

    [Theory]
    [InlineData("div", "1", "0", "ORC5010")]
    [InlineData("mul", "9000000000000000000", "2", "ORC5011")]
    [InlineData("index", "[5,6]", "2", "ORC5012")]
    [InlineData("index", "[5,6]", "-1", "ORC5012")]
    [InlineData("sub", "\"a\"", "1", "ORC5014")]
    [InlineData("nonsense", "1", "1", "ORC5003")]
    public void OperatorsFailWithADiagnostic(string kind, string a, string b, string code) =>
        Assert.Equal(code, _simulation.Run(_graph.Build(_graph.Operator(kind, "int", _graph.Constant(a), _graph.Constant(b)))).Failure?.Code);

    [Fact]
    public void RecordsTemplatesAndFields()
    {
        int record = _graph.Add(StepKind.Record, "r", [_graph.Constant("1"), _graph.Constant("\"x\"")], "json", ("names", "[\"a\",\"b\"]"));
        int field = _graph.Add(StepKind.Field, "f", [record], "text", ("name", "\"b\""));
        int text = _graph.Add(StepKind.Template, "t", [field, record], "text", ("parts", "[\"<\",\"|\",\">\"]"));
        Assert.Equal("<x|{\"a\":1,\"b\":\"x\"}>", _simulation.Value(_graph.Build(text)));
    }

    [Fact]
    public void AMissingFieldOffersTheNearestName()
    {
        int field = _graph.Add(StepKind.Field, "f", [_graph.Constant("{\"total\":1}")], "int", ("name", "\"totl\""));
        Diagnostic? failure = _simulation.Run(_graph.Build(field)).Failure;
        Assert.Equal("ORC5013", failure?.Code);
        Assert.Contains("total", failure?.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{ a: int, b: text? }", "{\"a\":1}", "{\"a\":1,\"b\":null}")]
    [InlineData("list<decimal>", "[1,2.5]", "[1,2.5]")]
    [InlineData("vector", "[1,2]", "[1,2]")]
    [InlineData("list<{ a: list<int> }>", "[{\"a\":[1],\"c\":2}]", "[{\"a\":[1]}]")]
    [InlineData("bytes", "\"AQI=\"", "AQI=")]
    public void ValuesFitTheirTypes(string type, string json, string expected)
    {
        Datum? fitted = DatumType.Parse(type).Fit(Datum.FromJson(System.Text.Json.Nodes.JsonNode.Parse(json)), out string problem);
        Assert.Equal("", problem);
        Assert.Equal(expected, fitted?.ToJson()?.ToJsonString().Trim('"'));
    }

    [Theory]
    [InlineData("{ a: int }", "{}", "field 'a' is missing")]
    [InlineData("{ a: list<int> }", "{\"a\":[1,\"x\"]}", "field 'a': element 1: text where int is needed")]
    [InlineData("image", "\"%%%\"", "text that is not base64 where image is needed")]
    [InlineData("text", "null", "nothing where text is needed")]
    public void ValuesThatDoNotFitSayWhere(string type, string json, string expected)
    {
        Assert.Null(DatumType.Parse(type).Fit(Datum.FromJson(System.Text.Json.Nodes.JsonNode.Parse(json)), out string problem));
        Assert.Equal(expected, problem);
    }

    [Fact]
    public void AHostileTypeIsReadWithoutHarm() => Assert.NotNull(DatumType.Parse(string.Concat(Enumerable.Repeat("list<", 100_000))));

    [Fact]
    public void InputsAreCheckedAllAtOnce()
    {
        TaskGraph graph = _graph.Build(_graph.Input("question", "text"), _graph.Input("top", "int", "8"), _graph.Input("limit", "decimal"));
        var problem = Assert.Throws<DiagnosticException>(() => _simulation.Run(graph, ("qestion", new TextDatum("x")), ("limit", new TextDatum("y"))));
        Assert.Equal(3, problem.Diagnostics.Count);
        Assert.Contains("question", problem.Diagnostics[0].Remedy, StringComparison.Ordinal);
        Assert.Equal("[\"x\",8,2]", _simulation.Value(graph, ("question", new TextDatum("x")), ("limit", new IntDatum(2))));
    }

    [Fact]
    public void ADamagedGraphIsRefused()
    {
        _graph.Operator("add", "int", 99, 1);
        Assert.Equal("ORC5001", Assert.Throws<DiagnosticException>(() => _simulation.Run(_graph.Build())).Diagnostics[0].Code);
    }
}
