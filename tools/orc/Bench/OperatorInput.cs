using Orchestrator.Compiler.Placing;
using Orchestrator.Compiler.Placing.Serial;

namespace Orchestrator.Cli.Bench;

/// <summary>
/// Made-up operator graphs that depend on a seed and a number of operators alone, on a processor, two different GPUs and an NPU: chains, residual
/// blocks with three parallel products, parallel branches and experts. What an operator takes is its arithmetic and traffic over the device's rates, off
/// by up to 40 %; the NPU lacks a seventh of the operators. The weights fit the processor alone, and the other three together only just.
/// </summary>
internal sealed class OperatorInput
{
    /// <summary>Devices.</summary>
    public const int Devices = 4;

    private const double Fill = 1.05; // room of the accelerators together over all weights, on even seeds; three quarters of it on odd ones
    private const double Nanoseconds = 1e9;

    // FLOP/s, bytes/s, seconds to launch, share of the room.
    private static readonly (double Flops, double Bandwidth, double Launch, double Share)[] Kinds =
        [(2e12, 2e11, 1e-6, 1), (1.2e14, 1.5e12, 4e-6, 0.45), (6e13, 6e11, 4e-6, 0.35), (3e13, 1.2e11, 8e-6, 0.2)];

    private readonly Random _random;
    private readonly List<(double Flops, double Traffic, double Weights, double Out)> _operators = [];
    private readonly List<(int From, int To)> _edges = [];
    private readonly int _count;

    private OperatorInput(int operators, int seed) => (_count, _random) = (operators, new Random(seed));

    /// <summary>The problem of a seed with so many operators, in nanoseconds.</summary>
    /// <param name="operators">How many, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="skips">Whether the first half's blocks are read again in the second half, in reverse order, so that no operator stands between all others.</param>
    public static PlacementProblem Make(int operators, int seed, bool skips = false)
    {
        var input = new OperatorInput(operators, seed);
        int last = input.Operator([]);
        var open = new Stack<int>();
        while (input._operators.Count < operators)
        {
            last = input.Block(last);
            if (skips && input._operators.Count < operators / 2)
            {
                open.Push(last);
            }
            else if (open.TryPop(out int skipped) && input._operators.Count < operators)
            {
                last = input.Operator([last, skipped], weighs: false);
            }
        }

        return input.Problem(seed % 2 == 0 ? Fill : 0.75 * Fill);
    }

    private int Block(int from) => _random.Next(6) switch
    {
        0 => Chain(from, 1 + _random.Next(4)),
        1 or 2 => Attention(from),
        3 => Operator([Chain(from, 3), from]),
        4 => Operator([.. Enumerable.Range(0, 2 + _random.Next(3)).Select(i => Chain(from, 1 + (i + _random.Next(2)) % 2))]),
        _ => Experts(from),
    };

    // Norm, three products, attention, product, residual.
    private int Attention(int from)
    {
        int norm = Operator([from], weighs: false);
        int mixed = Operator([Operator([norm]), Operator([norm]), Operator([norm])], weighs: false);
        return Operator([Operator([mixed]), from], weighs: false);
    }

    private int Experts(int from)
    {
        int gate = Operator([from]);
        return Operator([.. Enumerable.Range(0, 4).Select(_ => Operator([gate])), from], weighs: false);
    }

    private int Chain(int from, int length)
    {
        for (int i = 0; i < length; i++)
        {
            from = Operator([from]);
        }

        return from;
    }

    private int Operator(int[] from, bool weighs = true)
    {
        if (_operators.Count == _count)
        {
            return from[0]; // the graph is full
        }

        double size = Math.Exp(Uniform(-1, 1));
        double weights = weighs && _random.Next(5) > 0 ? 2e7 * size : 0;
        double rows = 8;
        _operators.Add((weights > 0 ? weights * rows : 1e7 * size, weights + 1e6 * size, weights, 3e5 * Math.Exp(Uniform(-1.5, 1))));
        foreach (int before in from.Distinct())
        {
            _edges.Add((before, _operators.Count - 1));
        }

        return _operators.Count - 1;
    }

    private PlacementProblem Problem(double fill)
    {
        double total = _operators.Sum(o => o.Weights);
        long?[][] times = [.. _operators.Select(o => Kinds.Select((k, d) => d == 3 && _random.Next(7) == 0
            ? (long?)null
            : (long)(Nanoseconds * (k.Launch + Math.Max(o.Flops / k.Flops, o.Traffic / k.Bandwidth) * Uniform(0.8, 1.4)))).ToArray())];
        long[][] uses = [.. _operators.Select(o => Kinds.Select((k, d) =>
            (long)Math.Ceiling(PlacementProblem.WholeDevice * o.Weights / (total * (d == 0 ? 1 : fill * k.Share)))).ToArray())];
        SerialData[] data = [.. _edges.Select(e => new SerialData(e.From, e.To, Moves(_operators[e.From].Out)))];
        return SerialProblem.Make(times, uses, data, Devices);
    }

    // Between any two devices over the processor's slots: 10 us, and 24 GB/s; an accelerator to another twice that.
    private static long?[][] Moves(double bytes) => [.. Enumerable.Range(0, Devices).Select(p => Enumerable.Range(0, Devices).Select(q =>
        (long?)(p == q ? 0 : (p == 0 || q == 0 ? 1 : 2) * Nanoseconds * (1e-5 + bytes / 2.4e10))).ToArray())];

    private double Uniform(double low, double high) => low + (high - low) * _random.NextDouble();
}
