using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Parsing;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

/// <summary>A promise that was understood.</summary>
internal sealed record PromiseReading(string Kind, int? Percentile, NumberExpression? Number, string? Text);

/// <summary>Understands the words of a promise.</summary>
internal sealed class PromiseReader(DiagnosticBag diagnostics)
{
    private const string Forms = "write p95 <= 4 s, first token p95 <= 600 ms, rate 20/s, budget <= $0.01, within region \"eu\" or quality >= 90 %";
    private static readonly string[] s_words = ["p50", "p95", "p99", "first", "token", "rate", "budget", "within", "region", "quality"];
    private readonly Quantities _quantities = new(diagnostics);

    /// <summary>What <paramref name="item"/> promises, or null when it was reported.</summary>
    public PromiseReading? Read(PromiseItem item)
    {
        foreach (Name word in item.Words.Where(w => !s_words.Contains(w.Text)))
        {
            diagnostics.Error(FlowCodes.Promise, $"'{word.Text}' is nothing that can be promised", word.Span, NearestName.Suggest(word.Text, s_words) ?? Forms);
            return null;
        }

        string words = string.Join(' ', item.Words.Select(w => w.Text));
        return words switch
        {
            "p50" or "p95" or "p99" => Number(item, "latency", Percentile(words), Measure.Time, "<=", 1),
            "first token p50" or "first token p95" or "first token p99" => Number(item, "first_token", Percentile(words[^3..]), Measure.Time, "<=", 1),
            "first token" => Number(item, "first_token", 95, Measure.Time, "<=", 1),
            "rate" => Number(item, "rate", null, Measure.Rate, null, 0.000001m),
            "budget" => Number(item, "budget", null, Measure.Money, "<=", 1),
            "quality" => Number(item, "quality", null, item.Value is NumberExpression { Unit: "" } ? Measure.None : Measure.Share, ">=", 0, 1),
            "within region" => Region(item),
            _ => Fail(item, "this is not how a promise is written"),
        };
    }

    private PromiseReading? Number(PromiseItem item, string kind, int? percentile, Measure measure, string? comparison, decimal least, decimal most = long.MaxValue)
    {
        if (item.Comparison != comparison)
        {
            string words = string.Join(' ', item.Words.Select(w => w.Text));
            return Fail(item, comparison is null ? $"'{words}' takes no comparison" : $"'{words}' is promised with '{comparison}'");
        }

        if (item.Value is not NumberExpression number)
        {
            return Fail(item, $"a number belongs here: {Units.Describe(measure)}");
        }

        return _quantities.Check(number, measure, $"'{string.Join(' ', item.Words.Select(w => w.Text))}'", least, most) ? new PromiseReading(kind, percentile, number, null) : null;
    }

    private PromiseReading? Region(PromiseItem item) => item is { Comparison: null, Value: TextExpression { Literal: { Length: > 0 } name } }
        ? new PromiseReading("region", null, null, name)
        : Fail(item, "a region is named by a text");

    private PromiseReading? Fail(PromiseItem item, string message)
    {
        diagnostics.Error(FlowCodes.Promise, message, item.Span, Forms);
        return null;
    }

    private static int Percentile(string word) => word switch { "p50" => 50, "p95" => 95, _ => 99 };
}
