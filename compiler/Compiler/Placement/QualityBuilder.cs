using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Compiler.Placing;

/// <summary>
/// Turns a task graph into an expression of what is lost of quality, in units of 1 / <see cref="Whole"/>: a chain is as good as its worst step,
/// branches count by how often they run where that is known and the worst of them where it is not, and a call of a model loses what the quality
/// stated for its pool lacks to one. A promise on the whole thus composes experts: each branch may take the smaller model as long as the mean holds.
/// </summary>
internal sealed class QualityBuilder(TaskGraph graph, LatencyProgram program, int column)
{
    /// <summary>All of a run's quality, in the unit of the expression.</summary>
    public const long Whole = Losses * Weights;

    private const long Losses = 100_000; // a stated quality is taken to five digits
    private const long Weights = 1000;   // and how often a branch runs to three
    private const int DeepestNesting = 128;

    private readonly ILookup<int, int> _tasksOf = graph.Tasks.ToLookup(t => t.Step, t => t.Id);

    /// <summary>What the task at a position of a pool loses: its entry in the column of durations.</summary>
    public static long Loss(Candidate pool, int position) =>
        !pool.Qualities.IsDefaultOrEmpty && pool.Qualities[position] is { } quality ? (long)Math.Round((1 - quality) * Losses) : 0;

    /// <summary>The most that may be lost where a quality from 0 to 1 is promised.</summary>
    public static long Allowed(double quality) => (long)Math.Floor((1 - quality) * Whole + 1e-6);

    /// <summary>The quality, 0 to 1, that a value of the expression leaves.</summary>
    public static double Left(double lost) => 1 - lost / Whole;

    /// <summary>The node of what one run of a region loses.</summary>
    public int Build(int region) => Region(region, 1, 0);

    private int Region(int id, double weight, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new DiagnosticException(Diagnostic.Error(
                "ORC4006", $"the workflow nests more than {DeepestNesting} levels deep", SourceSpan.None, "split it into several workflows"));
        }

        return program.Max(graph.Regions[id].Steps.Select(s => Step(graph.Steps[s], weight, depth)));
    }

    private int Step(Step step, double weight, int depth)
    {
        StepRegion[] regions = [.. step.Regions.Select(r => graph.Regions[r])];
        if (regions.Length == 0)
        {
            return program.Max(_tasksOf[step.Id].Select(t => program.Scale(program.Task(t, column), (long)Math.Ceiling(weight * Weights - 1e-9))));
        }

        bool choice = step.Kind is StepKind.If or StepKind.Match && regions.All(r => r.ExpectationKnown);
        int[] inside = [.. regions.Select(r => Region(r.Id, choice ? weight * r.Probability : weight, depth + 1))];
        return choice ? program.Add(inside) : program.Max(inside);
    }
}
