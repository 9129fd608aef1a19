using System.Collections.Immutable;

namespace Orchestrator.IR;

/// <summary>A pass that can be named in a pipeline. Made by the generator.</summary>
/// <param name="Name">The name in pipelines.</param>
/// <param name="Summary">One sentence.</param>
/// <param name="Anchor">The operation on which it runs, or empty for any.</param>
/// <param name="Create">Makes one with default options.</param>
/// <param name="Options">Its options.</param>
public sealed record PassInfo(string Name, string Summary, string Anchor, Func<Pass> Create, ImmutableArray<PassOptionInfo> Options)
{
    /// <summary>Whether it may run on several isolated operations at the same time; true unless the declaration says otherwise.</summary>
    public bool Parallel { get; init; } = true;

    /// <summary>Named properties that the IR must have before it.</summary>
    public ImmutableArray<string> Requires { get; init; } = [];

    /// <summary>Named properties that the IR may not have before it.</summary>
    public ImmutableArray<string> Forbids { get; init; } = [];

    /// <summary>Named properties that the IR has after it.</summary>
    public ImmutableArray<string> Establishes { get; init; } = [];

    /// <summary>Named properties that the IR need not have after it.</summary>
    public ImmutableArray<string> Destroys { get; init; } = [];

    /// <summary>Another pass object with the options of <paramref name="pass"/>.</summary>
    public Pass Copy(Pass pass)
    {
        Pass copy = Create();
        foreach (PassOptionInfo option in Options)
        {
            option.TrySet(copy, option.Get(pass));
        }

        return copy;
    }
}

/// <summary>An option of a pass. Made by the generator.</summary>
/// <param name="Name">The name in <c>pass{name=value}</c>.</param>
/// <param name="Summary">One sentence with unit and range.</param>
/// <param name="Kind">What kind of value it takes, as a message names it: <c>int</c>, <c>list of string</c>, the name of an enum.</param>
/// <param name="TrySet">Sets it from text; false when the text is not of its kind.</param>
/// <param name="Get">Its value as text that <paramref name="TrySet"/> reads back.</param>
public sealed record PassOptionInfo(string Name, string Summary, string Kind, Func<Pass, string, bool> TrySet, Func<Pass, string> Get)
{
    /// <summary>The words that it takes, when it takes only some.</summary>
    public ImmutableArray<string> Choices { get; init; } = [];
}
