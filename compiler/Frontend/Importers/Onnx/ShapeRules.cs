namespace Orchestrator.Frontend.Importers.Onnx;

/// <summary>What is known of a value.</summary>
/// <param name="Element">ONNX's number of the element type, 0 when it is not known.</param>
/// <param name="Shape">Dimensions, or null.</param>
/// <param name="Values">All values of a small tensor that follows from shapes and constants, or null.</param>
internal sealed record OnnxFact(int Element, long[]? Shape, double[]? Values = null)
{
    /// <summary>Nothing.</summary>
    public static OnnxFact Unknown { get; } = new(0, null);

    /// <summary>Number of elements; only where the shape is known.</summary>
    public double Count => (Shape ?? []).Aggregate(1.0, (a, b) => a * b);
}

/// <summary>
/// The shapes that ONNX's operators give (Operators.md of ONNX 1.20), each from what is known of its inputs; an operator that is not here, or whose
/// inputs do not tell, gives <see cref="OnnxFact.Unknown"/>.
/// </summary>
internal static partial class ShapeRules
{
    private const int Int64 = 7;
    private const int Boolean = 9;

    /// <summary>What an operator's outputs are; as many as it has.</summary>
    /// <param name="node">The operator.</param>
    /// <param name="inputs">By input; unknown for one that is left out.</param>
    /// <param name="opset">Version of the operators.</param>
    public static OnnxFact[] Outputs(OnnxNode node, OnnxFact[] inputs, long opset)
    {
        var call = new Call(node, inputs, opset);
        OnnxFact[] told;
        try
        {
            told = inputs.Length == 0 && node.Kind is not ("Constant" or "RandomNormal" or "RandomUniform") ? [] : Rule(call);
        }
        catch (Exception e) when (e is IndexOutOfRangeException or OverflowException or ArgumentException)
        {
            told = []; // inputs of another rank than the operator takes
        }

        OnnxFact[] outputs = [.. node.Outputs.Select((_, i) => i < told.Length ? told[i] : OnnxFact.Unknown)];
        return [.. outputs.Select(o => o.Shape is { } shape && shape.Any(d => d is < 0 or > 1L << 40) ? o with { Shape = null, Values = null } : o)];
    }

    private static OnnxFact[] Rule(Call call)
    {
        OnnxFact first = call.Input(0);
        switch (call.Node.Kind)
        {
            case "Constant":
                return [Constant(call.Node)];
            case "Shape":
                return [ShapeOf(call)];
            case "Size":
                return [first.Shape is null ? OnnxFact.Unknown : new OnnxFact(Int64, [], [first.Count])];
            case "Add" or "Sub" or "Mul" or "Div" or "Pow" or "Mod" or "Max" or "Min" or "Sum" or "Mean" or "PRelu" or "And" or "Or" or "Xor" or "BitShift":
                return [Numbers(call, Broadcast(call.Inputs, first.Element))];
            case "Equal" or "Less" or "LessOrEqual" or "Greater" or "GreaterOrEqual":
                return [Numbers(call, Broadcast(call.Inputs, Boolean))];
            case "Where":
                return [Numbers(call, Broadcast(call.Inputs, call.Input(1).Element))];
            case "Not" or "IsNaN" or "IsInf":
                return [first with { Element = Boolean, Values = null }];
            case "Cast":
                return [first with { Element = (int)call.Node.Int("to", 0) }];
            case "Identity" or "Floor" or "Ceil" or "Round" or "Neg" or "Sqrt" or "Abs":
                return [Numbers(call, first)];
            case "MatMul" or "FusedMatMul" or "MatMulInteger" or "QLinearMatMul":
                return [MatMul(call)];
            case "Gemm":
                return [Gemm(call)];
            case "Conv" or "MaxPool" or "AveragePool" or "LpPool" or "ConvInteger" or "ConvTranspose" or "GlobalAveragePool" or "GlobalMaxPool" or "GlobalLpPool":
                return [Window(call)];
            case "Reshape" or "Flatten" or "Squeeze" or "Unsqueeze" or "Expand" or "Tile" or "Transpose":
                return [Reshaped(call)];
            case "Concat" or "Slice" or "Gather" or "GatherElements" or "GatherND" or "Pad" or "Resize" or "Upsample" or "DepthToSpace" or "SpaceToDepth" or "Range" or "ConstantOfShape" or "OneHot":
                return [Moved(call)];
            case "Split":
                return Split(call);
            case "TopK":
                return TopK(call);
            case "LSTM" or "GRU" or "RNN":
                return Recurrent(call);
            case "ArgMax" or "ArgMin":
                return [Reduced(call) with { Element = Int64 }];
            case "Attention" or "MultiHeadAttention" or "GroupQueryAttention":
                return Attention(call);
            case ['R', 'e', 'd', 'u', 'c', 'e', ..]:
                return [Reduced(call)];
            default:
                return Like(call);
        }
    }

    // Operators whose results have the shape of the first input.
    private static OnnxFact[] Like(Call call) => call.Node.Kind switch
    {
        "QuantizeLinear" => [call.Input(0) with { Element = call.Input(2).Element is > 0 and var e ? e : 2, Values = null }],
        "DequantizeLinear" => [call.Input(0) with { Element = call.Input(1).Element, Values = null }],
        "DynamicQuantizeLinear" => [call.Input(0) with { Element = 2, Values = null }, new OnnxFact(1, []), new OnnxFact(2, [])],
        "SkipLayerNormalization" or "SkipSimplifiedLayerNormalization" => [call.Input(0) with { Values = null }],
        "Dropout" => [call.Input(0) with { Values = null }, call.Input(0) with { Element = Boolean, Values = null }],
        _ when SameShape.Contains(call.Node.Kind) => [call.Input(0) with { Values = null }],
        _ => [],
    };

    private static readonly HashSet<string> SameShape = new(StringComparer.Ordinal)
    {
        "Acos", "Asin", "Atan", "BatchNormalization", "BiasGelu", "Celu", "Clip", "Cos", "Cosh", "CumSum", "Elu", "Erf", "Exp", "FastGelu", "Gelu", "GroupNormalization",
        "HardSigmoid", "HardSwish", "InstanceNormalization", "LRN", "LayerNormalization", "LeakyRelu", "Log", "LogSoftmax", "LpNormalization", "MeanVarianceNormalization",
        "Mish", "QuickGelu", "Reciprocal", "Relu", "RMSNormalization", "RotaryEmbedding", "ScatterElements", "ScatterND", "Selu", "Shrink", "Sigmoid", "Sign",
        "SimplifiedLayerNormalization", "Sin", "Sinh", "Softmax", "Softplus", "Softsign", "Swish", "Tan", "Tanh", "ThresholdedRelu", "Trilu", "CastLike",
    };

    private static OnnxFact Broadcast(OnnxFact[] inputs, int element)
    {
        if (inputs.Any(i => i.Shape is null))
        {
            return new OnnxFact(element, null);
        }

        return Broadcast([.. inputs.Select(i => i.Shape!)]) is { } shape ? new OnnxFact(element, shape) : new OnnxFact(element, null); // checked above
    }

    private static long[]? Broadcast(params long[][] shapes)
    {
        long[] result = new long[shapes.Max(s => s.Length)];
        Array.Fill(result, 1);
        foreach (long[] shape in shapes)
        {
            for (int i = 0; i < shape.Length; i++)
            {
                int at = result.Length - shape.Length + i;
                if (result[at] != 1 && shape[i] != 1 && result[at] != shape[i])
                {
                    return null;
                }

                result[at] = shape[i] == 1 ? result[at] : shape[i];
            }
        }

        return result;
    }

    private static OnnxFact MatMul(Call call)
    {
        (OnnxFact a, OnnxFact b) = (call.Input(0), call.Input(call.Node.Kind == "QLinearMatMul" ? 3 : 1));
        int element = call.Node.Kind == "MatMulInteger" ? 6 : a.Element;
        if (a.Shape is not { Length: > 0 } left || b.Shape is not { Length: > 0 } right)
        {
            return new OnnxFact(element, null);
        }

        if (call.Node.Kind == "FusedMatMul")
        {
            left = call.Node.Int("transA", 0) == 1 ? [.. left[..^2], left[^1], left[^2]] : left;
            right = call.Node.Int("transB", 0) == 1 ? [.. right[..^2], right[^1], right[^2]] : right;
        }

        long[]? before = Broadcast(left.Length > 2 ? left[..^2] : [], right.Length > 2 ? right[..^2] : []);
        long[] rows = left.Length > 1 ? [left[^2]] : [];
        long[] columns = right.Length > 1 ? [right[^1]] : [];
        bool fits = left[^1] == (right.Length > 1 ? right[^2] : right[0]);
        return new OnnxFact(element, before is null || !fits ? null : [.. before, .. rows, .. columns]);
    }

    private static OnnxFact Gemm(Call call) => call.Input(0).Shape is { Length: 2 } a && call.Input(1).Shape is { Length: 2 } b
        ? new OnnxFact(call.Input(0).Element, [a[call.Node.Int("transA", 0) == 1 ? 1 : 0], b[call.Node.Int("transB", 0) == 1 ? 0 : 1]])
        : new OnnxFact(call.Input(0).Element, null);

    // Convolutions and pools: leading dimensions are batch and channels, the rest slides.
    private static OnnxFact Window(Call call)
    {
        OnnxNode node = call.Node;
        OnnxFact input = call.Input(0);
        int element = node.Kind == "ConvInteger" ? 6 : input.Element;
        long[]? weights = node.Kind.StartsWith("Conv", StringComparison.Ordinal) ? call.Input(1).Shape : null;
        if (input.Shape is not { Length: > 2 } shape || (weights is null && node.Kind.StartsWith("Conv", StringComparison.Ordinal)))
        {
            return new OnnxFact(element, null);
        }

        int rank = shape.Length - 2;
        if (node.Kind.StartsWith("Global", StringComparison.Ordinal))
        {
            return new OnnxFact(element, [shape[0], shape[1], .. Enumerable.Repeat(1L, rank)]);
        }

        bool transposed = node.Kind == "ConvTranspose";
        long[] result = [shape[0], weights is null ? shape[1] : transposed ? weights[1] * node.Int("group", 1) : weights[0], .. new long[rank]];
        for (int i = 0; i < rank; i++)
        {
            result[i + 2] = transposed
                ? node.Ints("output_shape")?[i] ?? Slide(node, weights, shape[i + 2], i, rank, transposed: true)
                : Slide(node, weights, shape[i + 2], i, rank, transposed: false);
        }

        return new OnnxFact(element, result.Any(d => d < 1) ? null : result);
    }

    private static long Slide(OnnxNode node, long[]? weights, long size, int axis, int rank, bool transposed)
    {
        long kernel = node.Ints("kernel_shape")?[axis] ?? weights?[axis + 2] ?? 1;
        long stride = Math.Max(1, node.Ints("strides")?[axis] ?? 1);
        long reach = (kernel - 1) * (node.Ints("dilations")?[axis] ?? 1) + 1;
        long[]? pads = node.Ints("pads");
        long padded = pads is null ? 0 : pads[axis] + pads[axis + rank];
        if (node.Text("auto_pad") is "SAME_UPPER" or "SAME_LOWER")
        {
            return transposed ? size * stride : (size + stride - 1) / stride;
        }

        if (transposed)
        {
            return stride * (size - 1) + (node.Ints("output_padding")?[axis] ?? 0) + reach - padded;
        }

        long room = size + padded - reach;
        long up = node.Int("ceil_mode", 0) == 1 ? stride - 1 : 0;
        return room < 0 ? 0 : (room + up) / stride + 1;
    }

    private static OnnxFact Reduced(Call call)
    {
        OnnxFact input = call.Input(0);
        if (input.Shape is not { } shape)
        {
            return new OnnxFact(input.Element, null);
        }

        bool one = call.Node.Kind.StartsWith("Arg", StringComparison.Ordinal);
        long[]? axes = one ? [call.Node.Int("axis", 0)] : call.Node.Ints("axes") ?? call.Longs(1);
        if (axes is null && call.Given(1) && !one)
        {
            return new OnnxFact(input.Element, null);
        }

        if (axes is null or { Length: 0 } && call.Node.Int("noop_with_empty_axes", 0) == 1)
        {
            return input with { Values = null };
        }

        HashSet<long> gone = axes is null or { Length: 0 } ? [.. Enumerable.Range(0, shape.Length).Select(i => (long)i)] : [.. axes.Select(a => a < 0 ? a + shape.Length : a)];
        bool keep = call.Node.Int("keepdims", 1) == 1;
        long[] result = [.. shape.Select((d, i) => gone.Contains(i) ? (keep ? 1 : -1) : d).Where(d => d >= 0)];
        double[]? values = call.Node.Kind == "ReduceProd" && input.Values is { } v && result.All(d => d == 1) ? [v.Aggregate(1.0, (a, b) => a * b)] : null;
        return new OnnxFact(input.Element, result, values);
    }

    private static OnnxFact[] Recurrent(Call call)
    {
        if (call.Input(0).Shape is not { Length: 3 } x || call.Input(2).Shape is not { Length: 3 } r)
        {
            return [];
        }

        (long directions, long hidden, int element) = (r[0], r[2], call.Input(0).Element);
        bool batchFirst = call.Node.Int("layout", 0) == 1;
        long batch = x[batchFirst ? 0 : 1];
        long[] all = batchFirst ? [x[0], x[1], directions, hidden] : [x[0], directions, x[1], hidden];
        long[] last = batchFirst ? [batch, directions, hidden] : [directions, batch, hidden];
        return [new OnnxFact(element, all), new OnnxFact(element, last), new OnnxFact(element, last)];
    }

    // Queries of [batch, tokens, width], or [batch, heads, tokens, size] in ONNX's own; the result is like them with the size of the values.
    private static OnnxFact[] Attention(Call call)
    {
        if (call.Input(0).Shape is not { } query)
        {
            return [];
        }

        long[]? value = call.Input(2).Shape;
        bool plain = call.Node.Domain.Length == 0;
        long[] result = query.Length == 4 && plain && value is { Length: 4 } ? [.. query[..3], value[3]] : query;
        bool sizes = plain && query.Length == 3 && value is { Length: 3 } && call.Node.Int("q_num_heads", 0) > 0 && call.Node.Int("kv_num_heads", 0) > 0;
        result = sizes ? [query[0], query[1], value![2] / call.Node.Int("kv_num_heads", 1) * call.Node.Int("q_num_heads", 1)] : result; // sizes says that value is there
        return call.Node.Domain.Length > 0 && call.Node.Kind == "Attention" ? [] : [new OnnxFact(call.Input(0).Element, result)];
    }

    /// <summary>An operator with what is known of its inputs.</summary>
    private sealed record Call(OnnxNode Node, OnnxFact[] Inputs, long Opset)
    {
        public OnnxFact Input(int index) => index < Inputs.Length ? Inputs[index] : OnnxFact.Unknown;

        public bool Given(int index) => index < Node.Inputs.Length && Node.Inputs[index].Length > 0;

        public long[]? Longs(int index) => Input(index).Values is { } values ? [.. values.Select(v => (long)v)] : null;
    }
}
