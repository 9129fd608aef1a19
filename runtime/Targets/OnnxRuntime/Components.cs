namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>A connected region of a map: its outline for a hull, its area and the sum of its values.</summary>
/// <param name="Outline">First and last pixel of each of its rows, enough for its convex hull.</param>
/// <param name="Area">Pixels.</param>
/// <param name="Sum">Sum of the map over them.</param>
internal sealed record Component(List<(float X, float Y)> Outline, int Area, double Sum);

/// <summary>Finds 8-connected regions above a threshold in one pass over runs of pixels, without recursion.</summary>
internal static class Components
{
    private readonly record struct Run(int Row, int Start, int End);

    /// <summary>All regions of <paramref name="map"/> (row-major) whose values exceed <paramref name="threshold"/>.</summary>
    public static List<Component> Find(ReadOnlySpan<float> map, int width, int height, float threshold)
    {
        List<Run> runs = FindRuns(map, width, height, threshold);
        int[] parent = new int[runs.Count];
        for (int i = 0; i < parent.Length; i++)
        {
            parent[i] = i;
        }

        // Two pointers walk the runs of a row and of the row above it.
        int above = 0;
        for (int i = 0; i < runs.Count; i++)
        {
            Run run = runs[i];
            while (above < i && (runs[above].Row < run.Row - 1 || (runs[above].Row == run.Row - 1 && runs[above].End < run.Start - 1)))
            {
                above++;
            }

            for (int j = above; j < i && runs[j].Row == run.Row - 1 && runs[j].Start <= run.End + 1; j++)
            {
                int a = Root(parent, i);
                int b = Root(parent, j);
                parent[Math.Max(a, b)] = Math.Min(a, b);
            }
        }

        return Collect(map, width, runs, parent);
    }

    private static List<Run> FindRuns(ReadOnlySpan<float> map, int width, int height, float threshold)
    {
        var runs = new List<Run>();
        for (int y = 0; y < height; y++)
        {
            ReadOnlySpan<float> row = map.Slice(y * width, width);
            int start = -1;
            for (int x = 0; x <= width; x++)
            {
                bool inside = x < width && row[x] > threshold;
                if (inside && start < 0)
                {
                    start = x;
                }
                else if (!inside && start >= 0)
                {
                    runs.Add(new Run(y, start, x - 1));
                    start = -1;
                }
            }
        }

        return runs;
    }

    private static List<Component> Collect(ReadOnlySpan<float> map, int width, List<Run> runs, int[] parent)
    {
        var found = new Dictionary<int, (List<(float, float)> Outline, int Area, double Sum)>();
        for (int i = 0; i < runs.Count; i++)
        {
            int root = Root(parent, i);
            (List<(float, float)> outline, int area, double sum) = found.TryGetValue(root, out var known) ? known : ([], 0, 0.0);
            (int row, int start, int end) = runs[i];
            outline.Add((start, row));
            outline.Add((end + 1, row));
            outline.Add((start, row + 1));
            outline.Add((end + 1, row + 1));
            foreach (float value in map.Slice((row * width) + start, end - start + 1))
            {
                sum += value;
            }

            found[root] = (outline, area + end - start + 1, sum);
        }

        return [.. found.OrderBy(f => f.Key).Select(f => new Component(f.Value.Outline, f.Value.Area, f.Value.Sum))];
    }

    private static int Root(int[] parent, int i)
    {
        while (parent[i] != i)
        {
            parent[i] = parent[parent[i]];
            i = parent[i];
        }

        return i;
    }
}
