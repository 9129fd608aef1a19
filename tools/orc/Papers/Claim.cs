using System.Globalization;

namespace Orchestrator.Cli.Papers;

/// <summary>Something that a paper says, beside what we compute; the verdict follows from the two and is never written down.</summary>
/// <param name="Statement">What the paper says, in a sentence without its figure.</param>
/// <param name="Origin">How sure it is that the paper says so.</param>
public abstract record Claim(string Statement, Origin Origin)
{
    /// <summary>The paper's figure with its unit.</summary>
    public abstract string Figure { get; }

    /// <summary>Our figure with its unit; empty where there is none.</summary>
    public abstract string Ours { get; }

    /// <summary>How our figure came about; empty where there is none.</summary>
    public string How { get; init; } = "";

    /// <summary>How far ours may be from the paper's; empty where the verdict does not depend on it.</summary>
    public abstract string Tolerance { get; }

    /// <summary>What came of it.</summary>
    public abstract Verdict Verdict { get; }

    /// <summary>A number with enough digits to be compared, without an exponent where a person would write none.</summary>
    internal static string Number(double value)
    {
        double size = Math.Abs(value);
        string format = size is 0 ? "0"
            : size >= 1e15 ? "0.###e0"
            : size >= 1000 ? "#,0.##"
            : size >= 100 ? "0.##"
            : size >= 1 ? "0.###"
            : size >= 1e-3 ? "0.#####"
            : "0.###e0";
        return value.ToString(format, CultureInfo.InvariantCulture);
    }

    /// <summary>A number and its unit, which stands without a space before % and x.</summary>
    internal static string WithUnit(double value, string unit) =>
        unit.Length == 0 ? Number(value)
        : unit is "%" or "x" ? Number(value) + unit
        : unit[0] == '$' ? "$" + Number(value) + unit[1..]
        : $"{Number(value)} {unit}";
}
