using Orchestrator.CostModels;

namespace Orchestrator.Cli.Papers;

/// <summary>A row of servers that was played: each reads a prompt at its peak and then writes an answer at less, half of them at low priority.</summary>
/// <param name="Servers">How many.</param>
/// <param name="Brakes">Steps in which the row drew more than its budget.</param>
/// <param name="Highest">Its highest draw as a share of the budget.</param>
/// <param name="LowLocked">Share of the time that clocks of low priority were locked.</param>
/// <param name="HighPriorityLoss">Share of performance that requests of high priority lose, at the 99th percentile of windows of 30 s.</param>
internal sealed record PowerRow(int Servers, int Brakes, double Highest, double LowLocked, double HighPriorityLoss)
{
    /// <summary>Steps of a play, of a tenth of a second.</summary>
    public const int Steps = 36_000;

    /// <summary>Draw while writing an answer as a share of the peak: an assumption, as all below.</summary>
    public const double UsualWriting = 0.6;

    /// <summary>What is assumed of servers and policy.</summary>
    public const string Assumptions = "an hour played, prompts of 0.3 to 1.5 s at the peak, answers of 4 to 16 s at 60 % of it, half at low priority, locked above 80 % "
        + "of the budget, all above 89 %, unlocked 5 % lower, which are assumptions";

    private const double First = 0.80;
    private const double Second = 0.89;
    private const double Hysteresis = 0.05;
    private const int Window = 300;

    /// <summary>Plays an hour.</summary>
    /// <param name="servers">Servers in the row.</param>
    /// <param name="budget">Peaks of a server that the row may draw together.</param>
    /// <param name="cap">What locking clocks does.</param>
    /// <param name="writing">Draw of a server that writes, as a share of its peak.</param>
    public static PowerRow Play(int servers, double budget, PowerCap cap, double writing = UsualWriting)
    {
        var random = new Random(1);
        double[] left = [.. Enumerable.Range(0, servers).Select(_ => 16 * random.NextDouble())];
        bool[] reading = new bool[servers];
        var windows = new List<double>();
        (bool low, bool high, int brakes, double highest, int lowSteps, int highSteps) = (false, false, 0, 0.0, 0, 0);
        for (int step = 0; step < Steps; step++)
        {
            double draw = 0;
            for (int server = 0; server < servers; server++)
            {
                bool locked = server % 2 == 0 ? low : high;
                double peak = locked ? cap.Peak(1) : 1;
                draw += Math.Min(peak, reading[server] ? peak : writing);
                left[server] -= 0.1 * (locked ? 1 - cap.Slower.Likely : 1);
                if (left[server] <= 0)
                {
                    reading[server] = !reading[server];
                    left[server] = reading[server] ? 0.3 + 1.2 * random.NextDouble() : 4 + 12 * random.NextDouble();
                }
            }

            double load = draw / budget;
            brakes += load > 1 ? 1 : 0;
            highest = Math.Max(highest, load);
            low = load > First || low && load > First - Hysteresis;
            high = load > Second || high && load > Second - Hysteresis;
            lowSteps += low ? 1 : 0;
            highSteps += high ? 1 : 0;
            if ((step + 1) % Window == 0)
            {
                windows.Add((double)highSteps / Window * cap.Slower.Likely);
                highSteps = 0;
            }
        }

        windows.Sort();
        return new PowerRow(servers, brakes, highest, cap.PeakSaved > 0 ? (double)lowSteps / Steps : 0, windows[(int)(0.99 * (windows.Count - 1))]);
    }
}
