namespace Orchestrator.CostModels;

/// <summary>Waiting before service when arrivals are Poisson and service times vary like an exponential or less: M/M/c, an upper estimate.</summary>
public static class Queueing
{
    /// <summary>Most servers that the exact formula is summed for; larger pools hardly wait.</summary>
    public const int MostServers = 10_000;

    /// <summary>Probability that an arrival must wait (Erlang C).</summary>
    /// <param name="servers">At least 1.</param>
    /// <param name="utilisation">Share of the servers that is busy, 0 up to below 1.</param>
    public static double ProbabilityOfWaiting(int servers, double utilisation)
    {
        int c = Math.Clamp(servers, 1, MostServers);
        double offered = c * utilisation;
        double blocked = 1; // Erlang B by its recursion, which stays within 0..1 for any number of servers
        for (int k = 1; k <= c; k++)
        {
            blocked = offered * blocked / (k + offered * blocked);
        }

        return blocked / (1 - utilisation * (1 - blocked));
    }

    /// <summary>Mean wait in seconds.</summary>
    public static double MeanWait(int servers, double utilisation, double service) =>
        ProbabilityOfWaiting(servers, utilisation) * service / (servers * (1 - utilisation));

    /// <summary>Wait in seconds that a share of arrivals stays within; infinite when the servers cannot keep up.</summary>
    /// <param name="servers">At least 1.</param>
    /// <param name="utilisation">Share of the servers that is busy.</param>
    /// <param name="service">Mean time of service in seconds.</param>
    /// <param name="share">0.95 for the 95th percentile.</param>
    public static double WaitQuantile(int servers, double utilisation, double service, double share)
    {
        if (utilisation >= 1)
        {
            return double.PositiveInfinity;
        }

        double waits = ProbabilityOfWaiting(servers, utilisation);
        return waits <= 1 - share ? 0 : Math.Log(waits / (1 - share)) * service / (servers * (1 - utilisation));
    }
}
