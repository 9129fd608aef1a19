using Orchestrator.Codegen.Llvm;
using Orchestrator.Targets.LlvmCpu;
using Orchestrator.Targets.Vector;
using Xunit;

namespace Orchestrator.Tests.Codegen;

/// <summary>The generated kernel and the portable search against one written for clarity.</summary>
public sealed class VectorSearchKernelTests : IDisposable
{
    private readonly LlvmCpu? _llvm = LlvmCpu.TryCreate(out s_reason);
    private static string s_reason = "";

    // Sizes around the borders of the three loops: below a vector, on it, beside it, on a block, beside it.
    public static TheoryData<int, int, int> Shapes => new()
    {
        { 1, 1, 1 }, { 7, 3, 3 }, { 50, 15, 5 }, { 50, 16, 5 }, { 50, 17, 5 }, { 33, 63, 40 }, { 33, 64, 1 }, { 40, 65, 7 }, { 64, 128, 64 }, { 20, 1000, 8 }, { 9, 2048, 3 },
    };

    public void Dispose() => _llvm?.Dispose();

    [Theory]
    [MemberData(nameof(Shapes))]
    public void PortableSearchRanksAsTheReference(int n, int dimension, int k) => Compare(new PortableVectorSearch(), n, dimension, k, seed: n + dimension);

    [Theory]
    [MemberData(nameof(Shapes))]
    public void CompiledSearchRanksAsTheReference(int n, int dimension, int k) => Compare(Compiled(new VectorSearchOptions()), n, dimension, k, seed: n + dimension);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 3)]
    [InlineData(4, 8)]
    [InlineData(8, 2)]
    [InlineData(32, 5)]
    public void EveryWidthAndUnrollGivesTheSame(int width, int unroll) =>
        Compare(Compiled(new VectorSearchOptions { Width = width, Unroll = unroll }), 60, 133, 9, seed: width);

    [Fact]
    public void AKernelForOneDimensionLeavesOthersToThePortableSearch()
    {
        IVectorSearch search = Compiled(new VectorSearchOptions { Dimension = 96 });
        Compare(search, 30, 96, 4, seed: 1);
        Compare(search, 30, 97, 4, seed: 2);
    }

    [Fact]
    public void UnitRowsNeedNoLength()
    {
        (float[] query, float[] rows) = Random(40, 70, seed: 3);
        for (int i = 0; i < 40; i++)
        {
            Span<float> row = rows.AsSpan(i * 70, 70);
            float length = MathF.Sqrt(row.ToArray().Sum(v => v * v));
            row.ToArray().Select(v => v / length).ToArray().CopyTo(row);
        }

        Compare(Compiled(new VectorSearchOptions { RowsAreUnit = true }), query, rows, 70, 6);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void ZeroAndBrokenVectorsScoreZeroAndTiesGoToTheFirst(bool compiled)
    {
        IVectorSearch search = compiled ? Compiled(new VectorSearchOptions()) : new PortableVectorSearch();
        float[] rows = [0, 0, float.NaN, 1, 1, 0, 2, 0, -1, 0, float.PositiveInfinity, 0];
        int[] ids = new int[6];
        float[] scores = new float[6];

        Assert.Equal(6, search.TopK([3, 0], rows, 2, ids, scores));
        Assert.Equal([2, 3, 0, 1, 5, 4], ids);
        Assert.Equal([1, 1, 0, 0, 0, -1], scores);

        Assert.Equal(6, search.TopK([0, 0], rows, 2, ids, scores));
        Assert.Equal([0, 1, 2, 3, 4, 5], ids);
        Assert.All(scores, s => Assert.Equal(0, s));
        Assert.Equal(0, search.TopK([3, 0], [], 2, ids, scores));
        Assert.Equal(0, search.TopK([3, 0], rows, 2, [], []));
    }

    [Fact]
    public void OptionsOutOfRangeAreRefused()
    {
        Assert.Throws<ArgumentException>(() => VectorSearchKernel.Emit(new VectorSearchOptions { Width = 3 }));
        Assert.Throws<ArgumentException>(() => VectorSearchKernel.Emit(new VectorSearchOptions { Unroll = 9 }));
        Assert.Throws<ArgumentException>(() => VectorSearchKernel.Emit(new VectorSearchOptions { Dimension = 0 }));
        Assert.Throws<ArgumentException>(() => VectorSearchKernel.Emit(new VectorSearchOptions { Name = "a b" }));
    }

    private IVectorSearch Compiled(VectorSearchOptions options)
    {
        Assert.SkipWhen(_llvm is null, s_reason);
        return new LlvmVectorSearch(_llvm, "test", VectorSearchKernel.Emit(options));
    }

    private static void Compare(IVectorSearch search, int n, int dimension, int k, int seed)
    {
        (float[] query, float[] rows) = Random(n, dimension, seed);
        Compare(search, query, rows, dimension, k);
    }

    private static void Compare(IVectorSearch search, float[] query, float[] rows, int dimension, int k)
    {
        (int Id, double Score)[] expected = Reference(query, rows, dimension, k);
        int[] ids = new int[k];
        float[] scores = new float[k];
        int found = search.TopK(query, rows, dimension, ids, scores);

        Assert.Equal(expected.Length, found);
        Assert.Equal(expected.Select(e => e.Id), ids[..found]);
        for (int i = 0; i < found; i++)
        {
            Assert.Equal(expected[i].Score, scores[i], 1e-5);
        }
    }

    private static (float[] Query, float[] Rows) Random(int n, int dimension, int seed)
    {
        var random = new Random(seed);
        float[] Draw(int count) => [.. Enumerable.Range(0, count).Select(_ => (float)((random.NextDouble() * 2) - 1))];
        return (Draw(dimension), Draw(n * dimension));
    }

    private static (int Id, double Score)[] Reference(float[] query, float[] rows, int dimension, int k)
    {
        double Product(int a, float[] x, float[] y) => Enumerable.Range(0, dimension).Sum(j => (double)x[j] * y[(a * dimension) + j]);
        double own = Math.Sqrt(Product(0, query, query));
        return [.. Enumerable.Range(0, rows.Length / dimension)
            .Select(i => (i, Product(i, query, rows) / (own * Math.Sqrt(Product(0, rows[(i * dimension)..((i + 1) * dimension)], rows[(i * dimension)..((i + 1) * dimension)])))))
            .OrderByDescending(p => p.Item2).ThenBy(p => p.i).Take(k)];
    }
}
