using System.Collections.Immutable;
using Orchestrator.CostModels.Operators;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Operators;

/// <summary>A product C[m,n] = A[m,k] B[k,n], done so many times side by side.</summary>
/// <param name="Times">Products of that size, at least 1.</param>
/// <param name="M">Rows of A.</param>
/// <param name="N">Columns of B.</param>
/// <param name="K">Inner size.</param>
internal sealed record MatrixShape(double Times, double M, double N, double K);

/// <summary>An operator that is placed as one, with the operators that run with it.</summary>
/// <param name="Name">Its name in the model.</param>
/// <param name="Kind">What it does: <c>MatMul</c>, <c>Conv</c>, <c>Attention</c>.</param>
/// <param name="Work">Arithmetic, bytes moved and bytes that stay on its device: weights and kept keys and values.</param>
internal sealed record OperatorTask(string Name, string Kind, Workload Work)
{
    /// <summary>The product that it is, or null.</summary>
    public MatrixShape? Matrix { get; init; }

    /// <summary>The attention that it is, or null.</summary>
    public AttentionShape? Attention { get; init; }

    /// <summary>For an operator that <see cref="VectorOperation"/> knows, its name there; else null.</summary>
    public string? Vector { get; init; }

    /// <summary>Rows and width of a vector operation.</summary>
    public (double Rows, double Width) Size { get; init; }

    /// <summary>Number format of its arithmetic: <c>fp32</c>, <c>bf16</c>, <c>fp8</c>.</summary>
    public required string Format { get; init; }

    /// <summary>Operators of the model that run with it, itself included.</summary>
    public int Operators { get; init; } = 1;
}

/// <summary>Data from one operator to another.</summary>
/// <param name="From">Producer.</param>
/// <param name="To">Consumer, a later one.</param>
/// <param name="Size">Bytes.</param>
internal sealed record OperatorEdge(int From, int To, Bytes Size);

/// <summary>A model's operators, frozen: what is placed, and the data between.</summary>
/// <param name="Name">The model's name.</param>
/// <param name="Tasks">By number, producers before consumers.</param>
/// <param name="Edges">Data between tasks.</param>
/// <param name="Operators">Operators of the model, views and constants left out.</param>
/// <param name="Live">Most bytes of data between operators that are alive at once, in the model's order.</param>
/// <param name="Unknown">Operators whose sizes are not known, with why; nothing can be said of them.</param>
internal sealed record OperatorGraph(
    string Name, ImmutableArray<OperatorTask> Tasks, ImmutableArray<OperatorEdge> Edges, int Operators, Bytes Live, ImmutableArray<string> Unknown)
{
    /// <summary>What one inference is, for people: <c>1 token after 1024 kept</c>.</summary>
    public string Inference { get; init; } = "";

    /// <summary>Bytes of weights and of kept keys and values.</summary>
    public Bytes Resident => new(Tasks.Sum(t => t.Work.Resident?.Value ?? 0));
}
