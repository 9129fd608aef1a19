using Orchestrator.IR;

namespace Orchestrator.Dialects;

/// <summary>The dialects of this assembly together.</summary>
public static class DialectSet
{
    /// <summary>A context that knows all of them.</summary>
    public static Context NewContext() => new(Create());

    /// <summary>New objects of all of them, for one context.</summary>
    public static IEnumerable<Dialect> Create() => GeneratedRegistry.Dialects.Select(create => create());
}
