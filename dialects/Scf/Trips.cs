using System.Numerics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Scf;

/// <summary>How many rounds a loop runs.</summary>
internal static class Trips
{
    /// <summary>The number of rounds of <paramref name="loop"/> where its bounds tell.</summary>
    public static BigInteger? Count(ForOp loop) => Count(loop.LowerBound, loop.UpperBound, loop.Step, loop.UnsignedCompare);

    /// <summary>The number of rounds where the bounds tell.</summary>
    public static BigInteger? Count(Value lower, Value upper, Value step, bool unsigned)
    {
        if (ReferenceEquals(lower, upper))
        {
            return BigInteger.Zero;
        }

        if (!Arith.Constants.TryGetInt(lower, out Arith.FixedInt from) || !Arith.Constants.TryGetInt(upper, out Arith.FixedInt to))
        {
            return null;
        }

        (BigInteger first, BigInteger end) = unsigned ? (from.Unsigned, to.Unsigned) : (from.Signed, to.Signed);
        if (first >= end)
        {
            return BigInteger.Zero;
        }

        if (!Arith.Constants.TryGetInt(step, out Arith.FixedInt by))
        {
            return null;
        }

        BigInteger stride = unsigned ? by.Unsigned : by.Signed;
        return stride.Sign <= 0 ? null : (end - first + stride - 1) / stride;
    }
}
