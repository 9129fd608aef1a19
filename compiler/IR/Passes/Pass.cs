using System.Collections.Immutable;
using System.Globalization;
using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// A step that changes IR in a way that is always allowed; what is worth doing is decided by placement. Derived classes are
/// <c>sealed partial</c> with <see cref="PassAttribute"/>.
/// </summary>
public abstract class Pass
{
    /// <summary>The name in pipelines.</summary>
    public abstract string Name { get; }

    /// <summary>Changes <paramref name="root"/> and what is inside it. Mistakes of the user's go to the context.</summary>
    public abstract void Run(Operation root, PassContext context);
}

/// <summary>What a pass may use while it runs.</summary>
public sealed class PassContext
{
    private readonly SortedDictionary<string, long> _statistics = new(StringComparer.Ordinal);

    /// <summary>Made for one run of a pipeline.</summary>
    public PassContext(DiagnosticBag diagnostics, CancellationToken cancellation = default) => (Diagnostics, Cancellation) = (diagnostics, cancellation);

    /// <summary>Where mistakes of the user's go.</summary>
    public DiagnosticBag Diagnostics { get; }

    /// <summary>Asks the pass to stop.</summary>
    public CancellationToken Cancellation { get; }

    /// <summary>What passes counted, by <c>pass.counter</c>.</summary>
    public IReadOnlyDictionary<string, long> Statistics => _statistics;

    /// <summary>Adds to a counter of a pass.</summary>
    public void Count(Pass pass, string counter, long by = 1)
    {
        string name = $"{pass.Name}.{counter}";
        _statistics[name] = _statistics.GetValueOrDefault(name) + by;
    }
}

/// <summary>A pass that can be named in a pipeline. Made by the generator.</summary>
/// <param name="Name">The name in pipelines.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Anchor">The operation on which it runs, or empty for any.</param>
/// <param name="Create">Makes one with default options.</param>
/// <param name="Options">Its options.</param>
public sealed record PassInfo(string Name, string Summary, string Anchor, Func<Pass> Create, ImmutableArray<PassOptionInfo> Options);

/// <summary>An option of a pass. Made by the generator.</summary>
/// <param name="Name">The name in <c>pass{name=value}</c>.</param>
/// <param name="Summary">One sentence with unit and range.</param>
/// <param name="Kind">The C# type of the value.</param>
/// <param name="TrySet">Sets it from text; false when the text is not of its kind.</param>
/// <param name="Get">Its value as text.</param>
public sealed record PassOptionInfo(string Name, string Summary, string Kind, Func<Pass, string, bool> TrySet, Func<Pass, string> Get);

/// <summary>Values of options as text.</summary>
public static class OptionText
{
    /// <summary>Reads <c>true</c> or <c>false</c>.</summary>
    public static bool TryParse(string text, out bool value) => bool.TryParse(text, out value);

    /// <summary>Reads an integer.</summary>
    public static bool TryParse(string text, out int value) => int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads an integer.</summary>
    public static bool TryParse(string text, out long value) => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    /// <summary>Reads a finite number.</summary>
    public static bool TryParse(string text, out double value) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out value) && double.IsFinite(value);

    /// <summary>Any text.</summary>
    public static bool TryParse(string text, out string value)
    {
        value = text;
        return true;
    }

    /// <summary>The text that reads back to <paramref name="value"/>.</summary>
    public static string Format<T>(T value) => value switch
    {
        bool b => b ? "true" : "false",
        IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
        _ => value?.ToString() ?? "",
    };
}
