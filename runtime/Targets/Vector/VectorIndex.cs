using System.Collections.Immutable;

namespace Orchestrator.Targets.Vector;

/// <summary>A passage that was found and its cosine with the query.</summary>
public sealed record Hit(Passage Passage, float Score);

/// <summary>Passages with their vectors, in memory; immutable.</summary>
public sealed class VectorIndex
{
    private readonly ImmutableArray<Passage> _passages;
    private readonly HashEmbedder _embedder;
    private readonly float[] _rows;

    private VectorIndex(ImmutableArray<Passage> passages, HashEmbedder embedder, float[] rows) => (_passages, _embedder, _rows) = (passages, embedder, rows);

    /// <summary>How many passages it holds.</summary>
    public int Count => _passages.Length;

    /// <summary>Embeds passages, at most 20,000.</summary>
    internal static VectorIndex Build(IReadOnlyCollection<Passage> passages, FeatureRule rule, CancellationToken cancellationToken)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(passages.Count, IndexSource.MostPassages);
        HashEmbedder embedder = HashEmbedder.Learn(rule, passages.Select(Searched));
        float[] rows = new float[passages.Count * HashEmbedder.Dimension];
        int i = 0;
        foreach (Passage passage in passages)
        {
            cancellationToken.ThrowIfCancellationRequested();
            embedder.Embed(Searched(passage), rows.AsSpan(i++ * HashEmbedder.Dimension, HashEmbedder.Dimension));
        }

        return new VectorIndex([.. passages], embedder, rows);
    }

    /// <summary>The best passages that share anything with the query, best first, at most <paramref name="top"/>; equal scores in order of the index.</summary>
    public ImmutableArray<Hit> Search(IVectorSearch search, string query, int top)
    {
        ArgumentNullException.ThrowIfNull(search);
        ArgumentOutOfRangeException.ThrowIfLessThan(top, 1);
        float[] vector = new float[HashEmbedder.Dimension];
        _embedder.Embed(query, vector);
        int[] ids = new int[Math.Min(top, Count)];
        float[] scores = new float[ids.Length];
        int found = search.TopK(vector, _rows, HashEmbedder.Dimension, ids, scores);
        var hits = ImmutableArray.CreateBuilder<Hit>(found);
        for (int i = 0; i < found && scores[i] > 0; i++)
        {
            hits.Add(new Hit(_passages[ids[i]], scores[i]));
        }

        return hits.ToImmutable();
    }

    private static string Searched(Passage passage) => passage.Context.Length == 0 ? passage.Text : passage.Context + "\n" + passage.Text;
}
