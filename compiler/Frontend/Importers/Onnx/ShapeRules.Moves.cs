namespace Orchestrator.Frontend.Importers.Onnx;

/// <summary>Operators that move elements, and the arithmetic of shapes.</summary>
internal static partial class ShapeRules
{
    private static OnnxFact Constant(OnnxNode node)
    {
        if (node.Attributes.TryGetValue("value", out OnnxAttribute? tensor) && tensor.Tensor is { } value)
        {
            return new OnnxFact(value.Element, value.Shape, value.Values);
        }

        foreach (OnnxAttribute attribute in node.Attributes.Values)
        {
            switch (attribute.Name)
            {
                case "value_int" when attribute.Int is { } number:
                    return new OnnxFact(Int64, [], [number]);
                case "value_float" when attribute.Float is { } number:
                    return new OnnxFact(1, [], [number]);
                case "value_ints":
                    return new OnnxFact(Int64, [attribute.Ints.Count], [.. attribute.Ints.Select(i => (double)i)]);
                case "value_floats":
                    return new OnnxFact(1, [attribute.Floats.Count], [.. attribute.Floats]);
            }
        }

        return OnnxFact.Unknown;
    }

    private static OnnxFact ShapeOf(Call call)
    {
        if (call.Input(0).Shape is not { } shape)
        {
            return new OnnxFact(Int64, null);
        }

        int start = (int)Within(call.Node.Int("start", 0), shape.Length);
        int end = (int)Within(call.Node.Int("end", shape.Length), shape.Length);
        double[] values = [.. shape.Skip(start).Take(Math.Max(0, end - start)).Select(d => (double)d)];
        return new OnnxFact(Int64, [values.Length], values);
    }

    private static long Within(long at, long length) => Math.Clamp(at < 0 ? at + length : at, 0, length);

    // Values of small tensors, element by element, where all inputs are known.
    private static OnnxFact Numbers(Call call, OnnxFact result)
    {
        if (result.Shape is null || result.Count > OnnxTensor.MostValues || call.Inputs.Any(i => i.Values is null || (i.Values.Length != 1 && i.Values.Length != (int)result.Count)))
        {
            return result with { Values = null };
        }

        bool whole = call.Inputs[^1].Element is not (1 or 10 or 11 or 16);
        double At(int input, int i) => call.Inputs[input].Values is { Length: > 1 } many ? many[i] : call.Inputs[input].Values is { Length: 1 } one ? one[0] : double.NaN;
        double[] values = [.. Enumerable.Range(0, (int)result.Count).Select(i => call.Node.Kind switch
        {
            "Add" => At(0, i) + At(1, i),
            "Sub" => At(0, i) - At(1, i),
            "Mul" => At(0, i) * At(1, i),
            "Div" => whole ? Math.Truncate(At(0, i) / At(1, i)) : At(0, i) / At(1, i),
            "Pow" => Math.Pow(At(0, i), At(1, i)),
            "Mod" => At(0, i) % At(1, i),
            "Max" => Enumerable.Range(0, call.Inputs.Length).Max(k => At(k, i)),
            "Min" => Enumerable.Range(0, call.Inputs.Length).Min(k => At(k, i)),
            "Equal" => At(0, i) == At(1, i) ? 1 : 0,
            "Less" => At(0, i) < At(1, i) ? 1 : 0,
            "Greater" => At(0, i) > At(1, i) ? 1 : 0,
            "Where" => At(0, i) != 0 ? At(1, i) : At(2, i),
            "Identity" => At(0, i),
            "Floor" => Math.Floor(At(0, i)),
            "Ceil" => Math.Ceiling(At(0, i)),
            "Round" => Math.Round(At(0, i)),
            "Neg" => -At(0, i),
            "Sqrt" => Math.Sqrt(At(0, i)),
            "Abs" => Math.Abs(At(0, i)),
            _ => double.NaN,
        })];
        return result with { Values = Array.TrueForAll(values, double.IsFinite) ? values : null };
    }

    private static OnnxFact Reshaped(Call call)
    {
        OnnxFact input = call.Input(0);
        long[]? shape = input.Shape is null ? null : call.Node.Kind switch
        {
            "Reshape" => Reshape(input, call.Longs(1) ?? call.Node.Ints("shape"), call.Node.Int("allowzero", 0) == 1),
            "Flatten" => Flatten(input.Shape, call.Node.Int("axis", 1)),
            "Squeeze" => Squeeze(call, input.Shape),
            "Unsqueeze" => Unsqueeze(input.Shape, call.Node.Ints("axes") ?? call.Longs(1)),
            "Expand" => call.Longs(1) is { } wanted ? Broadcast(input.Shape, wanted) : null,
            "Tile" => call.Longs(1) is { } times && times.Length == input.Shape.Length ? [.. input.Shape.Zip(times, (d, t) => d * t)] : null,
            _ => Transpose(input.Shape, call.Node.Ints("perm")),
        };
        bool kept = call.Node.Kind is "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" || input.Values is { Length: 1 };
        double count = (shape ?? []).Aggregate(1.0, (a, b) => a * b);
        return new OnnxFact(input.Element, shape, !kept || shape is null || input.Values is not { } v ? null
            : v.Length == (int)count ? v : call.Node.Kind == "Expand" && count <= OnnxTensor.MostValues ? [.. Enumerable.Repeat(v[0], (int)count)] : null);
    }

    private static long[]? Reshape(OnnxFact input, long[]? wanted, bool zeroIsZero)
    {
        if (wanted is null || input.Shape is not { } from)
        {
            return null;
        }

        long[] shape = [.. wanted.Select((d, i) => d == 0 && !zeroIsZero ? from[i] : d)];
        int open = Array.IndexOf(shape, -1);
        if (open >= 0)
        {
            double rest = shape.Where(d => d >= 0).Aggregate(1.0, (a, b) => a * b);
            double size = rest == 0 ? 0 : input.Count / rest;
            if (size != Math.Truncate(size))
            {
                return null;
            }

            shape[open] = (long)size;
        }

        return shape.Aggregate(1.0, (a, b) => a * b) == input.Count ? shape : null;
    }

    private static long[] Flatten(long[] shape, long axis)
    {
        int at = (int)Within(axis, shape.Length);
        return [shape[..at].Aggregate(1L, (a, b) => checked(a * b)), shape[at..].Aggregate(1L, (a, b) => checked(a * b))];
    }

    private static long[]? Squeeze(Call call, long[] shape)
    {
        long[]? axes = call.Node.Ints("axes") ?? call.Longs(1);
        if (axes is null)
        {
            return call.Given(1) ? null : [.. shape.Where(d => d != 1)];
        }

        HashSet<long> gone = [.. axes.Select(a => a < 0 ? a + shape.Length : a)];
        return [.. shape.Where((_, i) => !gone.Contains(i))];
    }

    private static long[]? Unsqueeze(long[] shape, long[]? axes)
    {
        if (axes is null)
        {
            return null;
        }

        int rank = shape.Length + axes.Length;
        HashSet<long> added = [.. axes.Select(a => a < 0 ? a + rank : a)];
        var left = new Queue<long>(shape);
        return [.. Enumerable.Range(0, rank).Select(i => added.Contains(i) ? 1 : left.Count > 0 ? left.Dequeue() : throw new ArgumentException("an axis is added twice", nameof(axes)))];
    }

    private static long[] Transpose(long[] shape, long[]? order) =>
        order is null ? [.. shape.Reverse()] : order.Length == shape.Length ? [.. order.Select(i => shape[i])] : throw new ArgumentException("as many axes as dimensions", nameof(order));

    private static OnnxFact Moved(Call call)
    {
        OnnxFact input = call.Input(0);
        return call.Node.Kind switch
        {
            "Concat" => Concat(call),
            "Slice" => Slice(call),
            "Gather" => Gather(call),
            "GatherElements" => new OnnxFact(input.Element, call.Input(1).Shape),
            "GatherND" => input.Shape is { } data && call.Input(1).Shape is { Length: > 0 } at && call.Node.Int("batch_dims", 0) == 0
                ? new OnnxFact(input.Element, [.. at[..^1], .. data[(int)at[^1]..]])
                : new OnnxFact(input.Element, null),
            "Pad" => new OnnxFact(input.Element, input.Shape is { } s && (call.Node.Ints("pads") ?? call.Longs(1)) is { } pads && !call.Given(3) && pads.Length == 2 * s.Length
                ? [.. s.Select((d, i) => d + pads[i] + pads[i + s.Length])]
                : null),
            "Resize" or "Upsample" => Resize(call),
            "DepthToSpace" => Blocks(call, up: true),
            "SpaceToDepth" => Blocks(call, up: false),
            "Range" => Range(call),
            "OneHot" => input.Shape is { } ids && call.Longs(1) is [var depth]
                ? new OnnxFact(call.Input(2).Element, Inserted(ids, call.Node.Int("axis", -1), depth))
                : OnnxFact.Unknown,
            _ => Filled(call),
        };
    }

    private static long[] Inserted(long[] shape, long axis, long size)
    {
        int at = (int)(axis < 0 ? axis + shape.Length + 1 : axis);
        return [.. shape[..at], size, .. shape[at..]];
    }

    private static OnnxFact Filled(Call call)
    {
        double value = call.Node.Attributes.TryGetValue("value", out OnnxAttribute? a) && a.Tensor?.Values is { Length: > 0 } v ? v[0] : 0;
        int element = a?.Tensor?.Element ?? 1;
        long[]? shape = call.Longs(0);
        double count = (shape ?? []).Aggregate(1.0, (x, y) => x * y);
        return new OnnxFact(element, shape, shape is not null && count <= OnnxTensor.MostValues ? [.. Enumerable.Repeat(value, (int)count)] : null);
    }

    private static OnnxFact Concat(Call call)
    {
        int element = call.Input(0).Element;
        if (call.Inputs.Any(i => i.Shape is null || i.Shape.Length != call.Input(0).Shape?.Length) || call.Input(0).Shape is not { Length: > 0 } first)
        {
            return new OnnxFact(element, null);
        }

        int axis = (int)(call.Node.Int("axis", 0) is < 0 and var a ? a + first.Length : call.Node.Int("axis", 0));
        long[] shape = [.. first];
        shape[axis] = call.Inputs.Sum(i => i.Shape![axis]); // every input has a shape, see above
        double[]? values = first.Length == 1 && call.Inputs.All(i => i.Values is not null) && shape[0] <= OnnxTensor.MostValues ? [.. call.Inputs.SelectMany(i => i.Values!)] : null; // and values
        return new OnnxFact(element, shape, values);
    }

    private static OnnxFact Slice(Call call)
    {
        OnnxFact input = call.Input(0);
        long[]? starts = call.Node.Ints("starts") ?? call.Longs(1);
        long[]? ends = call.Node.Ints("ends") ?? call.Longs(2);
        long[]? axes = call.Node.Ints("axes") ?? call.Longs(3);
        long[]? steps = call.Longs(4);
        if (input.Shape is not { } from || starts is null || ends is null || (axes is null && call.Given(3)) || (steps is null && call.Given(4)))
        {
            return new OnnxFact(input.Element, null);
        }

        long[] shape = [.. from];
        double[]? values = input.Values;
        for (int i = 0; i < starts.Length; i++)
        {
            long axis = axes?[i] ?? i;
            axis += axis < 0 ? from.Length : 0;
            long step = steps?[i] ?? 1;
            long size = from[axis];
            (long low, long high) = step > 0 ? (0, size) : (-1, size - 1);
            long start = Math.Clamp(starts[i] < 0 ? starts[i] + size : starts[i], step > 0 ? 0 : -1, step > 0 ? size : size - 1);
            long end = Math.Clamp(ends[i] < 0 && ends[i] >= -size ? ends[i] + size : ends[i], low, high);
            shape[axis] = step == 0 ? throw new ArgumentException("a step of 0", nameof(call)) : Math.Max(0, (end - start + step - Math.Sign(step)) / step);
            values = from.Length == 1 && values is not null ? [.. Enumerable.Range(0, (int)shape[axis]).Select(k => values[(int)(start + k * step)])] : null;
        }

        return new OnnxFact(input.Element, shape, values);
    }

    private static OnnxFact Gather(Call call)
    {
        (OnnxFact data, OnnxFact at) = (call.Input(0), call.Input(1));
        if (data.Shape is not { Length: > 0 } shape || at.Shape is not { } indices)
        {
            return new OnnxFact(data.Element, null);
        }

        int axis = (int)(call.Node.Int("axis", 0) is < 0 and var a ? a + shape.Length : call.Node.Int("axis", 0));
        double[]? values = shape.Length == 1 && data.Values is { } v && at.Values is { } positions
            ? [.. positions.Select(p => v[(int)(p < 0 ? p + v.Length : p)])]
            : null;
        return new OnnxFact(data.Element, [.. shape[..axis], .. indices, .. shape[(axis + 1)..]], values);
    }

    private static OnnxFact Resize(Call call)
    {
        OnnxFact input = call.Input(0);
        if (input.Shape is not { } shape)
        {
            return input;
        }

        bool early = call.Node.Kind == "Upsample" || call.Opset < 11;
        if (!early && call.Given(3))
        {
            return new OnnxFact(input.Element, call.Longs(3) is { } sizes && sizes.Length == shape.Length ? sizes : null);
        }

        double[]? scales = call.Node.Attributes.TryGetValue("scales", out OnnxAttribute? a) ? [.. a.Floats] : call.Input(early ? 1 : 2).Values;
        return new OnnxFact(input.Element, scales is not null && scales.Length == shape.Length ? [.. shape.Zip(scales, (d, s) => (long)Math.Floor(d * s))] : null);
    }

    private static OnnxFact Blocks(Call call, bool up)
    {
        long block = Math.Max(1, call.Node.Int("blocksize", 1));
        return call.Input(0) is { Shape: [var n, var c, var h, var w] } input
            ? new OnnxFact(input.Element, up ? [n, c / (block * block), h * block, w * block] : [n, c * block * block, h / block, w / block])
            : call.Input(0);
    }

    private static OnnxFact Range(Call call)
    {
        if (call.Inputs is not [{ Values: [var start] }, { Values: [var limit] }, { Values: [var step] }] || step == 0)
        {
            return new OnnxFact(call.Input(0).Element, null);
        }

        double count = Math.Max(0, Math.Ceiling((limit - start) / step));
        return new OnnxFact(call.Input(0).Element, [(long)Math.Min(count, 1L << 40)], count <= OnnxTensor.MostValues ? [.. Enumerable.Range(0, (int)count).Select(i => start + i * step)] : null);
    }

    private static OnnxFact[] Split(Call call)
    {
        OnnxFact input = call.Input(0);
        if (input.Shape is not { Length: > 0 } shape)
        {
            return [];
        }

        int axis = (int)(call.Node.Int("axis", 0) is < 0 and var a ? a + shape.Length : call.Node.Int("axis", 0));
        int parts = call.Node.Outputs.Length;
        long each = (shape[axis] + parts - 1) / parts;
        long[]? sizes = call.Node.Ints("split") ?? call.Longs(1);
        if (sizes is null && call.Given(1))
        {
            return [];
        }

        sizes ??= [.. Enumerable.Range(0, parts).Select(i => Math.Clamp(shape[axis] - i * each, 0, each))];
        return [.. sizes.Select(s => new OnnxFact(input.Element, [.. shape[..axis], s, .. shape[(axis + 1)..]]))];
    }

    private static OnnxFact[] TopK(Call call)
    {
        if (call.Input(0).Shape is not { Length: > 0 } shape || call.Longs(1) is not [var k])
        {
            return [];
        }

        int axis = (int)(call.Node.Int("axis", -1) is < 0 and var a ? a + shape.Length : call.Node.Int("axis", -1));
        long[] result = [.. shape[..axis], k, .. shape[(axis + 1)..]];
        return [new OnnxFact(call.Input(0).Element, result), new OnnxFact(Int64, result)];
    }
}
