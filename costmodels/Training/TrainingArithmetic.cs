namespace Orchestrator.CostModels.Training;

/// <summary>Arithmetic of training jobs: operations, their share of the peak, pipeline bubbles and local steps.</summary>
public static class TrainingArithmetic
{
    /// <summary>
    /// Operations of a training run: <c>6 * parameters * tokens</c>, two for the forward and four for the backward pass (Kaplan and others,
    /// arXiv 2001.08361).
    /// </summary>
    /// <param name="parameters">Weights that a token meets.</param>
    /// <param name="tokens">Tokens of the run.</param>
    public static double Flops(double parameters, double tokens) => 6 * parameters * tokens;

    /// <summary>Share of the peak that useful arithmetic takes, 0 to 1 (MFU: PaLM, arXiv 2204.02311, appendix B).</summary>
    /// <param name="tokensPerSecond">Of the whole job.</param>
    /// <param name="flopsPerToken">Useful operations of a token, without recomputation.</param>
    /// <param name="devices">How many devices.</param>
    /// <param name="peak">Operations per second of a device.</param>
    public static double Utilisation(double tokensPerSecond, double flopsPerToken, double devices, double peak) =>
        tokensPerSecond * flopsPerToken / (devices * peak);

    /// <summary>Tokens per second of a job at a share of the peak: the inverse of <see cref="Utilisation"/>.</summary>
    public static double TokensPerSecond(double utilisation, double flopsPerToken, double devices, double peak) =>
        utilisation * devices * peak / flopsPerToken;

    /// <summary>
    /// Operations of training on a token in a sequence: six per weight, and three times the forward arithmetic of causal attention, which looks
    /// back at half of the sequence on average. An embedding counts like other weights.
    /// </summary>
    public static double FlopsPerToken(ModelCard model, double sequence) => Flops(model.ActiveParameters, 1) + 3 * model.AttentionFlops(sequence / 2);

    /// <summary>
    /// Idle time of a pipeline as a share of its useful time: <c>(stages - 1) / micro-batches</c> (GPipe, arXiv 1811.06965; one forward and one
    /// backward have the same).
    /// </summary>
    public static double Bubble(double stages, double microBatches) => (stages - 1) / microBatches;

    /// <summary>
    /// The same by playing the schedule: every stage takes one time unit per micro-batch, forward only, and starts when the stage before has
    /// finished that micro-batch and itself the one before.
    /// </summary>
    public static double PlayedBubble(int stages, int microBatches)
    {
        double[] free = new double[stages];
        for (int batch = 0; batch < microBatches; batch++)
        {
            double ready = 0;
            for (int stage = 0; stage < stages; stage++)
            {
                free[stage] = ready = Math.Max(ready, free[stage]) + 1;
            }
        }

        return (free[^1] - microBatches) / microBatches;
    }

    /// <summary>
    /// Local steps between two averagings of the model so that the all-reduce hides behind them: the least tau with
    /// <c>tau * step >= all-reduce</c> (CO2, arXiv 2401.16265).
    /// </summary>
    public static double LocalSteps(double allReduceSeconds, double stepSeconds) => Math.Max(1, Math.Ceiling(allReduceSeconds / stepSeconds));

    /// <summary>
    /// Seconds of a number of rounds when each round's all-reduce runs beside the next round's steps and the round after waits for it: played round
    /// by round.
    /// </summary>
    public static double OverlappedSeconds(int rounds, int localSteps, double stepSeconds, double allReduceSeconds)
    {
        double now = 0;
        double averaged = 0;
        for (int round = 0; round < rounds; round++)
        {
            now = Math.Max(now + localSteps * stepSeconds, averaged);
            averaged = now + allReduceSeconds;
        }

        return now;
    }

    /// <summary>
    /// All-reduces of one layer's forward pass under tensor parallelism: one after attention and one after the feed-forward part; a parallel block
    /// adds both before one (MegaScale, arXiv 2402.15627).
    /// </summary>
    public static int AllReducesPerLayer(bool parallelBlock) => parallelBlock ? 1 : 2;

    /// <summary>Weights of a plain transformer of such layers: <c>12 * layers * width^2</c> (ZeRO-Infinity, arXiv 2104.07857).</summary>
    public static double PlainParameters(double layers, double width) => 12 * layers * width * width;
}
