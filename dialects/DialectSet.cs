using Orchestrator.IR;

namespace Orchestrator.Dialects;

/// <summary>The dialects of this assembly together.</summary>
public static class DialectSet
{
    /// <summary>A context that knows all of them.</summary>
    public static Context NewContext() => new(GeneratedRegistry.Dialects.Select(create => create()));
}
