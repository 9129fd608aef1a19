namespace Orchestrator.Cli.Papers.Placing;

/// <summary>A layer whose activations go over a link and back, or are computed again.</summary>
/// <param name="Forward">Seconds of the forward pass; the backward pass takes twice that.</param>
/// <param name="Swap">Seconds of its activations on the link, one way.</param>
/// <param name="Weights">Seconds of its weights on the link, once forward and once backward.</param>
internal readonly record struct SwapLayer(double Forward, double Swap, double Weights)
{
    /// <summary>What swapping costs the link and recomputing costs the accelerator.</summary>
    public (double One, double Two) Choice => (2 * Swap, Forward);
}

/// <summary>Plays a training step on an accelerator, its link and its host (Fuyou, arXiv 2403.06504).</summary>
internal static class SwapPlay
{
    /// <summary>No step is faster: what the busier of accelerator and link has to do.</summary>
    /// <param name="layers">In the order of the forward pass.</param>
    /// <param name="swapped">Bit i is set when layer i is swapped.</param>
    public static double Bound(IReadOnlyList<SwapLayer> layers, ulong swapped)
    {
        double compute = layers.Select((l, i) => 3 * l.Forward + (Has(swapped, i) ? 0 : l.Forward)).Sum();
        double link = layers.Select((l, i) => 2 * l.Weights + (Has(swapped, i) ? 2 * l.Swap : 0)).Sum();
        return Math.Max(compute, link);
    }

    /// <summary>
    /// Seconds of the step: the link works in order and ahead of the accelerator without a limit; a layer waits for its weights and, on the way back,
    /// for its swapped activations.
    /// </summary>
    public static double Seconds(IReadOnlyList<SwapLayer> layers, ulong swapped)
    {
        (double link, double compute) = (0, 0);
        var outgoing = new Queue<(double Ready, double Seconds)>();
        for (int i = 0; i < layers.Count; i++)
        {
            link += layers[i].Weights;
            compute = Math.Max(compute, link) + layers[i].Forward;
            if (Has(swapped, i))
            {
                outgoing.Enqueue((compute, layers[i].Swap));
            }

            // Activations that are ready go out before weights that would only be early.
            while (outgoing.TryPeek(out (double Ready, double Seconds) next) && next.Ready <= link)
            {
                link += outgoing.Dequeue().Seconds;
            }
        }

        foreach ((double ready, double seconds) in outgoing)
        {
            link = Math.Max(link, ready) + seconds;
        }

        for (int i = layers.Count - 1; i >= 0; i--)
        {
            link += layers[i].Weights + (Has(swapped, i) ? layers[i].Swap : 0);
            compute = Math.Max(compute, link) + 2 * layers[i].Forward + (Has(swapped, i) ? 0 : layers[i].Forward);
        }

        return Math.Max(compute, link);
    }

    /// <summary>How the optimiser on the host meets the backward pass.</summary>
    public enum Optimiser
    {
        /// <summary>After it.</summary>
        After,

        /// <summary>Beside it, a group written back before the next is read.</summary>
        Beside,

        /// <summary>Beside it, the next group read before a group is written back.</summary>
        BesideDelayed,
    }

    /// <summary>
    /// Seconds from the start of the backward pass until the last group is written: gradients of a group come after each other from the accelerator,
    /// its states are read from storage, updated by the processor and written, storage doing one thing at a time.
    /// </summary>
    /// <param name="groups">Groups of weights.</param>
    /// <param name="backward">Seconds of a group on the accelerator.</param>
    /// <param name="transfer">Seconds of its states from storage, and as long back.</param>
    /// <param name="update">Seconds of its update.</param>
    /// <param name="optimiser">When.</param>
    public static double Update(int groups, double backward, double transfer, double update, Optimiser optimiser)
    {
        double storage = optimiser == Optimiser.After ? groups * backward : 0;
        (double processor, double waiting) = (0, double.NaN);
        for (int group = 1; group <= groups; group++)
        {
            storage += transfer;
            processor = Math.Max(Math.Max(processor, storage), group * backward) + update;
            bool delayed = optimiser == Optimiser.BesideDelayed && group < groups;
            if (!double.IsNaN(waiting))
            {
                storage = Math.Max(storage, waiting) + transfer;
            }

            waiting = delayed ? processor : double.NaN;
            storage = delayed ? storage : Math.Max(storage, processor) + transfer;
        }

        return storage;
    }

    private static bool Has(ulong set, int i) => (set >> i & 1) == 1;
}
