namespace Orchestrator.Compiler.Placing;

/// <summary>
/// Links that what a workflow moves at its rate could fill, each direction by itself: no plan may load one beyond <see cref="MostLoad"/>. A link that
/// everything together cannot fill, whatever is chosen, limits nothing and is left out.
/// </summary>
internal sealed class NarrowLinks
{
    /// <summary>Share of its bandwidth that a link may carry on average; the rest is for what comes in bursts.</summary>
    public const double MostLoad = 0.85;

    private readonly Dictionary<(string From, string To), int> _device = [];

    /// <summary>No link, as without a rate.</summary>
    public static NarrowLinks None { get; } = new();

    /// <summary>From the links that carry something: place, place and the most bytes a second of each edge over it.</summary>
    /// <param name="loads">By edge: the link and the share of <see cref="MostLoad"/> of it that the edge can take.</param>
    /// <param name="firstDevice">Number of the device that stands for the first narrow link.</param>
    public static NarrowLinks Of(IEnumerable<IEnumerable<((string From, string To) Link, double Share)>> loads, int firstDevice)
    {
        var most = new Dictionary<(string, string), double>();
        foreach (IEnumerable<((string, string) Link, double Share)> edge in loads)
        {
            foreach (IGrouping<(string, string), ((string, string) Link, double Share)> link in edge.GroupBy(l => l.Link))
            {
                most[link.Key] = most.GetValueOrDefault(link.Key) + link.Max(l => l.Share);
            }
        }

        var narrow = new NarrowLinks();
        foreach ((string From, string To) link in most.Where(m => m.Value > 1).Select(m => m.Key).Order())
        {
            narrow._device.Add(link, firstDevice + narrow._device.Count);
        }

        return narrow;
    }

    /// <summary>How many there are.</summary>
    public int Count => _device.Count;

    /// <summary>Their names, for people, in the order of their devices.</summary>
    public IEnumerable<string> Names => _device.Keys.Select(l => l.From == l.To ? $"the link inside {l.From}" : $"the link from {l.From} to {l.To}");

    /// <summary>A move with what it takes of its link.</summary>
    public Move Carried(Move move, (string From, string To) link, double share) => _device.TryGetValue(link, out int device)
        ? move with { Link = device, Load = (long)Math.Ceiling(share * PlacementProblem.WholeDevice - 1e-6) }
        : move;
}
