using System.Diagnostics;
using System.Text.Json.Nodes;
using Orchestrator.Frontend.Editing;
using Orchestrator.IR.Editing;
using Xunit;

namespace Orchestrator.Tests.Lsp;

/// <summary>What an editor is told about workflows, over JSON-RPC in this process and once over the built program's standard streams.</summary>
public sealed class FlowEditingTests
{
    private const string Uri = "file:///w/a.flow";

    private const string Text = """
        model writer = "meta-llama/Llama-3.1-8B-Instruct" { max: 300 tokens }
        type Verdict = { ok: bool, why: text }
        workflow support(question: text, items: list<text>) -> text {
          draft = writer("Answer {question}")
          check = writer("Right? {draft}", as: Verdict)
          all = for item in items { writer("About {item}") }
          if check.ok { draft } else { join(all, check.why) }
        }

        """;

    [Fact]
    public async Task AllMistakesAreShownWithTheirRemedies()
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, "workflow a(x: text) -> text {\n  y = writr(x)\n  z = x.nope\n  \"{y}{z}\"\n}\n");
        JsonArray mistakes = await editor.DiagnosticsAsync(1);
        Assert.Equal([1, 2], mistakes.Where(m => (int?)m?["severity"] == 1).Select(m => (int?)m?["range"]?["start"]?["line"] ?? -1));
        await editor.ChangeAsync(Uri, 2, new { text = Text });
        Assert.Empty(await editor.DiagnosticsAsync(2));
        await editor.TellAsync("textDocument/didClose", new { textDocument = new { uri = Uri } });
    }

    [Theory]
    [InlineData("dra§ft = ", "draft: text")]
    [InlineData("{dra§ft}", "draft: text")]
    [InlineData("if che§ck.ok", "check: Verdict", "ok: bool")]
    [InlineData("for it§em in", "item: text")]
    [InlineData("all§ = ", "all: list<text>")]
    [InlineData("writ§er(\"Answer", "model writer = \"meta-llama/Llama-3.1-8B-Instruct\"")]
    [InlineData("suppo§rt(question", "workflow support(question: text, items: list<text>) -> text")]
    [InlineData("as: Ver§dict", "type Verdict = { ok: bool, why: text }")]
    [InlineData("jo§in(all", "join(texts, \", \")")]
    [InlineData("check.w§hy", "text")]
    public async Task HoverSaysTypes(string at, params string[] parts)
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, Text);
        string text = (string?)(await editor.AskAtAsync("hover", Uri, Mark(at)))?["contents"]?["value"] ?? "";
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{dra§ft}", "§draft = ", 3)]
    [InlineData("writ§er(\"About", "model §writer", 4)]
    [InlineData("About {it§em}", "for §item", 2)]
    [InlineData("in it§ems", "§items: list", 2)]
    [InlineData("as: Ver§dict", "type §Verdict", 2)]
    public async Task DefinitionsAndReferencesAreFound(string at, string definition, int references)
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, Text);
        JsonNode? found = await editor.AskAtAsync("definition", Uri, Mark(at));
        (int line, int character) = EditorClient.PlaceOf(Mark(definition));
        Assert.Equal((line, character), ((int?)found?["range"]?["start"]?["line"], (int?)found?["range"]?["start"]?["character"]));
        Assert.Equal(references, (await editor.AskAtAsync("references", Uri, Mark(at), new { context = new { includeDeclaration = true } }))?.AsArray().Count);
    }

    [Theory]
    [InlineData("  if check.§", "ok", "why")]
    [InlineData("  x = wr§", "writer", "draft", "lookup", "repeat")]
    [InlineData("  y = writer(\"a\", as: §", "Verdict", "text")]
    [InlineData("}\nmodel m = \"x\" { §", "temperature", "precision")]
    [InlineData("}\nwor§", "workflow", "model", "tool")]
    public async Task CompletionFitsThePlaceWhileTheFileIsBroken(string typed, params string[] wanted)
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, Text);
        int end = Text.IndexOf("  if check", StringComparison.Ordinal);
        string marked = Text[..end] + typed;
        await editor.AskAsync("textDocument/documentSymbol", new { textDocument = new { uri = Uri } });
        await editor.ChangeAsync(Uri, 2, new { text = marked.Replace("§", "", StringComparison.Ordinal) });
        JsonNode? list = await editor.AskAtAsync("completion", Uri, marked);
        string?[] labels = [.. list?["items"]?.AsArray().Select(i => (string?)i?["label"]) ?? []];
        Assert.All(wanted, word => Assert.Contains(word, labels));
    }

    [Fact]
    public async Task FormattingReplacesTheText()
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, Text.Replace("draft = writer", "draft   =   writer", StringComparison.Ordinal));
        JsonNode? edits = await editor.AskAsync("textDocument/formatting", new { textDocument = new { uri = Uri }, options = new { tabSize = 2, insertSpaces = true } });
        Assert.Equal(Text, (string?)Assert.Single(edits!.AsArray())?["newText"]); // The answer is a list.
        await editor.ChangeAsync(Uri, 2, new { text = "workflow (" });
        Assert.Empty((await editor.AskAsync("textDocument/formatting", new { textDocument = new { uri = Uri }, options = new { } }))!.AsArray());
    }

    [Fact]
    public async Task TheOutlineHasDeclarationsAndSteps()
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, Text);
        JsonNode? symbols = await editor.AskAsync("textDocument/documentSymbol", new { textDocument = new { uri = Uri } });
        Assert.Equal(["writer", "Verdict", "support"], symbols?.AsArray().Select(s => (string?)s?["name"]));
        Assert.Contains("check", symbols?[2]?["children"]?.AsArray().Select(s => (string?)s?["name"]) ?? []);
        Assert.Equal(0, await editor.QuitAsync());
    }

    [Fact]
    public void NoPrefixOfAFileBreaksTheIndex()
    {
        var flow = new FlowService();
        IEditedText? before = null;
        for (int i = 0; i <= Text.Length; i++)
        {
            IEditedText text = flow.Read(new Orchestrator.Diagnostics.SourceText("a.flow", Text[..i]), before, TestContext.Current.CancellationToken);
            text.Hover(i);
            text.Complete(i);
            text.Outline();
            before = text;
        }
    }

    [Fact]
    public async Task TheBuiltProgramSpeaksOverItsStandardStreams()
    {
        var start = new ProcessStartInfo(Path.Combine(AppContext.BaseDirectory, "orc"), ["lsp"]) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_ROOT"] = Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(Path.GetDirectoryName(typeof(object).Assembly.Location))));
        using Process process = Process.Start(start) ?? throw new InvalidOperationException("orc did not start");
        await using (var editor = new EditorClient(process.StandardInput.BaseStream, process.StandardOutput.BaseStream))
        {
            JsonNode? server = await editor.AskAsync("initialize", new { processId = 1, capabilities = new { } });
            Assert.True((bool?)server?["capabilities"]?["hoverProvider"]);
            await editor.TellAsync("initialized", new { });
            await editor.OpenAsync(Uri, Text.Replace("check.why", "check.nope", StringComparison.Ordinal));
            Assert.Contains("nope", (string?)Assert.Single(await editor.DiagnosticsAsync(1))?["message"], StringComparison.Ordinal);
            await editor.QuitAsync();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal((0, ""), (process.ExitCode, await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken)));
    }

    private static string Mark(string at)
    {
        string plain = at.Replace("§", "", StringComparison.Ordinal);
        Assert.Contains(plain, Text, StringComparison.Ordinal);
        int index = Text.IndexOf(plain, StringComparison.Ordinal);
        return Text[..index] + at + Text[(index + plain.Length)..];
    }
}
