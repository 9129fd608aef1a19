using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>Turns a step's attributes into the fields of a <see cref="StepPlan"/>.</summary>
internal static class StepDecoder
{
    public static StepPlan Decode(TaskGraph graph, Step step, int local, int slot, int[] tasks)
    {
        Declaration? service = step.Service is { } symbol ? graph.Declarations.FirstOrDefault(d => d.Symbol == symbol) : null;
        return new StepPlan
        {
            Step = step,
            Local = local,
            ResultSlot = slot,
            Operands = new ValueRef[step.Operands.Length],
            Within = Time(step, "within_us"),
            Retry = (int)Math.Clamp(Whole(step, "retry") ?? 0, 0, 100),
            Timeout = service is not null && service.Options.TryGetValue("timeout_us", out JsonElement t) && t.ValueKind == JsonValueKind.Number ? Microseconds(t) : null,
            Deadline = Time(step, step.Kind == StepKind.Human ? "timeout_us" : "deadline_us"),
            Service = service,
            Executor = ExecutorOf(graph, step, service, tasks),
            Type = DatumType.Parse(step.Type),
            Constant = step.Kind == StepKind.Constant ? Literal(step) : null,
            Name = Text(step, step.Kind == StepKind.Operator ? "kind" : "name"),
            Texts = Texts(step, step.Kind == StepKind.Template ? "parts" : "names"),
            Patterns = Patterns(step),
            InOrder = step.Attributes.TryGetValue("in_order", out JsonElement order) && order.ValueKind != JsonValueKind.False,
            AtMost = Whole(step, "at_most") is { } most ? (int)Math.Clamp(most, 0, int.MaxValue) : null,
            K = (int)Math.Clamp(Whole(step, "k") ?? 0, 0, int.MaxValue),
            N = (int)Math.Clamp(Whole(step, "n") ?? 0, 0, int.MaxValue),
            Tasks = tasks,
        };
    }

    public static string Text(Step step, string name) =>
        step.Attributes.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() ?? "" : "";

    private static long? Whole(Step step, string name) =>
        step.Attributes.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out double number)
            ? (long)Math.Clamp(number, long.MinValue / 2.0, long.MaxValue / 2.0)
            : null;

    private static TimeSpan? Time(Step step, string name) =>
        step.Attributes.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.Number ? Microseconds(value) : null;

    // Timers take at most about 49 days; a longer wait is cut to 45.
    private static TimeSpan Microseconds(JsonElement value) => TimeSpan.FromMicroseconds(Math.Clamp(value.GetDouble(), 0, 45 * 86400e6));

    private static Datum Literal(Step step)
    {
        if (!step.Attributes.TryGetValue("value", out JsonElement value))
        {
            return Datum.None;
        }

        Datum read = Datum.FromJson(JsonNode.Parse(value.GetRawText()));
        return DatumType.Parse(step.Type).Fit(read, out _) ?? read;
    }

    private static ImmutableArray<string> Texts(Step step, string name) =>
        step.Attributes.TryGetValue(name, out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.String ? v.GetString() ?? "" : v.GetRawText())]
            : [];

    private static ImmutableArray<Datum> Patterns(Step step) =>
        step.Kind == StepKind.Match && step.Attributes.TryGetValue("patterns", out JsonElement value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray().Select(v => Datum.FromJson(JsonNode.Parse(v.GetRawText())))]
            : [];

    private static string ExecutorOf(TaskGraph graph, Step step, Declaration? service, int[] tasks)
    {
        if (tasks.Length > 0)
        {
            return graph.Tasks[tasks[0]].Work.Executor;
        }

        return step.Kind switch
        {
            StepKind.Human => "human",
            StepKind.Call => "llm",
            StepKind.Embed or StepKind.Transcribe or StepKind.Speak => "encoder",
            StepKind.Lookup => "kernel",
            _ => service?.Flavour ?? "",
        };
    }
}
