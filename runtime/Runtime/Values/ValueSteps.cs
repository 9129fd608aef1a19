using System.Collections.Immutable;
using System.Text;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>The steps that only compute: no target, no waiting.</summary>
internal static class ValueSteps
{
    public static bool IsValue(StepKind kind) => kind is StepKind.Input or StepKind.Constant or StepKind.Template or StepKind.Field or StepKind.Record
        or StepKind.List or StepKind.Operator;

    public static Datum Template(Step step, ImmutableArray<string> parts, ReadOnlySpan<Datum> values, long limit)
    {
        if (parts.Length != values.Length + 1)
        {
            throw Faults.At("ORC5003", step, $"a template of {parts.Length} parts is given {values.Length} values", "compile the workflow again: its plan is damaged");
        }

        var text = new StringBuilder(parts[0]);
        for (int i = 0; i < values.Length; i++)
        {
            text.Append(values[i].ToText()).Append(parts[i + 1]);
            if (text.Length * 2L > limit)
            {
                throw TooLarge(step, limit);
            }
        }

        return new TextDatum(text.ToString());
    }

    public static Datum Field(Step step, string name, Datum value)
    {
        switch (value)
        {
            case RecordDatum record when record[name] is { } field:
                return field;
            case RecordDatum or NoneDatum when step.Type.EndsWith('?') || step.Type == "json":
                return Datum.None;
            case RecordDatum record:
                IEnumerable<string> names = record.Fields.Select(f => f.Key);
                throw Faults.At("ORC5013", step, $"there is no field '{name}'", NearestName.Suggest(name, names) ?? "it has " + string.Join(", ", names));
            case NoneDatum:
                throw Faults.At("ORC5013", step, $"field '{name}' of a value that is absent", "test it before, or declare the field as optional");
            default:
                throw Faults.At("ORC5014", step, $"field '{name}' of {DatumType.KindOf(value)}", "only records have fields");
        }
    }

    public static StepFailedException TooLarge(Step step, long limit) => Faults.At("ORC5015", step,
        $"its value takes more than {new Bytes(limit)}", "pass less along, or raise the limit of the run");

    /// <summary>Bytes that a value takes, roughly; stops counting above the limit.</summary>
    public static long SizeOf(Datum value, long limit)
    {
        long size = 0;
        var open = new Stack<Datum>();
        open.Push(value);
        while (size <= limit && open.TryPop(out Datum? next))
        {
            size += 16;
            switch (next)
            {
                case TextDatum text:
                    size += text.Value.Length * 2L;
                    break;
                case BytesDatum bytes:
                    size += bytes.Value.Length;
                    break;
                case VectorDatum vector:
                    size += vector.Value.Length * 4L;
                    break;
                case ListDatum list:
                    size += list.Items.Length * 8L;
                    foreach (Datum item in list.Items)
                    {
                        open.Push(item);
                    }

                    break;
                case RecordDatum record:
                    foreach (KeyValuePair<string, Datum> field in record.Fields)
                    {
                        size += 16 + (field.Key.Length * 2L);
                        open.Push(field.Value);
                    }

                    break;
            }
        }

        return size;
    }
}
