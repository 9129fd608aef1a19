namespace Orchestrator.Frontend.Parsing;

/// <summary>What a unit measures.</summary>
internal enum Measure
{
    /// <summary>A bare number.</summary>
    None,
    Tokens,
    Time,
    Money,
    Rate,
    Memory,
    Share,
}

/// <summary>The units of the language and what they are worth.</summary>
internal static class Units
{
    // Times in microseconds, memory in bytes, rates a second, shares of one.
    private static readonly Dictionary<string, (Measure Measure, decimal Factor)> s_units = new(StringComparer.Ordinal)
    {
        ["token"] = (Measure.Tokens, 1),
        ["tokens"] = (Measure.Tokens, 1),
        ["us"] = (Measure.Time, 1),
        ["ms"] = (Measure.Time, 1_000),
        ["s"] = (Measure.Time, 1_000_000),
        ["min"] = (Measure.Time, 60_000_000),
        ["h"] = (Measure.Time, 3_600_000_000),
        ["second"] = (Measure.Time, 1_000_000),
        ["seconds"] = (Measure.Time, 1_000_000),
        ["minute"] = (Measure.Time, 60_000_000),
        ["minutes"] = (Measure.Time, 60_000_000),
        ["hour"] = (Measure.Time, 3_600_000_000),
        ["hours"] = (Measure.Time, 3_600_000_000),
        ["day"] = (Measure.Time, 86_400_000_000),
        ["days"] = (Measure.Time, 86_400_000_000),
        ["week"] = (Measure.Time, 604_800_000_000),
        ["weeks"] = (Measure.Time, 604_800_000_000),
        ["B"] = (Measure.Memory, 1),
        ["KB"] = (Measure.Memory, 1_000),
        ["MB"] = (Measure.Memory, 1_000_000),
        ["GB"] = (Measure.Memory, 1_000_000_000),
        ["TB"] = (Measure.Memory, 1_000_000_000_000),
        ["KiB"] = (Measure.Memory, 1L << 10),
        ["MiB"] = (Measure.Memory, 1L << 20),
        ["GiB"] = (Measure.Memory, 1L << 30),
        ["/s"] = (Measure.Rate, 1),
        ["/min"] = (Measure.Rate, 1m / 60),
        ["/h"] = (Measure.Rate, 1m / 3600),
        ["%"] = (Measure.Share, 0.01m),
        ["$"] = (Measure.Money, 1_000_000),
        [""] = (Measure.None, 1),
    };

    /// <summary>Units that are written as a word after the number.</summary>
    public static IEnumerable<string> Words => s_units.Keys.Where(u => u.Length > 0 && char.IsLetter(u[0]));

    public static bool IsWord(string text) => text.Length > 0 && char.IsLetter(text[0]) && s_units.ContainsKey(text);

    public static bool IsRate(string text) => s_units.ContainsKey("/" + text);

    public static Measure MeasureOf(string unit) => s_units[unit].Measure;

    /// <summary>The worth in the base unit of the measure.</summary>
    public static decimal Factor(string unit) => s_units[unit].Factor;

    /// <summary>A measure in the user's words, with an example.</summary>
    public static string Describe(Measure measure) => measure switch
    {
        Measure.Tokens => "a number of tokens, such as '300 tokens'",
        Measure.Time => "a time, such as '3 s' or '600 ms'",
        Measure.Money => "an amount of money, such as '$0.01'",
        Measure.Rate => "a rate, such as '20/s'",
        Measure.Memory => "an amount of memory, such as '8 GB'",
        Measure.Share => "a share, such as '75 %'",
        _ => "a number without a unit, such as '4'",
    };
}
