using System.Runtime.InteropServices;

namespace Orchestrator.IR;

// What one thread took for each part of each entry of a pipeline, in ticks of the clock: "" is the pass itself, other names are parts of it.
// Wall is what passed meanwhile, Sum what all threads took together.
internal sealed class PassTimes(TimeProvider clock)
{
    private readonly Dictionary<(int Entry, string Part), (long Sum, long Wall, long Runs)> _ticks = [];

    public long Now => clock.GetTimestamp();

    public IEnumerable<KeyValuePair<(int Entry, string Part), (long Sum, long Wall, long Runs)>> Ticks => _ticks;

    public TimeSpan Elapsed(long ticks) => clock.GetElapsedTime(0, ticks);

    public void Add(int entry, string part, long start) => AddTicks(entry, part, Now - start);

    public void AddTicks(int entry, string part, long ticks)
    {
        ref (long Sum, long Wall, long Runs) place = ref CollectionsMarshal.GetValueRefOrAddDefault(_ticks, (entry, part), out _);
        place = (place.Sum + ticks, place.Wall + ticks, place.Runs + 1);
    }

    // What ran side by side: the work adds up, the time is that of the thread that took longest.
    public void AddSideBySide(IEnumerable<PassTimes> workers)
    {
        foreach (var part in workers.SelectMany(w => w._ticks).GroupBy(t => t.Key, t => t.Value))
        {
            ref (long Sum, long Wall, long Runs) place = ref CollectionsMarshal.GetValueRefOrAddDefault(_ticks, part.Key, out _);
            place = (place.Sum + part.Sum(t => t.Sum), place.Wall + part.Max(t => t.Wall), place.Runs + part.Sum(t => t.Runs));
        }
    }
}
