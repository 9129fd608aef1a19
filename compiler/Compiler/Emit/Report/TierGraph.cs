using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit.Report;

/// <summary>The picture of a plan: a lane for every device in use, tasks from left to right as their data flows.</summary>
internal static class TierGraph
{
    private const double LabelWidth = 150;
    private const double PageWidth = 1080;
    private const double WidestColumn = 148;
    private const double NarrowestColumn = 112;
    private const double Gap = 24;
    private const double BoxHeight = 40;
    private const double RowHeight = 52;
    private const double LanePadding = 8;
    private static readonly string[] Tiers = ["person", "endpoint", "cpu", "npu", "gpu"];

    /// <summary>The picture.</summary>
    public static string Draw(DeploymentPlan plan)
    {
        int[] depth = Depths(plan.Graph);
        Candidate[] pools = [.. plan.Graph.Tasks.Select(t => plan.Estimates.Candidates[plan.Placement.Assignments.First(a => a.Task == t.Id).Candidate])];
        Dictionary<string, Device> devices = plan.Fleet.WithPerson().Devices.ToDictionary(d => d.Name, StringComparer.Ordinal);
        string[] lanes = [.. pools.Select(p => p.Device).Distinct().OrderBy(d => Array.IndexOf(Tiers, devices[d].Tier)).ThenBy(d => d, StringComparer.Ordinal)];
        int[] row = Rows(pools, depth);
        int[] rowsOf = [.. lanes.Select(l => 1 + plan.Graph.Tasks.Where(t => pools[t.Id].Device == l).Max(t => row[t.Id]))];
        double[] top = new double[lanes.Length + 1];
        for (int l = 0; l < lanes.Length; l++)
        {
            top[l + 1] = top[l] + rowsOf[l] * RowHeight + 2 * LanePadding;
        }

        int columns = depth.DefaultIfEmpty(0).Max() + 1;
        double column = Math.Clamp((PageWidth - LabelWidth) / columns, NarrowestColumn, WidestColumn);
        double box = column - Gap;
        double width = LabelWidth + columns * column;
        var svg = new Svg(width, top[^1] + 1, $"{plan.Graph.Name}: tasks on the devices that serve them");
        for (int l = 0; l < lanes.Length; l++)
        {
            Lane(svg, plan, devices[lanes[l]], width, top[l], top[l + 1] - top[l]);
        }

        (double X, double Y) Corner(int task)
        {
            int lane = Array.IndexOf(lanes, pools[task].Device);
            return (LabelWidth + depth[task] * column, top[lane] + LanePadding + row[task] * RowHeight + (RowHeight - BoxHeight) / 2);
        }

        foreach (GraphEdge edge in plan.Graph.Edges)
        {
            (double x1, double y1) = Corner(edge.From);
            (double x2, double y2) = Corner(edge.To);
            (x1, y1, y2) = (x1 + box, y1 + BoxHeight / 2, y2 + BoxHeight / 2);
            double bend = Math.Max(16, (x2 - x1) / 2);
            svg.Path($"M{Svg.At(x1, y1)} C{Svg.At(x1 + bend, y1)} {Svg.At(x2 - bend, y2)} {Svg.At(x2, y2)}", "edge",
                $"{plan.Graph.Tasks[edge.From].Name} to {plan.Graph.Tasks[edge.To].Name}" + (edge.Data is { } data ? $": {data}" : "") + (edge.Streams ? ", streamed" : ""));
        }

        foreach (GraphTask task in plan.Graph.Tasks)
        {
            (double x, double y) = Corner(task.Id);
            Candidate pool = pools[task.Id];
            Estimate estimate = pool.Estimates[pool.Tasks.IndexOf(task.Id)];
            string time = PlanText.Time(estimate.P50.Likely);
            string often = Math.Abs(task.Executions - 1) < 1e-9 ? "" : string.Create(CultureInfo.InvariantCulture, $" ×{Quantity.Digits(task.Executions)}");
            svg.Box(x, y, box, BoxHeight, "box " + devices[pool.Device].Tier, $"{task.Name} on {PlanText.Devices(pool)} {pool.Configuration}: p50 {time}, p95 {PlanText.Time(estimate.P95.Likely)}");
            svg.Text(x + 8, y + 17, Svg.Cut(task.Name, (int)(box / 6.9)));
            svg.Text(x + 8, y + 32, time + often, "soft");
        }

        return svg.ToString();
    }

    private static void Lane(Svg svg, DeploymentPlan plan, Device device, double width, double top, double height)
    {
        MachineUse? use = plan.Placement.Machines.FirstOrDefault(m => m.Device == device.Name);
        svg.Box(0.5, top + 0.5, width - 1, height - 4, "lane");
        svg.Text(10, top + 24, Svg.Cut(use is { Count: > 1 } ? $"{device.Name} ×{use.Count}" : device.Name, 19));
        svg.Text(10, top + 40, device.Tier + (use?.CostPerHour is { } cost ? $", {cost}/h" : ""), "soft");
    }

    // Longest way from a source; data of a loop's next round may run backwards, so ways are no longer than there are tasks.
    private static int[] Depths(TaskGraph graph)
    {
        int[] depth = new int[graph.Tasks.Length];
        for (int round = 0; round < graph.Tasks.Length; round++)
        {
            bool changed = false;
            foreach (GraphEdge edge in graph.Edges.Where(e => e.From < e.To && depth[e.To] <= depth[e.From]))
            {
                depth[edge.To] = depth[edge.From] + 1;
                changed = true;
            }

            if (!changed)
            {
                break;
            }
        }

        return depth;
    }

    // Tasks of one device at one depth stand below each other.
    private static int[] Rows(Candidate[] pools, int[] depth)
    {
        var taken = new Dictionary<(string, int), int>();
        int[] row = new int[pools.Length];
        for (int t = 0; t < pools.Length; t++)
        {
            (string, int) place = (pools[t].Device, depth[t]);
            row[t] = taken.GetValueOrDefault(place);
            taken[place] = row[t] + 1;
        }

        return row;
    }
}
