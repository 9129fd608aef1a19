using System.Text.Json.Nodes;
using Xunit;

namespace Orchestrator.Tests.Lsp;

/// <summary>What an editor is told about IR text, over JSON-RPC.</summary>
public sealed class MlirEditingTests
{
    private const string Uri = "file:///w/a.mlir";

    private const string Graph = """
        #alias = 7 : i32
        "builtin.module"() ({
          "agent.declare_model"() <{ref = "m", sym_name = "writer"}> : () -> ()
          "agent.graph"() <{result_type = !agent.text, sym_name = "g"}> ({
            %q = "agent.input"() <{name = "q"}> : () -> !agent.text
            %a = "agent.call"(%q) <{max_tokens = 3, model = @writer}> {tool.n = #alias} : (!agent.text) -> !agent.text
            "agent.yield"(%a) : (!agent.text) -> ()
          }) : () -> ()
        }) : () -> ()

        """;

    [Fact]
    public async Task MistakesAreShownForTheNewestVersion()
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, "\"builtin.module\"() ({\n  \"a.use\"(%ä€, %x) : (i32, i32) -> ()\n}) : () -> ()\n");
        Assert.NotEmpty(await editor.DiagnosticsAsync(1));
        await editor.ChangeAsync(Uri, 2, new { text = "\"builtin.module\"() ({\n  \"agent.cal\"() {s = \"ä€\"} : () -> ()\n  \"agent.use\"(%x) : (i32) -> ()\n}) : () -> ()\n" });
        JsonArray mistakes = await editor.DiagnosticsAsync(2);
        Assert.Contains(mistakes, m => (string?)m?["code"] is not null && ((string?)m["message"] ?? "").Contains("%x", StringComparison.Ordinal));
        await editor.ChangeAsync(Uri, 3, new { text = Graph });
        Assert.Empty(await editor.DiagnosticsAsync(3));
    }

    [Fact]
    public async Task PlacesCountUtf16UnitsBehindOtherCharacters()
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, "\"a.b\"() {s = \"äö€😀\", v = 256 : i8} : () -> ()\n");
        JsonNode mistake = (await editor.DiagnosticsAsync(1)).First(m => (int?)m?["severity"] == 1)!; // The number does not fit.
        Assert.Equal("\"a.b\"() {s = \"äö€😀\", v = ".Length, (int?)mistake["range"]?["start"]?["character"]);
    }

    [Fact]
    public async Task ChangesOfRangesAreAppliedInOrder()
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, Graph);
        await editor.DiagnosticsAsync(1);
        (int line, int character) = EditorClient.PlaceOf(Graph.Replace("\"agent.yield\"(%a)", "\"agent.yield\"(%§a)", StringComparison.Ordinal));
        object range = new { start = new { line, character }, end = new { line, character = character + 1 } };
        await editor.ChangeAsync(Uri, 2, new { range, text = "zz" });
        JsonArray mistakes = await editor.DiagnosticsAsync(2);
        Assert.Contains(mistakes, m => ((string?)m?["message"] ?? "").Contains("%zz", StringComparison.Ordinal));
        object longer = new { start = new { line, character }, end = new { line, character = character + 2 } };
        await editor.ChangeAsync(Uri, 3, new { range = longer, text = "b" }, new { range, text = "a" });
        Assert.Empty(await editor.DiagnosticsAsync(3));
    }

    [Fact]
    public async Task UnknownDialectsAreAWarningOnce()
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, "\"agnt.a\"() : () -> ()\n\"agnt.b\"() : () -> ()\n");
        JsonNode warning = Assert.Single(await editor.DiagnosticsAsync(1))!; // There is one.
        Assert.Equal((2, "ORC2230"), ((int?)warning["severity"], (string?)warning["code"]));
        Assert.Contains("did you mean 'agent'?", (string?)warning["message"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("\"agent.ca§ll\"(%q)", "**agent.call**", "`model`", "`max_tokens`?", "`prompt`")]
    [InlineData("\"agent.yield\"(%§a)", "%a : !agent.text", "agent.call", "used 1 time")]
    [InlineData("\"agent.call\"(%q§)", "%q : !agent.text", "agent.input", "used 1 time")]
    [InlineData("@wri§ter", "agent.declare_model", "used 1 time")]
    [InlineData("#al§ias", "#alias = 7 : i32")]
    public async Task HoverSaysWhatAThingIs(string at, params string[] parts)
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, Graph);
        JsonNode? hover = await editor.AskAtAsync("hover", Uri, Mark(at));
        string text = (string?)hover?["contents"]?["value"] ?? "";
        Assert.All(parts, part => Assert.Contains(part, text, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("\"agent.yield\"(%§a)", "§%a = ", 2)]
    [InlineData("model = @wri§ter", "sym_name = \"§writer", 2)]
    [InlineData("tool.n = #al§ias", "§#alias = 7", 2)]
    [InlineData("§%q = ", "§%q = ", 2)]
    public async Task DefinitionsAndReferencesAreFound(string at, string definition, int references)
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, Graph);
        JsonNode? found = await editor.AskAtAsync("definition", Uri, Mark(at));
        (int line, int character) = EditorClient.PlaceOf(Mark(definition));
        Assert.Equal((line, character), ((int?)found?["range"]?["start"]?["line"], (int?)found?["range"]?["start"]?["character"]));
        JsonNode? uses = await editor.AskAtAsync("references", Uri, Mark(at), new { context = new { includeDeclaration = true } });
        Assert.Equal(references, uses?.AsArray().Count);
    }

    [Fact]
    public async Task BlocksAndScopesAreToldApart()
    {
        const string Text = """
            func.func @f(%n: i32, %c: i1) -> i32 {
              cf.cond_br %c, ^one(%n : i32), ^two
            ^one(%x: i32):
              %r = scf.for %i = %n to %n step %n iter_args(%acc = %x) -> (i32) {
                %s = arith.addi %acc, %i : i32
                scf.yield %s : i32
              }
              return %r : i32
            ^two:
              %y = func.call @f(%n, %c) : (i32, i1) -> i32
              return %y : i32
            }
            func.func @g(%n: i32) {
              return
            }
            """;
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, Text);
        foreach ((string use, string definition) in new[]
        {
            ("^o§ne(%n : i32)", "§^one(%x"), (", ^tw§o", "§^two:"), ("= %x§)", "^one(§%x"), ("%acc§, %i", "(§%acc ="), (", %i§ :", "for §%i ="), ("^one(%n§ : i32)", "@f(§%n: i32, %c"), ("call @f§(", "@§f(%n: i32, %c"),
        })
        {
            JsonNode? found = await editor.AskAtAsync("definition", Uri, Text.Replace(use.Replace("§", "", StringComparison.Ordinal), use, StringComparison.Ordinal));
            (int line, int character) = EditorClient.PlaceOf(Text.Replace(definition.Replace("§", "", StringComparison.Ordinal), definition, StringComparison.Ordinal));
            Assert.True((line, character) == ((int?)found?["range"]?["start"]?["line"], (int?)found?["range"]?["start"]?["character"]), $"{use}: {found}");
        }
    }

    [Theory]
    [InlineData("\n  \"agent.c§", "agent.call")]
    [InlineData("\n  §", "\"agent.call\"")]
    [InlineData("\n    \"agent.call\"(%§", "q")]
    [InlineData("\n    \"agent.call\"(%q) <{model = @§", "writer")]
    [InlineData("\n    \"agent.call\"(%q) <{mo§", "model")]
    [InlineData("\n    \"agent.call\"(%q) <{model = @writer, §", "max_tokens")]
    [InlineData("\n    \"agent.call\"(%q) : (!§", "agent.text")]
    [InlineData("\n    \"agent.call\"(%q) : (i§", "i32")]
    [InlineData("\n    \"agent.call\"(%q) {x = #§", "alias")]
    [InlineData("\n// RUN: orc opt %s -p c§", "canonicalize")]
    public async Task CompletionFitsThePlaceInABrokenFile(string typed, string wanted)
    {
        int end = Graph.IndexOf("\n    %a = ", StringComparison.Ordinal);
        string marked = Graph[..end] + typed + "\n" + Graph[(end + 1)..];
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, marked.Replace("§", "", StringComparison.Ordinal));
        JsonNode? list = await editor.AskAtAsync("completion", Uri, marked);
        Assert.Contains(wanted, list?["items"]?.AsArray().Select(i => (string?)i?["label"]) ?? []);
    }

    [Fact]
    public async Task SymbolsAreATree()
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, Graph.Replace("\"builtin.module\"()", "\"builtin.module\"() <{sym_name = \"m\"}>", StringComparison.Ordinal));
        JsonNode? symbols = await editor.AskAsync("textDocument/documentSymbol", new { textDocument = new { uri = Uri } });
        JsonNode? module = Assert.Single(symbols!.AsArray()); // The answer is a list.
        Assert.Equal(["writer", "g"], module?["children"]?.AsArray().Select(c => (string?)c?["name"]));
    }

    [Fact]
    public async Task RenamingChangesEveryUseAndKeepsTheSign()
    {
        await using EditorClient editor = await EditorClient.StartAsync();
        await editor.OpenAsync(Uri, Graph);
        JsonNode? edit = await editor.AskAtAsync("rename", Uri, Mark("model = @wri§ter"), new { newName = "author" });
        Assert.Equal(["author", "@author"], edit?["changes"]?[Uri]?.AsArray().Select(e => (string?)e?["newText"]));
    }

    private static string Mark(string at)
    {
        string plain = at.Replace("§", "", StringComparison.Ordinal);
        Assert.Contains(plain, Graph, StringComparison.Ordinal);
        int index = Graph.LastIndexOf(plain, StringComparison.Ordinal);
        return Graph[..index] + at + Graph[(index + plain.Length)..];
    }
}
