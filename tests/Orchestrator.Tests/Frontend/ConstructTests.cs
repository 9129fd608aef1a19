using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.Frontend;

/// <summary>Every construct of the language reaches the dialect with what was written.</summary>
public sealed class ConstructTests
{
    private const string Declarations = """
        model writer = "meta/writer" { precision: fp8 | bf16 }
        model ears = "openai/ears"
        model voice = "some/voice"
        model embed = "baai/embed"
        tool ticket = http POST "https://desk.example.com/tickets" (title: text, body: text?) -> { id: text } { idempotent, timeout: 3 s, secret: env("DESK"), expect: 180 ms p50, 900 ms p95 }
        tool find = mcp search "npx search" (q: text) -> list<{ title: text }> { pure }
        tool rank = kernel "rank" (c: text) -> decimal { pure }
        index kb = folder "docs/" { chunk: 400 tokens, embed: embed }
        index vendors = table "vendors.csv" { key: "name", embed: "hash-ngrams" }
        memory prefs: json { keep: 30 days }
        type Verdict = { ok: bool, why: text?, confidence: decimal }
        type Decision = yes | no
        workflow critic(draft: text, tone: text = "kind", limit: int?) -> Verdict { writer("{tone} {limit} {draft}", as: Verdict) }

        """;

    [Theory]
    [InlineData("writer(q, max: 300 tokens, temperature: 0.5)", "agent.call", "max_tokens = 300 : i64")]
    [InlineData("writer(q, max: 300 tokens, temperature: 0.5)", "agent.call", "temperature = 5.000000e-01 : f64")]
    [InlineData("writer(q, as: Verdict).why ?? q", "agent.call", "as = !agent.record<\"ok\" : i1, \"why\" : !agent.optional<!agent.text>, \"confidence\" : !agent.decimal>")]
    [InlineData("writer(q, page)", "agent.call", "(!agent.text, !agent.image) -> !agent.text")]
    [InlineData("writer(q) expect 900 in, 250 out", "agent.call", "expect_in = 900 : i64, expect_out = 250 : i64")]
    [InlineData("writer(q) within 3 s retry 2 on gpu near kb never leaves \"eu\"", "agent.call", "near = @kb, never_leaves = \"eu\", on = \"gpu\", retry = 2 : i64, within_us = 3000000 : i64")]
    [InlineData("writer(q) apart from kb", "agent.call", "apart = @kb")]
    [InlineData("ticket(title: q).id", "agent.tool", "arg_names = [\"title\"], tool = @ticket")]
    [InlineData("find(q)[0].title", "agent.tool", "tool = @find")]
    [InlineData("find(q)[0].title", "agent.operator", "kind = \"index\"")]
    [InlineData("\"{lookup(kb, q, top: 8)}\"", "agent.lookup", "index = @kb, top = 8 : i64")]
    [InlineData("\"{embed(embed, q) == embed(embed, \"x\")}\"", "agent.embed", "model = @embed")]
    [InlineData("transcribe(ears, sound)", "agent.transcribe", "model = @ears")]
    [InlineData("transcribe(ears, speak(voice, q))", "agent.speak", "model = @voice")]
    [InlineData("\"{critic(draft: q)}\"", "agent.invoke", "arg_names = [\"draft\"], graph = @critic")]
    [InlineData("\"{recall(prefs, q)}\"", "agent.recall", "memory = @prefs")]
    [InlineData("\"{remember(prefs, q, xs)}\"", "agent.remember", "memory = @prefs")]
    [InlineData("\"a {q} {{b}}\"", "agent.template", "parts = [\"a \", \" {b}\"]")]
    [InlineData("if c { q } expect 75 % else { \"b\" }", "agent.if", "probability = 7.500000e-01 : f64")]
    [InlineData("match q { \"a\" => \"1\" expect 20 %, \"b\" => \"2\", else => \"3\" expect 30 % }", "agent.match", "patterns = [\"a\", \"b\"], probabilities = [2.000000e-01, 5.000000e-01, 3.000000e-01]")]
    [InlineData("join(for x in xs at most 200 { writer(x) } expect 60, \", \")", "agent.map", "at_most = 200 : i64, expect = 6.000000e+01 : f64")]
    [InlineData("join(for x in xs in order { writer(x) }, \", \")", "agent.map", "in_order")]
    [InlineData("repeat q as t at most 4 times { v = critic(t) until v.ok writer(\"{t}{v}\") } expect 1.8", "agent.loop", "at_most = 4 : i64, expect = 1.800000e+00 : f64")]
    [InlineData("repeat q as t at most 4 times { v = critic(t) until v.ok writer(\"{t}{v}\") }", "agent.until", "")]
    [InlineData("first of { writer(q), writer(\"b\") }", "agent.race", "")]
    [InlineData("join(any 3 of 5 within 2 s { for x in xs { writer(x) } }, \"\")", "agent.gather", "deadline_us = 2000000 : i64, k = 3 : i64, n = 5 : i64")]
    [InlineData("best of 8 by rank { writer(q) }", "agent.best", "n = 8 : i64")]
    [InlineData("best of 8 by x => critic(x).confidence { writer(q) }", "agent.best", "n = 8 : i64")]
    [InlineData("human \"Approve {q}?\" as: Decision within 2 days else Decision.no", "agent.human", "timeout_us = 172800000000 : i64")]
    [InlineData("try { writer(q) within 3 s } else { q } expect 5 %", "agent.try", "probability = 5.000000e-02 : f64")]
    [InlineData("if available(writer) { q } else { \"b\" }", "agent.operator", "kind = \"available\", symbol = @writer")]
    [InlineData("if c and not (xs.length + 1 >= 2) { q } else { \"b\" }", "agent.operator", "kind = \"length\"")]
    [InlineData("\"{-n * 2 - 1 / 3}\"", "agent.operator", "kind = \"neg\"")]
    [InlineData("xs[0] + q", "agent.operator", "kind = \"add\"")]
    [InlineData("\"{[q, \"b\"]}{{ {{ a: q }} }}\"", "agent.list", "")]
    [InlineData("\"{ { v = 1 v + n } } { { a: q, b: n }.b }\"", "agent.record", "names = [\"a\", \"b\"]")]
    [InlineData("if critic(q).confidence < 0.8 { human \"Fix {q}\" within 2 days else q } else { q }", "agent.human", "timeout_us")]
    public void AnExpressionReachesTheDialect(string expression, string operation, string contains)
    {
        string text = Declarations + "workflow main(q: text, c: bool, n: int, xs: list<text>, page: image, sound: audio) -> text {\n  " + expression + "\n}\n";
        Operation module = FlowTest.Module(text);
        Operation main = FlowTest.All(module).Last(o => o.Name.Text == "agent.graph");
        string[] found = [.. FlowTest.All(main).Where(o => o.Name.Text == operation).Select(o => IRPrinter.Print(o))];
        Assert.True(found.Any(f => f.Contains(contains, StringComparison.Ordinal)), IRPrinter.Print(main));
    }

    [Theory]
    [InlineData("p95 <= 4 s", "kind = \"latency\", limit_us = 4000000 : i64, percentile = 95 : i64")]
    [InlineData("first token p99 <= 600 ms", "kind = \"first_token\", limit_us = 600000 : i64, percentile = 99 : i64")]
    [InlineData("rate 20/s", "kind = \"rate\", per_second = 2.000000e+01 : f64")]
    [InlineData("rate 30/min", "per_second = 5.000000e-01 : f64")]
    [InlineData("budget <= $0.01", "kind = \"budget\", limit_microusd = 10000 : i64")]
    [InlineData("within region \"eu\"", "kind = \"region\", value = \"eu\"")]
    [InlineData("quality >= 0.9", "kind = \"quality\", value = 9.000000e-01 : f64")]
    public void APromiseReachesTheDialect(string promise, string contains)
    {
        Operation module = FlowTest.Module($"workflow a(x: text) -> text {{ promise {{ {promise} }} x }}");
        Assert.Contains(contains, IRPrinter.Print(FlowTest.All(module).Single(o => o.Name.Text == "agent.promise")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("agent.declare_model", "options = {precision = [\"fp8\", \"bf16\"]}, ref = \"meta/writer\", sym_name = \"writer\"")]
    [InlineData("agent.declare_tool", "effects = \"idempotent\", kind = \"http\", method = \"POST\", options = {expect_p50_us = 180000 : i64, expect_p95_us = 900000 : i64, secret_env = \"DESK\", timeout_us = 3000000 : i64}")]
    [InlineData("agent.declare_tool", "effects = \"pure\", kind = \"mcp\", method = \"search\"")]
    [InlineData("agent.declare_index", "kind = \"folder\", options = {chunk = 400 : i64, embed = @embed}, sym_name = \"kb\", target = \"docs/\"")]
    [InlineData("agent.declare_index", "options = {embed = \"hash-ngrams\", key = \"name\"}")]
    [InlineData("agent.declare_memory", "options = {keep_us = 2592000000000 : i64}")]
    [InlineData("agent.declare_type", "sym_name = \"Verdict\", type = !agent.record<")]
    [InlineData("agent.input", "default = \"kind\"")]
    [InlineData("agent.graph", "sym_name = \"critic\"")]
    public void ADeclarationReachesTheDialect(string operation, string contains) =>
        Assert.Contains(FlowTest.All(FlowTest.Module(Declarations)).Where(o => o.Name.Text == operation), o => IRPrinter.Print(o).Contains(contains, StringComparison.Ordinal));

    [Fact]
    public void EveryOperationHasAPlace() =>
        Assert.All(FlowTest.All(FlowTest.Module(Declarations)), o => Assert.NotNull(o.Span.Source));

    [Fact]
    public void IndentationThatIsCommonIsNoPartOfText()
    {
        Operation module = FlowTest.Module("workflow a(x: text) -> text {\n  \"\"\"\n    One {x}\n      two 🙂\n\n    three\n    \"\"\"\n}");
        string text = IRPrinter.Print(FlowTest.All(module).Single(o => o.Name.Text == "agent.template"));
        string[] parts = [.. FlowTest.All(module).Single(o => o.Name.Text == "agent.template").GetAttr<ArrayAttr>("parts")!.AsStrings()!]; // A template has parts.
        Assert.True(parts.SequenceEqual(["One ", "\n  two 🙂\n\nthree"]), text);
    }

    [Fact]
    public void ALineThatBeginsWithABracketOrASignIsNewExceptInsideBrackets()
    {
        Operation module = FlowTest.Module("workflow a(n: int, xs: list<int>) -> int {\n  m = n\n  -n\n}\nworkflow b(n: int) -> int {\n  m = (n\n    - 1)\n  m\n}");
        Assert.Equal(["neg", "sub"], FlowTest.All(module).Where(o => o.Name.Text == "agent.operator").Select(o => o.GetAttr<StringAttr>("kind")!.Value)); // An operator has a kind.
    }

    [Fact]
    public void WarningsNameWhatIsUnusedAndWhatIsUnreachable()
    {
        DiagnosticBag diagnostics = FlowTest.Diagnostics("workflow a(x: text, y: text) -> text {\n  z = x\n  if true { x } else { x }\n}");
        Assert.Equal(["ORC1040", "ORC1040", "ORC1041"], diagnostics.Items.Select(d => d.Code).Order(StringComparer.Ordinal));
        Assert.All(diagnostics.Items, d => Assert.Equal(Severity.Warning, d.Severity));
    }

    public static TheoryData<string> Files => [.. FlowTest.ValidFiles()];

    [Theory]
    [MemberData(nameof(Files))]
    public void EveryFileOfTheRepositoryVerifies(string path) => FlowTest.Module(File.ReadAllText(path), FlowTest.Import);

    [Fact]
    public void ALargerExampleIsLoweredAsKept()
    {
        string path = Repository.PathOf("tests/Orchestrator.Tests/Frontend/valid/helpdesk.flow");
        Operation module = FlowTest.Module(File.ReadAllText(path), FlowTest.Import);
        Golden.Check(Path.ChangeExtension(path, ".mlir.txt"), IRPrinter.Print(module));
    }
}
