namespace Orchestrator.Targets.Vector;

/// <summary>
/// The built-in embedding <c>hash-ngrams</c>: words and runs of letters, each weighted by (1 + ln count) × its kind's weight × its rarity
/// in the index (words with a digit count double), and added with a sign of its own to one of <see cref="Dimension"/> - 1 places; length 1. It has no weights, needs no training and gives
/// the same numbers everywhere. It knows words and their forms, not meanings: synonyms do not meet.
/// </summary>
internal sealed class HashEmbedder
{
    /// <summary>The name under which workflows ask for it.</summary>
    public const string Name = "hash-ngrams";

    /// <summary>Floats in a vector. The last one is not a feature: it holds the weight of what the index never saw, so that strange questions score low.</summary>
    public const int Dimension = 1024;

    private readonly FeatureRule _rule;
    private readonly Dictionary<ulong, int>? _documents;
    private readonly int _count;

    private HashEmbedder(FeatureRule rule, Dictionary<ulong, int>? documents, int count) => (_rule, _documents, _count) = (rule, documents, count);

    /// <summary>Without an index every feature is equally rare.</summary>
    public static HashEmbedder Plain { get; } = new(FeatureRule.Documents, null, 0);

    /// <summary>Learns from the texts of an index how rare each feature is.</summary>
    public static HashEmbedder Learn(FeatureRule rule, IEnumerable<string> texts)
    {
        var documents = new Dictionary<ulong, int>();
        int count = 0;
        var seen = new HashSet<ulong>();
        foreach (string text in texts)
        {
            seen.Clear();
            TextFeatures.Visit(text, rule, (feature, _) => seen.Add(feature));
            foreach (ulong feature in seen)
            {
                documents[feature] = documents.GetValueOrDefault(feature) + 1;
            }

            count++;
        }

        return new HashEmbedder(rule, documents, count);
    }

    /// <summary>Writes the vector of a text into <paramref name="vector"/>, which has <see cref="Dimension"/> floats; all 0 for a text without words.</summary>
    public void Embed(string text, Span<float> vector)
    {
        var features = new Dictionary<ulong, (float Weight, int Count)>();
        TextFeatures.Visit(text, _rule, (feature, weight) => features[feature] = (weight, features.GetValueOrDefault(feature).Count + 1));
        vector.Clear();
        double unknown = 0;
        foreach ((ulong feature, (float weight, int count)) in features)
        {
            float value = weight * (1 + MathF.Log(count)) * Rarity(feature, out bool known);
            if (!known)
            {
                unknown += value * value;
                continue;
            }

            vector[(int)(feature % (Dimension - 1))] += (feature >> 63) == 0 ? value : -value;
        }

        vector[Dimension - 1] = (float)Math.Sqrt(unknown);
        Normalise(vector);
    }

    // As in BM25: ln(1 + (N - n + 1/2) / (n + 1/2)); a feature of every text weighs next to nothing.
    private float Rarity(ulong feature, out bool known)
    {
        int documents = 0;
        known = _documents is null || _documents.TryGetValue(feature, out documents);
        return _documents is null ? 1 : MathF.Log(1 + ((_count - documents + 0.5f) / (documents + 0.5f)));
    }

    private static void Normalise(Span<float> vector)
    {
        double square = 0;
        foreach (float value in vector)
        {
            square += (double)value * value;
        }

        if (square > 0)
        {
            float scale = (float)(1 / Math.Sqrt(square));
            for (int i = 0; i < vector.Length; i++)
            {
                vector[i] *= scale;
            }
        }
    }
}
