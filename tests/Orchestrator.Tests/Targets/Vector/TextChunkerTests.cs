using Orchestrator.Targets.Vector;
using Xunit;

namespace Orchestrator.Tests.Targets.Vector;

/// <summary>Cutting documents into passages.</summary>
public sealed class TextChunkerTests
{
    [Fact]
    public void ParagraphsStayWholeAndLinesAreCited()
    {
        const string Text = "# Title\n\none two three four\nfive six\n\nseven eight nine ten\n\n## Part\n\neleven twelve\n";
        List<Passage> passages = new TextChunker(16, 0).Cut("a.md", Text);
        Assert.Equal(["a.md:1-6", "a.md:8-10"], passages.Select(p => p.Id));
        Assert.Equal("# Title\n\none two three four\nfive six\n\nseven eight nine ten", passages[0].Text);
        Assert.Equal("## Part\n\neleven twelve", passages[1].Text);
        Assert.Equal("Title\nPart", passages[1].Context);
    }

    [Fact]
    public void TheLastParagraphIsRepeatedWithinASection()
    {
        string text = string.Join("\n\n", Enumerable.Range(0, 6).Select(i => $"p{i} b c d e"));
        List<Passage> passages = new TextChunker(16, 5).Cut("a.txt", text);
        Assert.Equal(["a.txt:1-5", "a.txt:5-9", "a.txt:9-11"], passages.Select(p => p.Id));
    }

    [Theory]
    [InlineData(16)]
    [InlineData(50)]
    [InlineData(400)]
    public void NoPassageIsLongerThanItsLimitAndNoWordIsLost(int limit)
    {
        for (int seed = 0; seed < 30; seed++)
        {
            var random = new Random(seed);
            string text = string.Concat(Enumerable.Range(0, 400).Select(i => Word(random, i)));
            List<Passage> passages = new TextChunker(limit, limit / 4).Cut("a", text);
            Assert.All(passages, p => Assert.True(TokenCounter.Count(p.Text) <= limit, $"seed {seed}: {TokenCounter.Count(p.Text)} tokens in {p.Id}"));
            HashSet<string> kept = [.. passages.SelectMany(p => TextFeatures.Words(p.Text))];
            Assert.Empty(TextFeatures.Words(text).Where(w => w.StartsWith('w')).Except(kept));
        }
    }

    [Fact]
    public void ALineWithoutSpacesIsCutToo()
    {
        List<Passage> passages = new TextChunker(16, 4).Cut("a", new string('x', 10_000));
        Assert.Equal(10_000, passages.Sum(p => p.Text.Count(c => c == 'x')));
        Assert.All(passages, p => Assert.Equal("a:1-1", p.Id));
    }

    [Fact]
    public void AnEmptyDocumentHasNoPassage() => Assert.Empty(new TextChunker(100, 10).Cut("a", "\n\n# Only a heading\n"));

    private static string Word(Random random, int i) => $"w{i}" + random.Next(12) switch
    {
        0 => "\n",
        1 => "\n\n",
        2 => "\n\n## h\n\n",
        _ => " ",
    };
}
