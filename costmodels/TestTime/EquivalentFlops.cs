namespace Orchestrator.CostModels.TestTime;

/// <summary>A reasoning job: trials on one prompt by one model.</summary>
/// <param name="Trials">Answers that are sampled, sharing the prompt's keys and values.</param>
/// <param name="Prompt">Tokens of the prompt.</param>
/// <param name="Generated">Tokens of an answer.</param>
/// <param name="Parameters">Weights that a token meets.</param>
/// <param name="HeadNumbers">Query heads times head size, summed over layers.</param>
/// <param name="KvNumbers">KV heads times head size, summed over layers.</param>
public readonly record struct ReasoningJob(double Trials, double Prompt, double Generated, double Parameters, double HeadNumbers, double KvNumbers)
{
    /// <summary>A job on a catalogued model.</summary>
    public static ReasoningJob On(ModelCard model, double trials, double prompt, double generated) => new(
        trials, prompt, generated, model.ActiveParameters, (model.Layers ?? 0) * (model.Heads ?? 0) * model.HeadSize, model.KvElementsPerToken / 2);
}

/// <summary>
/// The cost of test-time scaling as equivalent operations: arithmetic plus memory traffic times the operations a device could do meanwhile
/// (Kinetics, arXiv 2506.05333, formulas as in the authors' code; reading the weights is neglected, batches being large).
/// </summary>
public static class EquivalentFlops
{
    /// <summary>Operations on weights: <c>2 * N * P * Lg</c>.</summary>
    public static double OnParameters(ReasoningJob job) => job.Trials * 2 * job.Parameters * job.Generated;

    /// <summary>Operations of attention: <c>N * 2 * (2 Lc + Lg) * Lg * Hq * h</c>.</summary>
    public static double OnAttention(ReasoningJob job) =>
        job.Trials * 2 * (2 * job.Prompt + job.Generated) * job.Generated * job.HeadNumbers;

    /// <summary>Bytes of keys and values read: <c>2 * (2 Lc + N Lg) * Lg * Hkv * h</c>, the prompt's once for all trials.</summary>
    public static double CacheBytes(ReasoningJob job) =>
        2 * (2 * job.Prompt + job.Trials * job.Generated) * job.Generated * job.KvNumbers;

    /// <summary>All of it in operations.</summary>
    /// <param name="job">The job.</param>
    /// <param name="intensity">Operations that the device does per byte of memory traffic: peak over bandwidth.</param>
    public static double Total(ReasoningJob job, double intensity) =>
        OnParameters(job) + OnAttention(job) + intensity * CacheBytes(job);

    /// <summary>
    /// All of it with attention over the best <paramref name="budget"/> tokens only: pairs of tokens <c>sum over i of min(Lc + i, B)</c> stand
    /// where <c>Lc Lg + Lg^2 / 2</c> stood; equal to <see cref="Total"/> when the budget covers the context.
    /// </summary>
    public static double Sparse(ReasoningJob job, double intensity, double budget)
    {
        double dense = Pairs(job.Prompt, job.Generated, double.PositiveInfinity);
        double kept = dense == 0 ? 1 : Pairs(job.Prompt, job.Generated, budget) / dense;
        return OnParameters(job) + kept * (OnAttention(job) + intensity * CacheBytes(job));
    }

    /// <summary>
    /// Answer length at which traffic of the cache costs as much as the weights' arithmetic, for one trial without a prompt:
    /// <c>P / (I * Hkv * h)</c>.
    /// </summary>
    public static double CrossoverLength(double parameters, double intensity, double kvNumbers) => parameters / (intensity * kvNumbers);

    // Integral of min(prompt + x, budget) for x from 0 to generated.
    private static double Pairs(double prompt, double generated, double budget)
    {
        double growing = Math.Clamp(budget - prompt, 0, generated);
        double level = budget <= prompt ? budget : prompt + growing;
        return prompt >= budget ? budget * generated : prompt * growing + growing * growing / 2 + level * (generated - growing);
    }
}
