using System.Text.RegularExpressions;
using Orchestrator.Diagnostics;
using Xunit;

namespace Orchestrator.Tests.Frontend;

/// <summary>Every example of the language page is Flow. A block without a declaration is taken as steps of a workflow that has what the page names.</summary>
public sealed partial class LanguagePageTests
{
    private const string Around = """
        model writer = "meta/writer"
        model expert = "meta/expert"
        model embedder = "baai/embed"
        model ears = "openai/ears"
        model voice = "some/voice"
        tool ticket = http POST "https://desk.example.com" (title: text, body: text?) -> { id: text }
        index kb = folder "docs/"
        memory notes: text
        type Verdict = { ok: bool, why: text }
        type Decision = yes | no
        workflow critic(draft: text) -> Verdict { writer(draft, as: Verdict) }
        workflow quality(candidate: text) -> decimal { if contains(candidate, "good") { 1.0 } else { 0.5 } }
        workflow example(question: text, draft: text, kind: text, items: list<text>, peers: list<text>, page: image, recording: audio, amount: decimal, limit: int?, answer: Verdict) -> text {

        """;

    public static TheoryData<int, string> Examples
    {
        get
        {
            var data = new TheoryData<int, string>();
            string page = File.ReadAllText(Repository.PathOf("compiler/Frontend/LANGUAGE.md")).ReplaceLineEndings("\n");
            foreach (Match block in Example().Matches(page))
            {
                data.Add(page[..block.Index].Count(c => c == '\n') + 2, block.Groups["code"].Value);
            }

            return data;
        }
    }

    [Fact]
    public void ThePageHasExamples() => Assert.InRange(Examples.Count, 15, 200);

    [Theory]
    [MemberData(nameof(Examples))]
    public void AnExampleIsFlow(int line, string code)
    {
        bool isFile = Declaration().IsMatch(code);
        DiagnosticBag diagnostics = FlowTest.Diagnostics(isFile ? code : Around + code + "\n\"end\"\n}", path => new SourceText(path, "type Shared = text"));
        Assert.False(diagnostics.HasErrors, $"line {line}: {DiagnosticText.Render(diagnostics)}");
        FlowTest.Module(isFile ? code : Around + code + "\n\"end\"\n}", path => new SourceText(path, "type Shared = text"));
    }

    [GeneratedRegex("```flow\n(?<code>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex("^(model|tool|index|memory|type|workflow|import) ", RegexOptions.Multiline)]
    private static partial Regex Declaration();
}
