namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>The rectangle of least area around points: one side of it lies on a side of their convex hull.</summary>
internal static class MinimumRectangle
{
    /// <summary>The rectangle, with its angle in (-π/4, π/4].</summary>
    public static TurnedBox Around(List<(float X, float Y)> points)
    {
        List<(float X, float Y)> hull = Hull(points);
        TurnedBox best = Aligned(hull, 0);
        for (int i = 0; i < hull.Count; i++)
        {
            (float x1, float y1) = hull[i];
            (float x2, float y2) = hull[(i + 1) % hull.Count];
            float angle = MathF.Atan2(y2 - y1, x2 - x1);
            angle -= MathF.PI / 2 * MathF.Round(angle / (MathF.PI / 2));
            TurnedBox box = Aligned(hull, angle);
            if (box.Width * box.Height < best.Width * best.Height - 1e-3f)
            {
                best = box;
            }
        }

        return best;
    }

    private static TurnedBox Aligned(List<(float X, float Y)> hull, float angle)
    {
        (float sin, float cos) = MathF.SinCos(angle);
        float minU = float.MaxValue, maxU = float.MinValue, minV = float.MaxValue, maxV = float.MinValue;
        foreach ((float x, float y) in hull)
        {
            float u = (x * cos) + (y * sin);
            float v = (y * cos) - (x * sin);
            (minU, maxU) = (Math.Min(minU, u), Math.Max(maxU, u));
            (minV, maxV) = (Math.Min(minV, v), Math.Max(maxV, v));
        }

        float middleU = (minU + maxU) / 2;
        float middleV = (minV + maxV) / 2;
        return new TurnedBox((middleU * cos) - (middleV * sin), (middleU * sin) + (middleV * cos), maxU - minU, maxV - minV, angle);
    }

    // Andrew's monotone chain.
    private static List<(float X, float Y)> Hull(List<(float X, float Y)> points)
    {
        points.Sort();
        if (points.Count < 3)
        {
            return points;
        }

        var hull = new List<(float X, float Y)>();
        for (int pass = 0; pass < 2; pass++)
        {
            int floor = hull.Count + 1;
            for (int k = 0; k < points.Count; k++)
            {
                (float X, float Y) p = points[pass == 0 ? k : points.Count - 1 - k];
                while (hull.Count > floor && Cross(hull[^2], hull[^1], p) <= 0)
                {
                    hull.RemoveAt(hull.Count - 1);
                }

                hull.Add(p);
            }

            hull.RemoveAt(hull.Count - 1);
        }

        return hull;
    }

    private static float Cross((float X, float Y) o, (float X, float Y) a, (float X, float Y) b) =>
        ((a.X - o.X) * (b.Y - o.Y)) - ((a.Y - o.Y) * (b.X - o.X));
}
