using Orchestrator.CostModels;
using Xunit;

namespace Orchestrator.Tests.Costs;

/// <summary>Weights, keys and values, and arithmetic of models by formula, against what was published.</summary>
public sealed class ModelCardTests
{
    private static IEnumerable<ModelCard> Cards => Catalogue.Default.ModelNames.Select(n => Catalogue.Default.FindModel(n)!).Distinct(); // names of the table

    public static TheoryData<string> Derived => [.. Cards.Where(m => m.Underived.Length == 0).Select(m => m.Name).Order(StringComparer.Ordinal)];

    // A mistyped layer or width shows as a wrong sum.
    [Theory]
    [MemberData(nameof(Derived))]
    public void WeightsFollowFromTheArchitecture(string name)
    {
        ModelCard model = Card(name);
        Assert.True(model.HasArchitecture);
        if (!model.Source.Contains("as derived", StringComparison.Ordinal)) // such a total would be compared with itself
        {
            Assert.InRange(model.DerivedParameters / model.PublishedParameters!.Value, 0.985, 1.015); // the table has the total
        }

        if (model.Experts > 1)
        {
            // Cards round to the digits they print ("3 billion"), and some leave one or both embeddings out.
            double published = model.PublishedActiveParameters!.Value; // and what is active
            double half = HalfOfTheLastDigit(published);
            Assert.InRange(published + half, 0.97 * (model.DerivedActiveParameters - model.EmbeddingParameters), double.MaxValue);
            Assert.InRange(published - half, 0, 1.03 * model.DerivedActiveParameters);
        }
        else
        {
            Assert.Equal(model.Parameters, model.ActiveParameters);
        }
    }

    [Fact]
    public void MostTotalsArePublishedOnes() => Assert.InRange(
        Cards.Count(m => m.Underived.Length == 0 && !m.Source.Contains("as derived", StringComparison.Ordinal)), 200, int.MaxValue);

    [Fact]
    public void WhatDoesNotFollowSaysWhy() =>
        Assert.All(Cards.Where(m => m.Underived.Length > 0), m => Assert.True(m.Underived.Length > 10 && m.PublishedParameters is not null, m.Name));

    [Fact]
    public void EveryModelHasASourceAndAPlausibleShape() => Assert.All(Cards, m =>
    {
        Assert.True(m.Source.Length > 10, m.Name);
        Assert.InRange(m.FullAttentionShare, 0, 1);
        Assert.InRange(m.WindowShare, 0, 1);
        Assert.True(m.KvHeads is null || m.KvHeads <= m.Heads, m.Name);
        Assert.True(m.TopK <= m.Experts, m.Name);
        Assert.True(m.ActiveParameters <= m.Parameters * 1.0001, m.Name);
        Assert.InRange(m.ShareTouched(1), 0.001, 1);
        Assert.True(m.ShareTouched(10_000) > 0.99, m.Name);
    });

    // Bytes a token in 16 bits: arXiv 2505.09343, table 1, and arXiv 2507.19635, section 3.2.
    [Theory]
    [InlineData("deepseek-ai/DeepSeek-V3", 70_272)]
    [InlineData("Qwen/Qwen2.5-72B-Instruct", 327_680)]
    [InlineData("meta-llama/Llama-3.1-405B-Instruct", 516_096)]
    [InlineData("llama-8b", 131_072)]
    [InlineData("llama-70b", 327_680)]
    public void KeysAndValuesTakeWhatWasPublished(string name, double bytes) => Assert.Equal(bytes, Card(name).KvBytesPerToken("bf16"));

    // 250 and 2,448 GFLOP a token are stated for training (three times forward) with sequences of 4,096: arXiv 2505.09343, table 2.
    [Theory]
    [InlineData("deepseek-ai/DeepSeek-V3", 250, 0.05)]
    [InlineData("meta-llama/Llama-3.1-405B-Instruct", 2448, 0.03)]
    [InlineData("Qwen/Qwen2.5-72B-Instruct", 394, 0.13)]
    public void ArithmeticPerTokenIsNearWhatWasPublished(string name, double gigaflops, double within)
    {
        ModelCard model = Card(name);
        double derived = 3 * (model.LinearFlopsPerToken + model.AttentionFlops(4096.0 / 2)) / 1e9;
        Assert.InRange(derived / gigaflops, 1 - within, 1 + within);
    }

    [Fact]
    public void AWindowBoundsWhatIsKeptAndLookedAt()
    {
        ModelCard gemma = Card("google/gemma-3-27b-it");
        double full = gemma.KvElements(1024);
        Assert.Equal(gemma.KvElementsPerToken * 1024, full);
        Assert.Equal(10.0 / 62, (gemma.KvElements(101_024) - full) / (gemma.KvElementsPerToken * 100_000), 9); // 10 of 62 layers go on
        Assert.Equal(10.0 / 62, (gemma.AttentionFlops(101_024) - gemma.AttentionFlops(1024)) / (4 * 62 * 32 * 128.0 * 100_000), 9);
    }

    [Fact]
    public void LatentAttentionScoresTheCompressedVectorsWhileItDecodes()
    {
        ModelCard model = Card("deepseek-ai/DeepSeek-V3");
        Assert.Equal(61.0 * 128 * 2 * (128 + 64 + 128), model.AttentionFlops(1));
        Assert.Equal(61.0 * 128 * 2 * (2 * 512 + 64), model.DecodeAttentionFlops(1));
    }

    [Fact]
    public void AStateIsKeptInsteadOfKeysAndValues()
    {
        ModelCard hybrid = Card("Qwen/Qwen3.5-397B-A17B");
        Assert.Equal(15 * 2 * 2 * 256 * 2, hybrid.KvBytesPerToken("bf16"));
        Assert.Equal(45 * 64 * 128 * 128 * 4.0, hybrid.StateBytes);
        Assert.Equal(0.25, hybrid.FullAttentionShare);
    }

    [Fact]
    public void VocabularyPruningSavesWhatThePaperSays()
    {
        double saved = 1 - Card("idT5").DerivedParameters / Card("google/mt5-base").DerivedParameters; // arXiv 2302.00856: 58 %
        Assert.Equal(0.58, saved, 2);
    }

    private static double HalfOfTheLastDigit(double value)
    {
        double unit = 1;
        while (value % (unit * 10) == 0)
        {
            unit *= 10;
        }

        return unit / 2;
    }

    private static ModelCard Card(string name) => Assert.IsType<ModelCard>(Catalogue.Default.FindModel(name));
}
