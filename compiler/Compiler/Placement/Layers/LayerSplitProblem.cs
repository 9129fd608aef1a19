using System.Collections.Immutable;

namespace Orchestrator.Compiler.Placing.Layers;

/// <summary>A kind of machine that can hold a stretch of a model's layers.</summary>
/// <param name="Device">Index into <see cref="LayerSplitProblem.Counts"/>: what it is made of.</param>
/// <param name="Takes">Devices of one machine, at least 1.</param>
/// <param name="Place">Index of its place.</param>
/// <param name="Price">What a machine costs, in any unit, at least 0.</param>
/// <param name="Rates">Tokens a second by number of layers, from one layer on up to the most that fit; above 0.</param>
/// <param name="Seconds">Seconds that a token takes there, by number of layers; as long as <paramref name="Rates"/>.</param>
internal sealed record LayerMachine(int Device, int Takes, int Place, double Price, double[] Rates, double[] Seconds)
{
    /// <summary>Most layers that fit.</summary>
    public int Most => Rates.Length;
}

/// <summary>A way between two places, or between machines of one.</summary>
/// <param name="Bandwidth">Bytes a second of all tokens on it together; between machines of one place, of one machine. May be infinite.</param>
/// <param name="Latency">Seconds that a token's data is under way.</param>
internal sealed record LayerLink(double Bandwidth, double Latency);

/// <summary>
/// Put a contiguous stretch of a model's layers on each machine so that tokens flow through all layers, as in Helix (arXiv 2406.01566, section 4): a flow
/// from layer 0 to the last over nodes (boundary between layers, place); a machine that holds the layers s to e is an arc from boundary s to e whose
/// flow is at most its rate for e − s layers, and data moves between places on arcs whose flow times the bytes of a token is at most the bandwidth.
/// Machines of a kind that hold the same layers are counted, not named. Only machines cost anything here.
/// </summary>
internal sealed record LayerSplitProblem
{
    /// <summary>Layers of the model, at least 1.</summary>
    public required int Layers { get; init; }

    /// <summary>Devices in hand, by index.</summary>
    public required int[] Counts { get; init; }

    /// <summary>The kinds.</summary>
    public required LayerMachine[] Machines { get; init; }

    /// <summary>By place, then place: the way; null where there is none. Both directions are ways of their own.</summary>
    public required LayerLink?[][] Links { get; init; }

    /// <summary>Bytes that move between machines for a token.</summary>
    public double BytesPerToken { get; init; }

    /// <summary>Most seconds that a token may take from layer 0 through the last and back to where it started; infinite where nothing is promised.</summary>
    public double SecondsMost { get; init; } = double.PositiveInfinity;

    /// <summary>Number of places.</summary>
    public int Places => Links.Length;

    /// <summary>Most machines of a kind.</summary>
    public int CountOf(int machine) => Counts[Machines[machine].Device] / Machines[machine].Takes;

    /// <summary>Tokens a second of a machine with some layers, the way in and out of it included.</summary>
    public double RateOf(int machine, int layers)
    {
        LayerMachine m = Machines[machine];
        bool whole = layers == Layers;
        double way = whole || BytesPerToken <= 0 ? double.PositiveInfinity : (Links[m.Place][m.Place]?.Bandwidth ?? double.PositiveInfinity) / BytesPerToken;
        return Math.Min(m.Rates[layers - 1], way);
    }

    /// <summary>Most tokens a second from one place to another; infinite inside a place, 0 without a way.</summary>
    public double TokensOn(int from, int to) => from == to
        ? Links[from][to] is null ? 0 : double.PositiveInfinity
        : Links[from][to] is not { } link ? 0 : BytesPerToken > 0 ? link.Bandwidth / BytesPerToken : double.PositiveInfinity;

    /// <summary>Seconds from one machine to another; null without a way.</summary>
    public double? Hop(int from, int to) => Links[from][to] is { } link
        ? link.Latency + (double.IsInfinity(link.Bandwidth) ? 0 : BytesPerToken / link.Bandwidth)
        : null;

    /// <summary>Seconds that a token takes back from the last layer to the first, whose data is a few bytes.</summary>
    public double? Back(int from, int to) => from == to ? 0 : Links[from][to]?.Latency;
}

/// <summary>Machines of one kind that hold the same layers.</summary>
/// <param name="Machine">The kind.</param>
/// <param name="First">First layer, from 0.</param>
/// <param name="End">The layer after the last.</param>
/// <param name="Count">Machines, at least 1.</param>
/// <param name="Flow">Tokens a second through all of them.</param>
internal sealed record LayerHolding(int Machine, int First, int End, int Count, double Flow);

/// <summary>Tokens that change machines at a boundary.</summary>
/// <param name="Boundary">Layers done before.</param>
/// <param name="From">Place.</param>
/// <param name="To">Place; equal to <paramref name="From"/> between machines of one place.</param>
/// <param name="Flow">Tokens a second.</param>
internal sealed record LayerHop(int Boundary, int From, int To, double Flow);

/// <summary>Which machines hold what.</summary>
/// <param name="Holdings">By first layer, then last, then kind.</param>
/// <param name="Hops">By boundary, then places.</param>
/// <param name="Home">The place where tokens start and to which they come back.</param>
/// <param name="Price">Of all machines.</param>
/// <param name="Flow">Tokens a second that it carries.</param>
/// <param name="SecondsMost">Of a token on the slowest way through, and back.</param>
internal sealed record LayerPlan(ImmutableArray<LayerHolding> Holdings, ImmutableArray<LayerHop> Hops, int Home, double Price, double Flow, double SecondsMost);

/// <summary>A plan and what no plan can beat.</summary>
/// <param name="Plan">The best found; null where none was.</param>
/// <param name="Bound">Of the objective: no plan is cheaper, or carries more.</param>
/// <param name="Proved">Whether the plan is the best, or no plan exists.</param>
internal sealed record LayerAnswer(LayerPlan? Plan, double Bound, bool Proved);
