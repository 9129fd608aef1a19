using Orchestrator.CostModels.Operators;
using Orchestrator.IR;

namespace Orchestrator.Compiler.Operators;

/// <summary>The arithmetic of one operation.</summary>
/// <param name="Flops">Multiplications and additions; of an operator by elements one for each element.</param>
/// <param name="Format">Number format: that of its weights, else of its data.</param>
internal sealed record OperatorWork(double Flops, string Format)
{
    /// <summary>The product that it is, or null.</summary>
    public MatrixShape? Matrix { get; init; }

    /// <summary>The causal attention that it is, or null.</summary>
    public AttentionShape? Attention { get; init; }

    /// <summary>Its name among <see cref="VectorOperation"/>, or null.</summary>
    public string? Vector { get; init; }

    /// <summary>Rows and width of a vector operation.</summary>
    public (double Rows, double Width) Size { get; init; }

    /// <summary>Bytes of its weights that it reads where that is not all of them: rows of a table.</summary>
    public double? Rows { get; init; }

    /// <summary>The arithmetic of an operation of the <c>onnx</c> dialect; what is not known counts as nothing.</summary>
    /// <param name="op">The operation.</param>
    /// <param name="kind">Its name without the dialect.</param>
    /// <param name="operands">Its operands that are tensors.</param>
    /// <param name="constant">Whether a value is a weight.</param>
    public static OperatorWork Of(Operation op, string kind, Value[] operands, Func<Value, bool> constant)
    {
        long[] result = ShapeOf(op.Results[0]);
        string format = FormatOf(operands.FirstOrDefault(constant) ?? operands.FirstOrDefault() ?? op.Results[0]);
        double elements = Product(result);
        MatrixShape? matrix = kind switch
        {
            "MatMul" when operands.Length > 1 => MatMul(ShapeOf(operands[0]), ShapeOf(operands[1]), result, constant(operands[1])),
            "Gemm" when operands.Length > 1 && result.Length == 2 => Gemm(op, ShapeOf(operands[0]), result),
            "Conv" when operands.Length > 1 && ShapeOf(operands[1]) is { Length: > 2 } kernel => Conv(op, kernel, result),
            "ConvTranspose" when operands.Length > 1 && ShapeOf(operands[1]) is { Length: > 2 } kernel => ConvTranspose(op, kernel, ShapeOf(operands[0])),
            _ => null,
        };
        if (matrix is { } m)
        {
            return new OperatorWork(2 * m.Times * m.M * m.N * m.K, format) { Matrix = m };
        }

        return kind switch
        {
            "Attention" => Attending(op, operands, result, format),
            "LSTM" or "GRU" or "RNN" when operands.Length > 2 => Recurrent(kind, operands, format),
            "Gather" when operands.Length > 1 && constant(operands[0]) => new OperatorWork(0, format)
            {
                Vector = "embedding",
                Size = RowsOf(result),
                Rows = FreezeOperators.BytesOf(op.Results[0].Type),
            },
            _ => new OperatorWork(elements, format) { Vector = VectorOf(kind, operands, constant), Size = RowsOf(result) },
        };
    }

    private static string? VectorOf(string kind, Value[] operands, Func<Value, bool> constant) =>
        OperatorKinds.IsNorm(kind) ? "norm"
        : kind == "Add" && operands.Count(o => !constant(o)) == 2 ? "add"
        : kind == "SwiGLU" ? "activation"
        : null;

    // Leading dimensions of A are rows where B is one matrix, and side by side where B has them too.
    private static MatrixShape? MatMul(long[] a, long[] b, long[] result, bool weights)
    {
        if (a.Length == 0 || b.Length == 0)
        {
            return null;
        }

        double k = a[^1];
        double n = b.Length == 1 ? 1 : b[^1];
        double all = n > 0 ? Product(result) / n : 0;
        double times = weights || b.Length <= 2 ? 1 : Product(b.AsSpan(..^2));
        return Shape(times, all / times, n, k);
    }

    private static MatrixShape? Gemm(Operation op, long[] a, long[] result) =>
        a.Length == 2 ? Shape(1, result[0], result[1], a[Flag(op, "transA") ? 0 : 1]) : null;

    private static MatrixShape? Conv(Operation op, long[] kernel, long[] result)
    {
        double groups = Math.Max(1, op.GetAttr<IntegerAttr>("group")?.Value ?? 1);
        return result.Length < 3 ? null : Shape(groups, Product(result) / Math.Max(1, result[1]), kernel[0] / groups, Product(kernel.AsSpan(1..)));
    }

    private static MatrixShape? ConvTranspose(Operation op, long[] kernel, long[] input)
    {
        double groups = Math.Max(1, op.GetAttr<IntegerAttr>("group")?.Value ?? 1);
        return input.Length < 3 ? null : Shape(groups, Product(input) / Math.Max(1, input[1]), Product(kernel.AsSpan(1..)), kernel[0] / groups);
    }

    private static MatrixShape? Shape(double times, double m, double n, double k) =>
        times > 0 && m > 0 && n > 0 && k > 0 ? new MatrixShape(times, m, n, k) : null;

    // Queries, keys and values lie beside each other in the first operand; kept keys and values are the next two.
    private static OperatorWork Attending(Operation op, Value[] operands, long[] result, string format)
    {
        double heads = op.GetAttr<IntegerAttr>("q_num_heads")?.Value ?? 1;
        double kvHeads = op.GetAttr<IntegerAttr>("kv_num_heads")?.Value ?? heads;
        long[] kept = operands.Length > 1 && ShapeOf(operands[1]) is { Length: 4 } shape ? shape : [];
        if (result.Length != 3 || heads < 1)
        {
            return new OperatorWork(0, format);
        }

        bool causal = Flag(op, "is_causal");
        double cached = kept.Length == 4 ? kept[2] : 0;
        var attention = new AttentionShape(result[1] > 1, result[0], result[1], cached, heads, kvHeads, result[2] / heads, 2);
        double pairs = causal ? result[1] * (cached + (result[1] + 1) / 2.0) : result[1] * (cached + result[1]);
        return new OperatorWork(4 * result[0] * result[2] * pairs, format) { Attention = causal ? attention : null };
    }

    // Each step multiplies input and state by the weights of every gate; W is [directions, gates × hidden, input], R [directions, gates × hidden, hidden].
    private static OperatorWork Recurrent(string kind, Value[] operands, string format)
    {
        long[] input = ShapeOf(operands[0]);
        double weights = Product(ShapeOf(operands[1])) + Product(ShapeOf(operands[2]));
        return new OperatorWork(input.Length == 3 ? 2.0 * input[0] * input[1] * weights : 0, format);
    }

    private static bool Flag(Operation op, string name) => op.GetAttr<IntegerAttr>(name)?.Value is 1;

    private static (double, double) RowsOf(long[] shape) => shape.Length == 0 ? (1, 1) : (Product(shape.AsSpan(..^1)), Math.Max(1, shape[^1]));

    private static double Product(ReadOnlySpan<long> shape)
    {
        double product = 1;
        foreach (long dimension in shape)
        {
            product *= Math.Max(0, dimension);
        }

        return product;
    }

    private static long[] ShapeOf(Value value) => value.Type is ShapedType { Shape.IsDefault: false } shaped ? [.. shaped.Shape] : [];

    private static string FormatOf(Value value) => value.Type is ShapedType shaped ? shaped.Element switch
    {
        FloatType { Name: "f16" } => "fp16",
        FloatType { Name: "f32" or "f64" } => "fp32",
        FloatType { Name: "bf16" } => "bf16",
        FloatType { Name: ['f', '8', ..] } => "fp8",
        FloatType { Name: "f4E2M1FN" } => "mxfp4",
        IntegerType { Width: 4 } => "int4_wo",
        IntegerType { Width: 8 } => "int8",
        _ => "fp32",
    }
    : "fp32";
}
