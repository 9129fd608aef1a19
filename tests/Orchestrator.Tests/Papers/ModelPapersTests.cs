using Orchestrator.Cli.Papers;
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

    [Fact]
    public void ResidualNetworksAreCountedLayerByLayer()
    {
        var small = new ResidualNetwork([3, 4, 6, 3], 160);
        Assert.InRange(small.Parameters, 35.65e6, 35.75e6);
        Assert.InRange(small.Macs, 2.25e9, 2.35e9);
        Assert.Equal(4, (new ResidualNetwork([1, 1, 1, 1], 320).Macs - Fixed) / (new ResidualNetwork([1, 1, 1, 1], 160).Macs - Fixed), 9);
        double block = new ResidualNetwork([1, 1, 1, 2], 32).Parameters - new ResidualNetwork([1, 1, 1, 1], 32).Parameters;
        Assert.Equal(2 * 2048 * 512 + 9 * 512 * 512 + 2 * (512 + 512 + 2048) + 2 * 2048 * 512 + 2048 + 512, block); // convolutions, norms, excitation and its biases
        Assert.Throws<ArgumentException>(() => new ResidualNetwork([3, 4, 6], 160));
        Assert.Throws<ArgumentException>(() => new ResidualNetwork([3, 4, 6, 3], 150));
    }

    // Multiply-adds that do not grow with the picture: excitation of the four blocks and the head.
    private const double Fixed = 8.0 * (64 * 64 + 128 * 128 + 256 * 256 + 512 * 512) + 2048 * 1000;

    [Fact]
    public void ShapesOfAsVitAreRead()
    {
        StagedTransformer network = StagedTransformer.Parse(AsVit.Large);
        Assert.Equal([180, 360, 720, 1024], Enumerable.Range(0, 4).Select(network.WidthOf));
        Assert.Equal([4, 8, 16, 32], Enumerable.Range(0, 4).Select(network.HeadsOf));
        Assert.Equal([56, 28, 14, 7], Enumerable.Range(0, 4).Select(i => StagedTransformer.SideOf(i, 224)));
        Assert.Equal(14, network.Layers);
        Assert.True(network.Divides(224));
        Assert.False((network with { Width = 182 }).Divides(224)); // 182 over 4 heads
        Assert.Equal(87_439_648, network.Parameters); // 17,015,040 lead into stages, 68,352,032 in layers, 2,072,576 in the head
        Assert.Throws<FormatException>(() => StagedTransformer.Parse("8,2,3|32,180"));
        Assert.Throws<FormatException>(() => StagedTransformer.Parse("8,2,3,x|32,180"));
    }

    [Fact]
    public void SharedShardsCostWhatTheirPoolHolds()
    {
        var pool = new ShardPool(32, 8, 4);
        Assert.Equal(32.0 * 8 * (4096 + 11008), pool.Parameters(4096, 11008));
        Assert.Equal(pool.Parameters(4096, 11008), (pool with { ShardsPerVector = 16 }).Parameters(4096, 11008));
        Assert.Equal([4.0, 5, 0, 1], new ShardPool(1, 3, 1).Assemble([0, 1, 2, 3, 4, 5], [2, 0]));
        Assert.Equal([1.0, 4], new ShardPool(1, 3, 2).Assemble([0, 1, 2, 3, 4, 5], [1, 4]));
        Assert.Throws<ArgumentException>(() => new ShardPool(1, 3, 2).Assemble([0, 1, 2, 3, 4, 5], [1]));
        Assert.Throws<ArgumentException>(() => new ShardPool(1, 3, 1).Assemble([0, 1, 2, 3, 4, 5], [3]));
        Adapter mos = Adapter.Find("mos") ?? throw new InvalidDataException("mos"); // rank 8, 8 times fewer: pools of rank 1
        Assert.Equal(4 * new ShardPool(32, 1, 1).Parameters(4096, 4096) + 3 * new ShardPool(32, 1, 1).Parameters(4096, 11008), mos.Parameters(Card("meta-llama/Llama-2-7b-hf")));
    }

    [Fact]
    public void TrainingAnAdapterHoldsTheFrozenWeightsOnce()
    {
        ModelCard model = Card("meta-llama/Llama-2-7b-hf");
        NumberFormat wide = NumberFormat.Parse("bf16") ?? throw new InvalidDataException("bf16");
        Adapter lora = Adapter.Find("lora") ?? throw new InvalidDataException("lora");
        Assert.Equal(16 * 6.738e9, AdapterTraining.FullBytes(model));
        Assert.Equal(2 * 6.738e9 + 16.0 * 4_194_304, AdapterTraining.AdapterBytes(model, lora, wide));
    }

    [Fact]
    public void MeasuredPicturesAreOfCataloguedModels() =>
        Assert.All(PictureTime.All, t => Assert.InRange(t.MacsPerSecond(Card(t.Model)), 1e12, 37.4e12)); // an A40 does 37.4 TFLOPS in fp32

    [Theory]
    [InlineData("idt5", 2, 58.056, 0.001)]
    [InlineData("mos", 0, 8, 0.01)]
    [InlineData("peft-survey", 1, 4194304, 0)]
    [InlineData("lowformer", 0, 6.46, 0.005)]
    [InlineData("lowformer", 1, 5.153, 0.001)]
    [InlineData("lowformer", 2, 5.167, 0.001)]
    [InlineData("resnet-rs", 0, 35.69, 0.01)]
    [InlineData("resnet-rs", 1, 2.28, 0.01)]
    [InlineData("matmul-free", 3, 8, 0)]
    public void FiguresAre(string paper, int claim, double expected, double within) =>
        Assert.InRange(Assert.IsType<NumberClaim>(PapersTests.Claims(paper)[claim]).Value, expected - within, expected + within);

    // 0 reproduced exactly, 1 by model, 2 ordering only, 3 not here.
    [Theory]
    [InlineData("ul2", "10")]
    [InlineData("hat5", "13")]
    [InlineData("idt5", "0000")]
    [InlineData("tslam-mini", "03")]
    [InlineData("matmul-free", "1110333")]
    [InlineData("mos", "103")]
    [InlineData("peft-survey", "0002")]
    [InlineData("lowformer", "000233")]
    [InlineData("resnet-rs", "001333")]
    [InlineData("as-vit", "03333")]
    public void OutcomesAre(string paper, string outcomes) =>
        Assert.Equal(outcomes, string.Concat(PapersTests.Claims(paper).Select(c => (int)c.Verdict.Outcome)));

    private static ModelCard Card(string name) => Catalogue.Default.FindModel(name) ?? throw new InvalidDataException(name);
}
