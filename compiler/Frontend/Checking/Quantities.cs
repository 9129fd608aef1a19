using System.Globalization;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Parsing;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

/// <summary>Checks that numbers have the unit and the range of their place.</summary>
internal sealed class Quantities(DiagnosticBag diagnostics)
{
    /// <summary>Whether <paramref name="number"/> measures <paramref name="wanted"/> and its worth is from <paramref name="least"/> to <paramref name="most"/>.</summary>
    /// <remarks>The place is what the number is for, such as <c>'max'</c>.</remarks>
    public bool Check(NumberExpression number, Measure wanted, string place, decimal least = 0, decimal most = long.MaxValue, bool whole = false)
    {
        Measure found = Units.MeasureOf(number.Unit);
        if (found != wanted)
        {
            diagnostics.Error(
                FlowCodes.WrongUnit, $"{place} takes {Units.Describe(wanted)}, and '{Written(number)}' is {Plain(found)}", number.Span, $"write '{Suggest(number, wanted)}'");
            return false;
        }

        if (whole && !number.IsWhole)
        {
            diagnostics.Error(FlowCodes.OutOfRange, $"{place} takes a whole number", number.Span, $"write '{decimal.Ceiling(number.Value).ToString(CultureInfo.InvariantCulture)}'");
            return false;
        }

        // Compared without multiplying first, which a very large number would overflow.
        if (number.Value < least / Units.Factor(number.Unit) || number.Value > most / Units.Factor(number.Unit))
        {
            diagnostics.Error(FlowCodes.OutOfRange, $"'{Written(number)}' is out of range for {place}", number.Span, Range(wanted, least, most));
            return false;
        }

        return true;
    }

    /// <summary>A number as it is written.</summary>
    public static string Written(NumberExpression number)
    {
        string value = number.Value.ToString(CultureInfo.InvariantCulture);
        return number.Unit switch { "" => value, "$" => "$" + value, ['/', ..] => value + number.Unit, _ => $"{value} {number.Unit}" };
    }

    private static string Suggest(NumberExpression number, Measure wanted)
    {
        string value = number.Value.ToString(CultureInfo.InvariantCulture);
        return wanted switch
        {
            Measure.Tokens => value + " tokens",
            Measure.Time => value + " s",
            Measure.Money => "$" + value,
            Measure.Rate => value + "/s",
            Measure.Memory => value + " GB",
            Measure.Share => (number.Unit.Length == 0 && number.Value is > 0 and < 1 ? (number.Value * 100).ToString("0.##", CultureInfo.InvariantCulture) : value) + " %",
            _ => value,
        };
    }

    private static string Plain(Measure measure)
    {
        string text = Units.Describe(measure);
        int end = text.IndexOf(',', StringComparison.Ordinal);
        return end < 0 ? text : text[..end];
    }

    private static string Range(Measure measure, decimal least, decimal most)
    {
        if (measure == Measure.Share)
        {
            return "write a share from 0 % to 100 %";
        }

        string from = least.ToString("0.##", CultureInfo.InvariantCulture);
        string unit = measure switch { Measure.Time => " us", Measure.Money => " millionths of a dollar", Measure.Memory => " B", Measure.Rate => " a second", Measure.Tokens => " tokens", _ => "" };
        return most >= long.MaxValue ? $"write {from}{unit} or more" : $"write {from} to {most.ToString("0.##", CultureInfo.InvariantCulture)}{unit}";
    }
}
