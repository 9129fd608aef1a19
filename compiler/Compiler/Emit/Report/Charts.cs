using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Emit.Report;

/// <summary>The report's charts.</summary>
internal static class Charts
{
    private const double Width = 1040;
    private const double Label = 190;
    private const double RowHeight = 24;

    /// <summary>The latency budget: what follows what along the critical path, and the promise as a line.</summary>
    public static string Waterfall(ImmutableArray<BudgetBar> budget, double? limit)
    {
        double end = budget.Max(b => b.Start + b.Length);
        double scale = (Width - Label - 110) / Math.Max(1e-12, Math.Max(end, limit ?? 0));
        double height = budget.Length * RowHeight + 26;
        var svg = new Svg(Width, height, "latency budget along the critical path");
        for (int i = 0; i < budget.Length; i++)
        {
            (double x, double length, double y) = (Label + budget[i].Start * scale, Math.Max(1.5, budget[i].Length * scale), i * RowHeight);
            bool move = budget[i].Name.StartsWith("to ", StringComparison.Ordinal);
            svg.Text(Label - 10, y + 16, Svg.Cut(budget[i].Name, 27), move ? "soft" : "", "end");
            svg.Box(x, y + 4, length, RowHeight - 8, move ? "bar move" : "bar", $"{budget[i].Name}: {PlanText.Time(budget[i].Length)}", 2);
            svg.Text(x + length + 6, y + 16, PlanText.Time(budget[i].Length), "soft");
        }

        if (limit is { } promised)
        {
            double x = Label + promised * scale;
            svg.Line(x, 0, x, height - 18, "limit");
            svg.Text(x, height - 4, $"promised {PlanText.Time(promised)}", "", x > Width - 120 ? "end" : "middle");
        }

        return svg.ToString();
    }

    /// <summary>Money against latency: the plans that no other one beats; the chosen one stands out.</summary>
    public static string Front(PlanStudy study, double chosenLatency, double chosenCost, string unit)
    {
        const double Height = 300, Left = 80, Bottom = 40;
        ImmutableArray<FrontPoint> front = study.Front;
        double right = Math.Max(front[^1].Latency, Math.Max(chosenLatency, study.Limit ?? 0)) * 1.08;
        double top = Math.Max(front[0].Cost, chosenCost) * 1.1;
        double X(double seconds) => Left + (Width - Left - 30) * seconds / right;
        double Y(double cost) => Height - Bottom - (Height - Bottom - 20) * (top > 0 ? cost / top : 0);
        var svg = new Svg(Width, Height, "cost against latency");
        Axes(svg, X, Y, right, top, Height - Bottom, Left, unit);
        string path = "M" + Svg.At(X(front[0].Latency), Y(front[0].Cost));
        for (int i = 1; i < front.Length; i++)
        {
            path += $" H{X(front[i].Latency).ToString("0.#", CultureInfo.InvariantCulture)} V{Y(front[i].Cost).ToString("0.#", CultureInfo.InvariantCulture)}";
        }

        svg.Path(path, "front");
        foreach (FrontPoint point in front)
        {
            svg.Dot(X(point.Latency), Y(point.Cost), 4, "dot", $"{PlanText.Time(point.Latency)}, {new Dollars(point.Cost)}{unit}: {point.Devices}");
        }

        if (study.Limit is { } limit)
        {
            svg.Line(X(limit), 14, X(limit), Height - Bottom, "limit");
            svg.Text(X(limit) + 6, 24, "promised");
        }

        svg.Dot(X(chosenLatency), Y(chosenCost), 6, "dot chosen", "this plan");
        svg.Text(X(chosenLatency) + 10, Y(chosenCost) - 8, "this plan");
        return svg.ToString();
    }

    /// <summary>Each task's interval of time on its pool, on a scale of powers of ten.</summary>
    public static string Ranges(ImmutableArray<Sensitivity> sensitivities)
    {
        double low = sensitivities.Min(s => Math.Max(1e-6, s.Time.Low));
        double high = sensitivities.Max(s => double.IsFinite(s.Time.High) ? s.Time.High : s.Time.Likely);
        double decades = Math.Max(0.5, Math.Log10(high / low));
        double X(double seconds) => Label + (Width - Label - 60) * Math.Clamp(Math.Log10(Math.Max(1e-6, seconds) / low) / decades, 0, 1);
        double height = sensitivities.Length * RowHeight + 22;
        var svg = new Svg(Width, height, "90 % intervals of the times");
        double decade = Math.Pow(10, Math.Floor(Math.Log10(low)));
        double[] marks = decades > 4 ? [1] : [1, 3];
        foreach (double tick in Enumerable.Range(0, (int)decades + 2).SelectMany(k => marks.Select(m => m * decade * Math.Pow(10, k))).Where(v => v >= low && v <= high))
        {
            svg.Line(X(tick), 0, X(tick), height - 18, "axis");
            svg.Text(X(tick), height - 4, PlanText.Time(tick), "soft", "middle");
        }

        for (int i = 0; i < sensitivities.Length; i++)
        {
            (Interval time, double y) = (sensitivities[i].Time, i * RowHeight + 12);
            svg.Text(Label - 10, y + 4, Svg.Cut(sensitivities[i].Task, 27), "", "end");
            svg.Line(X(time.Low), y, X(time.High), y, "range");
            svg.Dot(X(time.Likely), y, 4, "dot", $"{PlanText.Time(time.Likely)} ({PlanText.Time(time.Low)}–{PlanText.Time(time.High)})");
        }

        return svg.ToString();
    }

    private static void Axes(Svg svg, Func<double, double> x, Func<double, double> y, double right, double top, double bottom, double left, string unit)
    {
        foreach (double tick in right > 60 ? Clock(right) : Ticks(right))
        {
            svg.Line(x(tick), 14, x(tick), bottom, "axis");
            svg.Text(x(tick), bottom + 16, PlanText.Time(tick), "soft", "middle");
        }

        foreach (double tick in Ticks(top))
        {
            svg.Line(left, y(tick), Width - 30, y(tick), "axis");
            svg.Text(left - 8, y(tick) + 4, $"{new Dollars(tick)}{unit}", "soft", "end");
        }
    }

    // Minutes and hours as people count them.
    private static IEnumerable<double> Clock(double most)
    {
        double[] steps = [15, 30, 60, 120, 300, 600, 1200, 1800, 3600];
        double step = steps.FirstOrDefault(s => most / s <= 6, 3600 * Math.Ceiling(most / 3600 / 6));
        return Enumerable.Range(0, (int)(most / step) + 1).Select(i => i * step);
    }

    // Round numbers from 0 to a bound, some five of them.
    private static IEnumerable<double> Ticks(double most)
    {
        if (!(most > 0))
        {
            yield break;
        }

        double power = Math.Pow(10, Math.Floor(Math.Log10(most / 4)));
        double step = new[] { 1, 2, 5, 10 }.Select(m => m * power).First(s => most / s <= 6 || s >= 10 * power);
        for (int i = 0; i * step <= most && i < 20; i++)
        {
            yield return i * step;
        }
    }
}
