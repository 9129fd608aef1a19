using Orchestrator.Cli.Papers.Placing;
using Orchestrator.CostModels;

namespace Orchestrator.Cli.Papers;

/// <summary>CloudMatrix384: efficiency per peak, and pools that keep pace with each other.</summary>
[Paper("cloudmatrix")]
internal sealed class CloudMatrix : IPaper
{
    private const double PrefillRate = 6688;
    private const double DecodeRate = 1943;

    /// <inheritdoc/>
    public IReadOnlyList<Claim> Claims()
    {
        double teraOperations = 2 * Known.Peak("Ascend 910C", "bf16") / 1e12;
        double dies = Known.Figure("Ascend 910C", "parts");
        string peak = $"{Claim.Number(teraOperations)} INT8 TOPS, twice the catalogue's BF16 peak of an Ascend 910C";
        return
        [
            NumberClaim.Exactly("Prefill per peak arithmetic", Origin.Summary, 4.45, "tok/s/TFLOPS", PrefillRate / teraOperations, 0.01, "6,688 tok/s over " + peak),
            NumberClaim.Exactly("Decode per peak arithmetic", Origin.Summary, 1.29, "tok/s/TFLOPS", DecodeRate / teraOperations, 0.01, "1,943 tok/s over " + peak),
            NumberClaim.Exactly("Decoding spreads experts one a die: shared copies, routed and redundant ones", Origin.Summary, 320, "dies",
                32 + 256 + 32, 0, "32 + 256 + 32 experts over 160 devices of two dies"),
            NumberClaim.Exactly("The decoding pool of 160 devices has a die for each of these experts", Origin.Summary, 320, "dies", 160 * dies, 0, "160 devices of the catalogue's two dies"),
            NumberClaim.Exactly("A prefill group of 16 devices spreads experts over its dies", Origin.Summary, 32, "dies", 16 * dies, 0, "16 devices of the catalogue's two dies"),
            NumberClaim.Exactly("Pools scaled apart keep pace for any lengths of prompt and answer", Origin.Summary, 0, "of 64 mixes out of step",
                OutOfStep(), 0, "devices by lengths and rates, prompts of 128 to 16,384 and answers of 16 to 2,048 tokens; requests per second of both pools compared"),
            NumberClaim.Exactly("Whole prefill groups in step with the rest serve as much as any split of 384 devices", Origin.Derived, 0, "of 64 mixes serve less",
                Splits().Count(s => s.Requests(s.InStep()) < s.Requests(s.Tried()) * (1 - 1e-12)), 0,
                $"groups of 16 that read, the rest writes; every split tried for the same mixes; the best of 4,096 in and 512 out is {Best(4096, 512)}"),
            new UnreachedClaim("Prefill rate of DeepSeek-R1 with prompts of 4K", Origin.Abstract, "6,688 tok/s/NPU", "it was measured on 384 devices, which are not here"),
            new UnreachedClaim("Decode rate under 50 ms and under 15 ms a token", Origin.Abstract, "1,943 and 538 tok/s/NPU", "it was measured on 384 devices, which are not here"),
        ];
    }

    // Mixes for which 16 prefill devices and the decode devices that the policy gives them finish different numbers of requests a second.
    private static int OutOfStep()
    {
        const double prefillDevices = 16;
        int wrong = 0;
        for (double tokensIn = 128; tokensIn <= 16384; tokensIn *= 2)
        {
            for (double tokensOut = 16; tokensOut <= 2048; tokensOut *= 2)
            {
                double decodeDevices = prefillDevices * ServingBounds.DecodePerPrefill(tokensIn, tokensOut, PrefillRate, DecodeRate);
                double read = prefillDevices * PrefillRate / tokensIn;
                double written = decodeDevices * DecodeRate / tokensOut;
                wrong += Math.Abs(read / written - 1) > 1e-9 ? 1 : 0;
            }
        }

        return wrong;
    }

    private static PoolSplit Split(double tokensIn, double tokensOut) => new(384, 16, PrefillRate / tokensIn, DecodeRate / tokensOut);

    private static string Best(double tokensIn, double tokensOut)
    {
        PoolSplit split = Split(tokensIn, tokensOut);
        int groups = split.Tried();
        return $"{groups} groups of 16 and {split.Devices - split.Group * groups} devices";
    }

    private static IEnumerable<PoolSplit> Splits() =>
        from read in Enumerable.Range(7, 8)
        from write in Enumerable.Range(4, 8)
        select Split(1 << read, 1 << write);
}
