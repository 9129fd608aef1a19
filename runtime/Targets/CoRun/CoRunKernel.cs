using Orchestrator.CostModels.Interference;

namespace Orchestrator.Targets.CoRun;

/// <summary>Work of one kind, done in units of about a millisecond or less, to run beside work of another kind.</summary>
/// <param name="name">A word or two.</param>
/// <param name="what">What it does, with its sizes.</param>
/// <param name="unit">What one unit asks of the machine.</param>
internal abstract class CoRunKernel(string name, string what, PieceProfile unit) : IDisposable
{
    public string Name => name;

    public string What => what;

    public PieceProfile Unit => unit;

    /// <summary>Does one unit.</summary>
    public abstract void Run();

    /// <inheritdoc/>
    public virtual void Dispose()
    {
    }
}

/// <summary>A kernel that is one function.</summary>
internal sealed class FunctionKernel(string name, string what, PieceProfile unit, Action run) : CoRunKernel(name, what, unit)
{
    public override void Run() => run();
}
