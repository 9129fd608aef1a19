using System.Collections.Immutable;
using System.Text.Json;
using Orchestrator.Codegen.Llvm;
using Orchestrator.Plan;
using Orchestrator.Runtime;
using Orchestrator.Targets.Vector;
using Xunit;

namespace Orchestrator.Tests.Targets.Vector;

/// <summary>Look-ups as the engine asks for them.</summary>
public sealed class IndexTargetTests : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("orc-index-").FullName;
    private readonly IndexTarget _target = new();

    public async ValueTask DisposeAsync()
    {
        await _target.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task ALookUpGivesPassagesWithTheirPlaces()
    {
        Write("a.md", "# Cats\n\nCats purr when they are content.\n");
        Write("sub/b.txt", "Dogs bark at the postman.\n");
        Write("c.png", "Dogs bark, but this is no document.\n");
        StepResult result = await LookUp("folder", ".", "why do dogs bark", 5);
        var hit = (RecordDatum)Assert.Single(((ListDatum)result.Value).Items);
        Assert.Equal("sub/b.txt:1-1", hit["id"]?.ToText());
        Assert.Equal("Dogs bark at the postman.", hit["text"]?.ToText());
        Assert.InRange(((DecimalDatum)hit["score"]!).Value, 0.1m, 1.0001m); // the field was just read as text above
        Assert.Null(hit["row"]);
    }

    [Fact]
    public async Task ChangedFilesAreIndexedAgain()
    {
        Write("a.md", "The office opens at nine.\n");
        Assert.Contains("nine", (await LookUp("folder", ".", "when does the office open", 1)).Value.ToText(), StringComparison.Ordinal);
        Write("a.md", "The office opens at half past ten.\n");
        Assert.Contains("half past ten", (await LookUp("folder", ".", "when does the office open", 1)).Value.ToText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task RowsOfATableComeWithTheirCells()
    {
        Write("t.csv", "name,city\n\"Smith, Ltd\",Leeds\nJones,\"St. \"\"Ives\"\"\"\n");
        StepResult result = await LookUp("table", "t.csv", "jones st ives", 2);
        var hit = (RecordDatum)((ListDatum)result.Value).Items[0];
        Assert.Equal("t.csv:3", hit["id"]?.ToText());
        Assert.Equal("St. \"Ives\"", ((RecordDatum)hit["row"]!)["city"]?.ToText()); // a row of a table has cells
    }

    [Fact]
    public async Task ThePlansKernelIsUsedWhereItCanBe()
    {
        Write("a.md", "Dogs bark at the postman.\n");
        Write("kernels/vector_search.ll", VectorSearchKernel.Emit(new VectorSearchOptions()));
        StepResult compiled = await LookUp("folder", ".", "dogs bark", 1, Path.Combine(_folder, "kernels"));
        Assert.SkipUnless(compiled.Note?.Contains("not installed", StringComparison.Ordinal) == false, "LLVM is not installed");
        Assert.Contains("searched with LLVM", compiled.Note, StringComparison.Ordinal);
        StepResult portable = await LookUp("folder", ".", "dogs bark", 1);
        Assert.Contains("searched with Vector512", portable.Note, StringComparison.Ordinal);
        Assert.Equal(portable.Value.ToText(), compiled.Value.ToText());

        Write("broken/vector_search.ll", "no module\n");
        StepResult broken = await LookUp("folder", ".", "dogs bark", 1, Path.Combine(_folder, "broken"));
        Assert.Contains("cannot be compiled", broken.Note, StringComparison.Ordinal);
        Assert.Equal(portable.Value.ToText(), broken.Value.ToText());
    }

    [Theory]
    [InlineData("folder", "missing", "", "ORC5401")]
    [InlineData("table", "missing.csv", "", "ORC5401")]
    [InlineData("folder", "empty", "", "ORC5402")]
    [InlineData("table", "headonly.csv", "", "ORC5402")]
    [InlineData("table", "ragged.csv", "", "ORC5404")]
    [InlineData("table", "open.csv", "", "ORC5404")]
    [InlineData("table", "trailing.csv", "", "ORC5404")]
    [InlineData("table", "nothing.csv", "", "ORC5404")]
    [InlineData("table", "headonly.csv", "{\"key\": \"nam\"}", "ORC5405")]
    [InlineData("folder", "full", "{\"chunk\": 3}", "ORC5405")]
    [InlineData("folder", "full", "{\"chunk\": 100, \"overlap\": 80}", "ORC5405")]
    [InlineData("folder", "full", "{\"embed\": \"@bge\"}", "ORC5407")]
    [InlineData("folder", "binary", "", "ORC5404")]
    public async Task MistakesAreExplained(string flavour, string path, string options, string code)
    {
        Directory.CreateDirectory(Path.Combine(_folder, "empty"));
        Write("full/a.md", "text\n");
        Write("binary/a.md", "te\0xt\n");
        Write("headonly.csv", "name,city\n");
        Write("ragged.csv", "name,city\nJones\n");
        Write("open.csv", "name,city\nJones,\"Leeds\n");
        Write("trailing.csv", "name,city\n\"Jones\"x,Leeds\n");
        Write("nothing.csv", "");
        StepFailedException failed = await Assert.ThrowsAsync<StepFailedException>(async () => await LookUp(flavour, path, "x", 1, options: options));
        Assert.Equal(code, failed.Diagnostic.Code);
        Assert.NotEmpty(failed.Diagnostic.Remedy!); // every error has a remedy
        Assert.Equal(code is "ORC5404" && path.EndsWith(".csv", StringComparison.Ordinal), failed.Diagnostic.Span.Source is not null && code == "ORC5404");
    }

    [Fact]
    public async Task ABadRowIsShownWhereItStands()
    {
        Write("t.csv", "name,city\nSmith,Leeds\nJones\n");
        StepFailedException failed = await Assert.ThrowsAsync<StepFailedException>(async () => await LookUp("table", "t.csv", "x", 1));
        Assert.Equal("t.csv:3:1", failed.Diagnostic.Span.ToString());
    }

    [Fact]
    public void AvailabilityIsToldBeforeTheRun()
    {
        Assert.Contains("not there", _target.WhyUnavailable(Index("folder", "missing", ""), Around(null)), StringComparison.Ordinal);
        Assert.Contains("bge", _target.WhyUnavailable(Index("folder", ".", "{\"embed\": \"bge\"}"), Around(null)), StringComparison.Ordinal);
        Write("a.md", "text\n");
        Assert.Null(_target.WhyUnavailable(Index("folder", ".", "{\"embed\": \"hash-ngrams\"}"), Around(null)));
    }

    [Fact]
    public async Task TextIsEmbeddedToLengthOne()
    {
        await using var target = new EmbedTarget();
        var model = new Declaration("embed", "model", "", "hash-ngrams", ImmutableSortedDictionary<string, JsonElement>.Empty);
        Assert.Null(target.WhyUnavailable(model, Around(null)));
        Assert.NotNull(target.WhyUnavailable(model with { Target = "BAAI/bge-small-en-v1.5" }, Around(null)));
        async Task<float[]> Embed(string text)
        {
            Step step = AStep(StepKind.Embed, 1);
            return [.. ((VectorDatum)(await target.ExecuteAsync(new StepRequest(step, model, [new TextDatum(text)], Around(null)), default)).Value).Value];
        }

        float[] a = await Embed("the dog barks"), b = await Embed("dogs bark loudly"), c = await Embed("quarterly tax report");
        Assert.Equal(1, a.Sum(v => (double)v * v), 1e-5);
        Assert.True(Dot(a, b) > 2 * Math.Abs(Dot(a, c)), $"{Dot(a, b)} against {Dot(a, c)}");
        Assert.Equal(a, await Embed("the dog barks"));
    }

    private static double Dot(float[] a, float[] b) => a.Zip(b, (x, y) => (double)x * y).Sum();

    private void Write(string name, string text)
    {
        string path = Path.Combine(_folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!); // a file in the test's folder
        File.WriteAllText(path, text);
    }

    private async Task<StepResult> LookUp(string flavour, string path, string query, int top, string? kernels = null, string options = "")
    {
        var request = new StepRequest(AStep(StepKind.Lookup, top), Index(flavour, path, options), [new TextDatum(query)], Around(kernels));
        return await _target.ExecuteAsync(request, default);
    }

    private TargetEnvironment Around(string? kernels) => new(_folder, TimeProvider.System, _ => null) { KernelDirectory = kernels };

    private static Declaration Index(string flavour, string path, string options) => new("kb", "index", flavour, path, options.Length == 0
        ? ImmutableSortedDictionary<string, JsonElement>.Empty
        : JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(options)!.ToImmutableSortedDictionary()); // an object, never null

    private static Step AStep(StepKind kind, int top) => new(0, kind, "found", 0, [0], 1, [], "kb", [],
        ImmutableSortedDictionary<string, JsonElement>.Empty.Add("top", JsonSerializer.SerializeToElement(top)), "json", "");
}
