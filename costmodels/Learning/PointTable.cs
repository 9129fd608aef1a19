using System.Collections.Immutable;

namespace Orchestrator.CostModels.Learning;

/// <summary>
/// Points with smooth features and group labels by name. Labels are kept as dense ids; an empty label is unknown (−1) and matches nothing,
/// not even itself in another point. A feature that is not a number is unknown too.
/// </summary>
/// <param name="features">Names of the smooth features.</param>
/// <param name="labels">Names of the label columns.</param>
public sealed class PointTable(ImmutableArray<string> features, ImmutableArray<string> labels)
{
    // Column-major, grown by doubling: kernels walk one column over all points.
    private readonly double[][] featureColumns = [.. features.Select(_ => new double[16])];
    private readonly int[][] labelColumns = [.. labels.Select(_ => new int[16])];
    private readonly Dictionary<string, int>[] ids = [.. labels.Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
    private readonly List<string>[] texts = [.. labels.Select(_ => new List<string>())];

    /// <summary>Names of the smooth features.</summary>
    public ImmutableArray<string> FeatureNames => features;

    /// <summary>Names of the label columns.</summary>
    public ImmutableArray<string> LabelNames => labels;

    /// <summary>Points added so far.</summary>
    public int Count { get; private set; }

    /// <summary>Adds a point.</summary>
    /// <exception cref="ArgumentException">Other numbers of features or labels than the table has columns.</exception>
    public void Add(ReadOnlySpan<double> pointFeatures, ReadOnlySpan<string> pointLabels)
    {
        Check(pointFeatures.Length, pointLabels.Length);
        for (int f = 0; f < pointFeatures.Length; f++)
        {
            Grow(ref featureColumns[f]);
            featureColumns[f][Count] = pointFeatures[f];
        }

        for (int l = 0; l < pointLabels.Length; l++)
        {
            Grow(ref labelColumns[l]);
            labelColumns[l][Count] = IdOrNew(l, pointLabels[l]);
        }

        Count++;
    }

    /// <summary>The ids of labels; −1 for one that is empty or that no point of the table has.</summary>
    /// <exception cref="ArgumentException">Another number of labels than the table has columns.</exception>
    public int[] Ids(ReadOnlySpan<string> pointLabels)
    {
        Check(features.Length, pointLabels.Length);
        int[] found = new int[pointLabels.Length];
        for (int l = 0; l < found.Length; l++)
        {
            found[l] = ids[l].GetValueOrDefault(pointLabels[l], -1);
        }

        return found;
    }

    /// <summary>The text of a label of a point; empty where unknown.</summary>
    public string Label(int point, int column) => labelColumns[column][point] is >= 0 and int id ? texts[column][id] : "";

    /// <summary>A feature of a point.</summary>
    public double Feature(int point, int column) => featureColumns[column][point];

    /// <summary>A feature of all points; entries from <see cref="Count"/> on mean nothing.</summary>
    internal double[] FeatureColumn(int column) => featureColumns[column];

    /// <summary>A label of all points as ids; entries from <see cref="Count"/> on mean nothing.</summary>
    internal int[] LabelColumn(int column) => labelColumns[column];

    /// <summary>The features of a point, in the order of the names.</summary>
    public double[] FeaturesOf(int point) => [.. featureColumns.Select(c => c[point])];

    /// <summary>The labels of a point as ids, in the order of the names.</summary>
    public int[] LabelsOf(int point) => [.. labelColumns.Select(c => c[point])];

    /// <summary>Takes points of another table with the same columns; ids stay those of that table and texts are not copied.</summary>
    internal void CopyFrom(PointTable other, ReadOnlySpan<int> chosen)
    {
        foreach (int point in chosen)
        {
            for (int f = 0; f < featureColumns.Length; f++)
            {
                Grow(ref featureColumns[f]);
                featureColumns[f][Count] = other.featureColumns[f][point];
            }

            for (int l = 0; l < labelColumns.Length; l++)
            {
                Grow(ref labelColumns[l]);
                labelColumns[l][Count] = other.labelColumns[l][point];
            }

            Count++;
        }
    }

    private void Grow<T>(ref T[] column)
    {
        if (column.Length == Count)
        {
            Array.Resize(ref column, Count * 2);
        }
    }

    private int IdOrNew(int column, string text)
    {
        if (text.Length == 0)
        {
            return -1;
        }

        if (!ids[column].TryGetValue(text, out int id))
        {
            id = texts[column].Count;
            ids[column].Add(text, id);
            texts[column].Add(text);
        }

        return id;
    }

    private void Check(int featureCount, int labelCount)
    {
        if (featureCount != features.Length || labelCount != labels.Length)
        {
            throw new ArgumentException($"{featureCount} features and {labelCount} labels for a table of {features.Length} and {labels.Length}");
        }
    }
}
