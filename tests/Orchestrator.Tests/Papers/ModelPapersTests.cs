using Orchestrator.CostModels;
using Orchestrator.CostModels.Training;
using Xunit;

namespace Orchestrator.Tests.Papers;

/// <summary>Papers whose figures follow from a model's shapes.</summary>
public sealed class ModelPapersTests
{
    [Theory]
    [InlineData("google/ul2", 19_590_545_408)] // 32 x (4 x 4096^2 + 3 x 4096 x 16384) + 32 x (8 x 4096^2 + 3 x 4096 x 16384) + 2 x 32128 x 4096
    [InlineData("google/mt5-base", 582_352_896)] // 12 x (4 x 768^2 + 3 x 768 x 2048) + 12 x (8 x 768^2 + 3 x 768 x 2048) + 2 x 250112 x 768
    [InlineData("hat5", 222_855_168)]
    [InlineData("microsoft/Phi-4-mini-instruct", 3_835_822_080)]
    [InlineData("ridger/MMfreeLM-370M", 373_817_344)] // 24 x (4 x 1024^2 + 3 x 1024 x 2816) + 2 x 32000 x 1024
    [InlineData("ridger/MMfreeLM-1.3B", 1_364_197_376)]
    [InlineData("ridger/MMfreeLM-2.7B", 2_701_393_920)]
    public void WeightsAreThoseOfTheShapes(string name, double weights) => Assert.Equal(weights, Card(name).DerivedParameters);

    [Fact]
    public void AVocabularyTrimmedTakesItsRowsAndNothingElse()
    {
        ModelCard all = Card("google/mt5-base");
        ModelCard kept = VocabularyPruning.Keep(all, 30000);
        Assert.Equal(338_092_032, VocabularyPruning.Saved(all, 30000)); // 2 x 768 x 220112
        Assert.Equal(244_260_864, kept.DerivedParameters);
        Assert.Equal(kept.DerivedParameters, kept.Parameters);
        Assert.Equal(all.DerivedParameters, VocabularyPruning.Keep(all, 250112).DerivedParameters);
        Assert.Equal(768 * 32128.0 - 768 * 1000, VocabularyPruning.Saved(Card("hat5"), 1000)); // one matrix
        Assert.Throws<ArgumentOutOfRangeException>(() => VocabularyPruning.Keep(all, 250113));
        Assert.Throws<ArgumentOutOfRangeException>(() => VocabularyPruning.Keep(all, 0));
    }

    [Theory]
    [InlineData("ul2", "reproduced by model|reproduced exactly")]
    [InlineData("hat5", "not|not")]
    [InlineData("idt5", "reproduced exactly|reproduced exactly|reproduced exactly|reproduced exactly")]
    [InlineData("tslam-mini", "reproduced exactly|not")]
    [InlineData("matmul-free", "reproduced by model|reproduced by model|reproduced by model|reproduced exactly|not|not|not")]
    public void VerdictsAre(string name, string verdicts) => Assert.Equal(
        verdicts, string.Join('|', PapersTests.Claims(name).Select(c => c.Verdict.Outcome == Orchestrator.Cli.Papers.Outcome.NotHere ? "not" : c.Verdict.ToString())));

    private static ModelCard Card(string name) => Catalogue.Default.FindModel(name) ?? throw new InvalidDataException(name);
}
