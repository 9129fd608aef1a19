namespace Orchestrator.IR;

/// <summary>
/// Something worked out about an operation that stays true until the IR changes. A pass gets it by <see cref="PassContext.Analysis{T}"/>.
/// </summary>
/// <typeparam name="TSelf">The class itself.</typeparam>
public interface IAnalysis<TSelf> where TSelf : class, IAnalysis<TSelf>
{
    /// <summary>The name in reports.</summary>
    static virtual string Name => typeof(TSelf).Name;

    /// <summary>
    /// Works it out for <paramref name="op"/>. What it asks of <paramref name="analyses"/>, which are those of the same operation, it depends
    /// on: when that is no longer true, neither is this.
    /// </summary>
    static abstract TSelf Compute(Operation op, Analyses analyses);
}
