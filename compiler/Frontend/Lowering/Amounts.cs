using Orchestrator.Frontend.Parsing;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Lowering;

/// <summary>Numbers with units, in the units of the dialect. The checker has bounded them.</summary>
internal static class Amounts
{
    /// <summary>Microseconds, micro-dollars, bytes, tokens or plain units, rounded to a whole number and never to zero.</summary>
    public static long Whole(NumberExpression number)
    {
        decimal worth = decimal.Round(number.Value * Units.Factor(number.Unit), MidpointRounding.AwayFromZero);
        return worth == 0 && number.Value > 0 ? 1 : (long)worth;
    }

    /// <summary>A share of one, a rate a second or a plain number.</summary>
    public static double Real(NumberExpression number) => (double)(number.Value * Units.Factor(number.Unit));
}
