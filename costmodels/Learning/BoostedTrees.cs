using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.CostModels.Learning;

/// <summary>How trees are grown.</summary>
public sealed record BoostingOptions
{
    /// <summary>Trees, at least 0. Default 150.</summary>
    public int Trees { get; init; } = 150;

    /// <summary>Splits from root to leaf, 1 to 4. Default 3.</summary>
    public int Depth { get; init; } = 3;

    /// <summary>Share of each tree that is added, above 0 and at most 1. Default 0.06.</summary>
    public double Shrinkage { get; init; } = 0.06;

    /// <summary>Least weight of the rows of a leaf. Default 8.</summary>
    public double LeafWeight { get; init; } = 8;

    /// <summary>Weight of imaginary rows with residual 0 in each leaf; draws small leaves to 0. Default 2.</summary>
    public double LeafShrinkage { get; init; } = 2;

    /// <summary>Share of the features that each tree may use, above 0 and at most 1. Default 0.6.</summary>
    public double FeatureShare { get; init; } = 0.6;

    /// <summary>Share of the rows that each tree sees, above 0 and at most 1. Default 0.7.</summary>
    public double RowShare { get; init; } = 0.7;

    /// <summary>What all chance comes from.</summary>
    public ulong Seed { get; init; } = 1;
}

/// <summary>
/// Gradient boosting of small trees for the absolute loss (Friedman, "Greedy function approximation", 2001, LAD_TreeBoost): splits are chosen on the signs of
/// the residuals over at most 63 histogram bins per feature, leaves take the weighted median. A feature that is not a number always goes left.
/// </summary>
public sealed class BoostedTrees
{
    private const int Bins = 64; // bin 0 is for what is not a number
    private const string Header = "tree,node,feature,threshold,value";

    private readonly ImmutableArray<Node[]> trees;

    private BoostedTrees(ImmutableArray<Node[]> trees) => this.trees = trees;

    /// <summary>Trees grown.</summary>
    public int Count => trees.Length;

    /// <summary>Fits.</summary>
    /// <param name="rows">The features of each row, all of one length.</param>
    /// <param name="values">One per row.</param>
    /// <param name="weights">One per row, at least 0.</param>
    /// <param name="options">Null for the defaults.</param>
    /// <param name="token">Looked at before each tree.</param>
    /// <exception cref="ArgumentException">The lengths differ.</exception>
    public static BoostedTrees Fit(IReadOnlyList<double[]> rows, double[] values, double[] weights, BoostingOptions? options = null, CancellationToken token = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(weights);
        if (values.Length != rows.Count || weights.Length != rows.Count)
        {
            throw new ArgumentException($"{rows.Count} rows need as many values ({values.Length}) and weights ({weights.Length})");
        }

        options ??= new BoostingOptions();
        var grower = new Grower(rows, values, weights, options);
        var grown = new List<Node[]>();
        for (int t = 0; t < options.Trees && rows.Count > 0; t++)
        {
            token.ThrowIfCancellationRequested();
            grown.Add(grower.Grow(t));
        }

        return new BoostedTrees([.. grown]);
    }

    /// <summary>The sum of the leaves that a row falls into.</summary>
    public double Predict(ReadOnlySpan<double> features)
    {
        double sum = 0;
        foreach (Node[] tree in trees)
        {
            sum += tree[Leaf(tree, features)].Value;
        }

        return sum;
    }

    /// <summary>Writes the nodes as a comma-separated table: node i has children 2i+1 and 2i+2; a leaf has no feature.</summary>
    public void Save(TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(writer);
        writer.Write(Header + "\n");
        for (int t = 0; t < trees.Length; t++)
        {
            for (int i = 0; i < trees[t].Length; i++)
            {
                Node node = trees[t][i];
                if (node.Used)
                {
                    string split = node.Feature < 0 ? "," : string.Create(CultureInfo.InvariantCulture, $"{node.Feature},{node.Threshold:R}");
                    writer.Write(string.Create(CultureInfo.InvariantCulture, $"{t},{i},{split},{node.Value:R}\n"));
                }
            }
        }
    }

    /// <summary>Reads what <see cref="Save"/> wrote.</summary>
    /// <exception cref="TableException">A field cannot be read.</exception>
    public static BoostedTrees Load(TextReader reader)
    {
        var found = new List<Node[]>();
        foreach (TableRow row in Table.Parse(reader).Rows)
        {
            int tree = (int)(row.Number("tree") ?? -1);
            int node = (int)(row.Number("node") ?? -1);
            if (tree < 0 || tree > found.Count || node < 0 || node > 30)
            {
                throw new TableException(row.Line, "node", $"no place for node {node} of tree {tree}", "save the trees again");
            }

            if (tree == found.Count)
            {
                found.Add(new Node[31]);
            }

            found[tree][node] = new Node(true, (int)(row.Number("feature") ?? -1), row.Number("threshold") ?? 0, row.Number("value") ?? 0);
        }

        return new BoostedTrees([.. found]);
    }

    private static int Leaf(Node[] tree, ReadOnlySpan<double> features)
    {
        int at = 0;
        while (tree[at].Feature >= 0)
        {
            at = (2 * at) + (features[tree[at].Feature] > tree[at].Threshold ? 2 : 1);
        }

        return at;
    }

    // What is above the threshold goes right.
    private readonly record struct Node(bool Used, int Feature, double Threshold, double Value);

    private sealed class Grower
    {
        private readonly IReadOnlyList<double[]> rows;
        private readonly double[] weights;
        private readonly BoostingOptions options;
        private readonly double[][] edges; // per feature: upper edge of bins 1, 2, …
        private readonly byte[][] binned; // per feature, per row
        private readonly double[] residuals;
        private readonly int[] leafOf;
        private readonly double[] slopes = new double[Bins];
        private readonly double[] masses = new double[Bins];

        public Grower(IReadOnlyList<double[]> rows, double[] values, double[] weights, BoostingOptions options)
        {
            this.rows = rows;
            this.weights = weights;
            this.options = options;
            residuals = [.. values];
            leafOf = new int[rows.Count];
            int features = rows.Count == 0 ? 0 : rows[0].Length;
            edges = [.. Enumerable.Range(0, features).Select(Edges)];
            binned = [.. Enumerable.Range(0, features).Select(f => (byte[])[.. rows.Select(r => Bin(edges[f], r[f]))])];
        }

        public Node[] Grow(int number)
        {
            ulong seed = options.Seed + ((ulong)number * 0x9E3779B97F4A7C15UL);
            for (int i = 0; i < leafOf.Length; i++)
            {
                leafOf[i] = Chance($"row {i}", seed) < options.RowShare ? 0 : -1;
            }

            int[] features = [.. Enumerable.Range(0, edges.Length).Where(f => edges[f].Length > 1 && Chance($"feature {f}", seed) < options.FeatureShare)];
            var tree = new Node[31];
            for (int first = 0, level = 0; level < options.Depth; first = (2 * first) + 1, level++)
            {
                for (int node = first; node <= 2 * first; node++)
                {
                    Split(tree, node, features);
                }
            }

            FillLeaves(tree);
            for (int i = 0; i < residuals.Length; i++)
            {
                residuals[i] -= tree[Leaf(tree, rows[i])].Value;
            }

            return tree;
        }

        private static double Chance(string what, ulong seed) => (Folds.Hash(what, seed) >> 11) * (1.0 / (1UL << 53));

        private double[] Edges(int feature)
        {
            double[] sorted = [.. rows.Select(r => r[feature]).Where(v => !double.IsNaN(v)).Order()];
            double[] distinct = [.. sorted.Distinct()];
            return distinct.Length < Bins
                ? distinct
                : [.. Enumerable.Range(1, Bins - 1).Select(b => sorted[(int)((long)b * (sorted.Length - 1) / (Bins - 1))]).Distinct()];
        }

        private static byte Bin(double[] edges, double value)
        {
            if (double.IsNaN(value))
            {
                return 0;
            }

            int found = Array.BinarySearch(edges, value);
            return (byte)(1 + Math.Min(found >= 0 ? found : ~found, edges.Length - 1));
        }

        private void Split(Node[] tree, int node, int[] features)
        {
            (int Feature, int Bin, double Gain) best = (-1, 0, 1e-9);
            foreach (int f in features)
            {
                (int bin, double gain) = BestBin(f, node);
                if (gain > best.Gain)
                {
                    best = (f, bin, gain);
                }
            }

            if (best.Feature < 0)
            {
                return;
            }

            tree[node] = new Node(true, best.Feature, edges[best.Feature][best.Bin - 1], 0);
            byte[] bins = binned[best.Feature];
            for (int i = 0; i < leafOf.Length; i++)
            {
                if (leafOf[i] == node)
                {
                    leafOf[i] = (2 * node) + (bins[i] > best.Bin ? 2 : 1);
                }
            }
        }

        private (int Bin, double Gain) BestBin(int feature, int node)
        {
            Array.Clear(slopes);
            Array.Clear(masses);
            double slope = 0, mass = 0;
            byte[] bins = binned[feature];
            for (int i = 0; i < leafOf.Length; i++)
            {
                if (leafOf[i] == node)
                {
                    double signed = weights[i] * Math.Sign(residuals[i]);
                    slopes[bins[i]] += signed;
                    masses[bins[i]] += weights[i];
                    slope += signed;
                    mass += weights[i];
                }
            }

            double parent = Score(slope, mass), leftSlope = slopes[0], leftMass = masses[0];
            (int Bin, double Gain) best = (0, 0);
            for (int b = 1; b < edges[feature].Length; b++)
            {
                leftSlope += slopes[b];
                leftMass += masses[b];
                if (leftMass < options.LeafWeight || mass - leftMass < options.LeafWeight)
                {
                    continue;
                }

                double gain = Score(leftSlope, leftMass) + Score(slope - leftSlope, mass - leftMass) - parent;
                best = gain > best.Gain ? (b, gain) : best;
            }

            return best;
        }

        private double Score(double slope, double mass) => slope * slope / (mass + options.LeafShrinkage);

        private void FillLeaves(Node[] tree)
        {
            foreach (IGrouping<int, int> leaf in Enumerable.Range(0, leafOf.Length).Where(i => leafOf[i] >= 0).GroupBy(i => leafOf[i]))
            {
                (double, double)[] weighted = [.. leaf.Select(i => (residuals[i], weights[i])), (0, options.LeafShrinkage)];
                tree[leaf.Key] = new Node(true, -1, 0, options.Shrinkage * WeightedQuantile.Of(weighted, 0.5));
            }

            for (int i = 0; i < tree.Length; i++)
            {
                // A place that no row fell into is a leaf of 0.
                tree[i] = tree[i].Used ? tree[i] : new Node(i == 0 || tree[(i - 1) / 2] is { Used: true, Feature: >= 0 }, -1, 0, 0);
            }
        }
    }
}
