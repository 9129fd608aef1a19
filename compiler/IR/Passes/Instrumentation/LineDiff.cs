namespace Orchestrator.IR;

// Which elements of two sequences differ: the shortest edit by Myers' algorithm in linear space. Its work is bounded: where two stretches have more
// than a number of differences, or all the work allowed is done, what is left counts as replaced, which is right though not the shortest.
internal sealed class LineDiff
{
    private const int DifferencesMax = 2048;
    private const long StepsMax = 50_000_000;
    private const int Nowhere = int.MinValue / 2;

    private readonly int[] _a;
    private readonly int[] _b;
    private readonly int[] _forward = new int[(2 * DifferencesMax) + 5];
    private readonly int[] _backward = new int[(2 * DifferencesMax) + 5];
    private long _steps;

    private LineDiff(int[] a, int[] b) => (_a, _b, Removed, Added) = (a, b, new bool[a.Length], new bool[b.Length]);

    // Which elements of the first sequence the second lacks, and the other way round; what is neither is the same in both, in the same order.
    public bool[] Removed { get; }

    public bool[] Added { get; }

    public static LineDiff Of(int[] a, int[] b)
    {
        var diff = new LineDiff(a, b);
        var pending = new Stack<Box>();
        pending.Push(new Box(0, a.Length, 0, b.Length));
        while (pending.TryPop(out Box box))
        {
            box = diff.Trim(box);
            if (box.AStart == box.AEnd || box.BStart == box.BEnd || diff.Middle(box) is not { } middle)
            {
                Array.Fill(diff.Removed, true, box.AStart, box.AEnd - box.AStart);
                Array.Fill(diff.Added, true, box.BStart, box.BEnd - box.BStart);
                continue;
            }

            pending.Push(new Box(box.AStart, box.AStart + middle.X, box.BStart, box.BStart + middle.Y));
            pending.Push(new Box(box.AStart + middle.XEnd, box.AEnd, box.BStart + middle.YEnd, box.BEnd));
        }

        return diff;
    }

    private Box Trim(Box box)
    {
        (int aStart, int aEnd, int bStart, int bEnd) = box;
        while (aStart < aEnd && bStart < bEnd && _a[aStart] == _b[bStart])
        {
            (aStart, bStart) = (aStart + 1, bStart + 1);
        }

        while (aStart < aEnd && bStart < bEnd && _a[aEnd - 1] == _b[bEnd - 1])
        {
            (aEnd, bEnd) = (aEnd - 1, bEnd - 1);
        }

        return new Box(aStart, aEnd, bStart, bEnd);
    }

    // The run of equal elements in the middle of a shortest edit, searched from both ends at once; null when that is too much work.
    private (int X, int Y, int XEnd, int YEnd)? Middle(Box box)
    {
        int n = box.AEnd - box.AStart;
        int m = box.BEnd - box.BStart;
        int delta = n - m;
        const int zero = DifferencesMax + 2;
        _forward[zero + 1] = _backward[zero + 1] = 0;
        _forward[zero - 1] = _backward[zero - 1] = Nowhere;
        int last = Math.Min(DifferencesMax, (n + m + 1) / 2);
        for (int d = 0; d <= last; d++)
        {
            if (d > 0)
            {
                _forward[zero + d + 1] = _forward[zero - d - 1] = _backward[zero + d + 1] = _backward[zero - d - 1] = Nowhere;
            }

            for (int k = -d; k <= d; k += 2)
            {
                (int x, int end) = Step(_forward, zero, d, k, box, 1);
                if (end >= 0 && (delta & 1) != 0 && Math.Abs(delta - k) < d && end + _backward[zero + delta - k] >= n)
                {
                    return (x, x - k, end, end - k);
                }
            }

            for (int k = -d; k <= d; k += 2)
            {
                (int x, int end) = Step(_backward, zero, d, k, box, -1);
                if (end >= 0 && (delta & 1) == 0 && Math.Abs(delta - k) <= d && end + _forward[zero + delta - k] >= n)
                {
                    return (n - end, m - (end - k), n - x, m - (x - k));
                }
            }

            if (_steps > StepsMax)
            {
                return null;
            }
        }

        return null;
    }

    // The furthest place on diagonal k with d differences, and where the run of equal elements before it begins; Nowhere when it is outside.
    private (int X, int End) Step(int[] furthest, int zero, int d, int k, Box box, int direction)
    {
        int n = box.AEnd - box.AStart;
        int m = box.BEnd - box.BStart;
        int x = k == -d || (k != d && furthest[zero + k - 1] < furthest[zero + k + 1]) ? furthest[zero + k + 1] : furthest[zero + k - 1] + 1;
        int end = x;
        _steps++;
        if (x < 0 || x > n || x - k < 0 || x - k > m)
        {
            furthest[zero + k] = Nowhere;
            return (Nowhere, Nowhere);
        }

        while (end < n && end - k < m && (direction > 0
            ? _a[box.AStart + end] == _b[box.BStart + end - k]
            : _a[box.AEnd - 1 - end] == _b[box.BEnd - 1 - (end - k)]))
        {
            end++;
        }

        _steps += end - x;
        furthest[zero + k] = end;
        return (x, end);
    }

    private readonly record struct Box(int AStart, int AEnd, int BStart, int BEnd);
}
