namespace Orchestrator.CostModels;

/// <summary>Bounds on serving that follow from peaks alone: no schedule gives more.</summary>
public static class ServingBounds
{
    /// <summary>Tokens per second of a device that only multiplies: <c>peak / (2 * parameters)</c> (NanoFlow, arXiv 2408.12757, section 3).</summary>
    /// <param name="flops">Attained operations per second.</param>
    /// <param name="parameters">Weights that a token meets.</param>
    public static double TokensPerSecond(double flops, double parameters) => flops / (2 * parameters);

    /// <summary>
    /// Seconds to send tokens to their experts and back: <c>(dispatch + combine bytes) * tokens * experts * width / bandwidth</c>
    /// (DeepSeek-V3 insights, arXiv 2505.09343, section 2.3).
    /// </summary>
    /// <param name="dispatchBytes">Bytes of a number on the way out, 1 for FP8.</param>
    /// <param name="combineBytes">Bytes of a number on the way back, 2 for BF16.</param>
    /// <param name="tokens">Tokens of a device.</param>
    /// <param name="experts">Experts that a token goes to, shared ones among them.</param>
    /// <param name="width">Numbers of a hidden state.</param>
    /// <param name="bandwidth">Bytes per second of a device.</param>
    public static double ExpertExchangeSeconds(double dispatchBytes, double combineBytes, double tokens, double experts, double width, double bandwidth) =>
        (dispatchBytes + combineBytes) * tokens * experts * width / bandwidth;

    /// <summary>Seconds of a token when the exchanges of two micro-batches hide all else: <c>2 * layers * exchange</c> (as above).</summary>
    public static double ExchangeBoundSeconds(double layers, double exchangeSeconds) => 2 * layers * exchangeSeconds;

    /// <summary>Tokens per step with one speculated token that is accepted with a probability: <c>1 + p</c> (as above).</summary>
    public static double SpeculatedTokens(double acceptance) => 1 + acceptance;

    /// <summary>
    /// Speed-up of matrix products over 16 bits when a share runs in 4 bits (four times as fast) and the rest in 8 bits (twice):
    /// <c>1 / (f/4 + (1-f)/2)</c> (COMET, arXiv 2410.12168).
    /// </summary>
    /// <param name="share">Share of the products in 4 bits, 0 to 1.</param>
    public static double MixedRate(double share) => 1 / (share / 4 + (1 - share) / 2);

    /// <summary>
    /// Devices that decode for each that prefills so that neither waits: <c>(out / decode rate) / (in / prefill rate)</c>
    /// (CloudMatrix384, arXiv 2506.12708).
    /// </summary>
    /// <param name="tokensIn">Mean prompt.</param>
    /// <param name="tokensOut">Mean answer.</param>
    /// <param name="prefillRate">Prompt tokens per second of a device.</param>
    /// <param name="decodeRate">Answer tokens per second of a device.</param>
    public static double DecodePerPrefill(double tokensIn, double tokensOut, double prefillRate, double decodeRate) =>
        tokensOut / decodeRate / (tokensIn / prefillRate);
}
