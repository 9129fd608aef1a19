namespace Orchestrator.Cli.Papers.Placing;

/// <summary>
/// Devices of a machine split into whole groups that read prompts and the rest that writes answers (CloudMatrix384, arXiv 2506.12708). Requests a
/// second are those of the slower side.
/// </summary>
/// <param name="Devices">In all.</param>
/// <param name="Group">Devices of a group that reads.</param>
/// <param name="Read">Requests per second that a device reads.</param>
/// <param name="Write">Requests per second that a device writes.</param>
internal sealed record PoolSplit(int Devices, int Group, double Read, double Write)
{
    /// <summary>Groups that read when both sides keep pace, rounded to the better neighbour.</summary>
    public int InStep()
    {
        int below = (int)Math.Floor(Devices * Write / (Read + Write) / Group);
        return below < Devices / Group && Requests(below + 1) > Requests(below) ? below + 1 : below;
    }

    /// <summary>The best number of groups, every one tried.</summary>
    public int Tried() => Enumerable.Range(0, Devices / Group + 1).MaxBy(Requests);

    /// <summary>Requests a second with so many groups that read.</summary>
    public double Requests(int groups) => Math.Min(groups * Group * Read, (Devices - groups * Group) * Write);
}
