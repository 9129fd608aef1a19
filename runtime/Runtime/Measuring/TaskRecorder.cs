using System.Collections.Immutable;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>Adds up what tasks take. A target names the phases that it can tell apart; the tasks it does not name share the rest of the step's time evenly.</summary>
internal sealed class TaskRecorder(TaskGraph graph)
{
    private const int Kept = 64;

    private readonly int[] _executions = new int[graph.Tasks.Length];
    private readonly TimeSpan[] _total = new TimeSpan[graph.Tasks.Length];
    private readonly Queue<double>?[] _last = new Queue<double>?[graph.Tasks.Length];

    public (long In, long Out) Tokens { get; private set; }

    public void Record(int[] tasks, TimeSpan time, StepResult result)
    {
        if (result.Tokens is { } tokens)
        {
            Tokens = (Tokens.In + tokens.In, Tokens.Out + tokens.Out);
        }

        TimeSpan rest = time;
        int unnamed = 0;
        foreach (int task in tasks)
        {
            if (Named(result, task) is { } phase)
            {
                rest -= phase;
            }
            else
            {
                unnamed++;
            }
        }

        TimeSpan share = unnamed == 0 || rest < TimeSpan.Zero ? TimeSpan.Zero : rest / unnamed;
        foreach (int task in tasks)
        {
            Add(task, Named(result, task) ?? share);
        }
    }

    public ImmutableArray<TaskMeasure> ToMeasures() =>
        [.. _executions.Select((n, i) => new TaskMeasure(n, _total[i], [.. _last[i] ?? []]))];

    private TimeSpan? Named(StepResult result, int task)
    {
        foreach (PhaseTime phase in result.Phases)
        {
            if (phase.Phase == graph.Tasks[task].Phase)
            {
                return phase.Time;
            }
        }

        return null;
    }

    private void Add(int task, TimeSpan time)
    {
        _executions[task]++;
        _total[task] += time;
        Queue<double> last = _last[task] ??= new Queue<double>();
        if (last.Count == Kept)
        {
            last.Dequeue();
        }

        last.Enqueue(time.TotalMilliseconds);
    }
}
