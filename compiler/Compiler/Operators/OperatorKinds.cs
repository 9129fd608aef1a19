using System.Collections.Frozen;

namespace Orchestrator.Compiler.Operators;

/// <summary>What is known of ONNX operators by their names.</summary>
internal static class OperatorKinds
{
    private static readonly FrozenSet<string> Views = FrozenSet.ToFrozenSet(
    [
        "Reshape", "Flatten", "Squeeze", "Unsqueeze", "Identity", "Dropout",
    ]);

    private static readonly FrozenSet<string> Elementwise = FrozenSet.ToFrozenSet(
    [
        "Abs", "Add", "And", "BatchNormalization", "Cast", "CastLike", "Ceil", "Celu", "Clip", "Cos", "Div", "Elu", "Equal", "Erf", "Exp", "Floor", "Gelu", "Greater",
        "GreaterOrEqual", "HardSigmoid", "HardSwish", "LeakyRelu", "Less", "LessOrEqual", "Log", "Max", "Min", "Mish", "Mod", "Mul", "Neg", "Not", "Or", "PRelu",
        "Pow", "Reciprocal", "Relu", "Round", "Selu", "Sigmoid", "Sign", "Sin", "Softplus", "Softsign", "Sqrt", "Sub", "Sum", "Swish", "Tanh", "ThresholdedRelu",
        "Expand", "Transpose", "Where", "Xor",
    ]);

    private static readonly FrozenSet<string> Rowwise = FrozenSet.ToFrozenSet(
    [
        "ArgMax", "CumSum", "GroupNormalization", "InstanceNormalization", "LayerNormalization", "LogSoftmax", "LpNormalization", "ReduceL1", "ReduceL2", "ReduceMax",
        "ReduceMean", "ReduceMin", "ReduceProd", "ReduceSum", "ReduceSumSquare", "RMSNormalization", "SimplifiedLayerNormalization", "Softmax",
    ]);

    /// <summary>Whether it gives its first operand another shape and does no work.</summary>
    public static bool IsView(string kind) => Views.Contains(kind);

    /// <summary>Whether each element of the result comes from one element of each operand, in its place or another.</summary>
    public static bool IsElementwise(string kind) => Elementwise.Contains(kind);

    /// <summary>Whether it goes through its operands once without products: elementwise or by rows.</summary>
    public static bool IsVector(string kind) => Elementwise.Contains(kind) || Rowwise.Contains(kind);

    /// <summary>Whether it normalizes rows.</summary>
    public static bool IsNorm(string kind) => kind is "LayerNormalization" or "RMSNormalization" or "SimplifiedLayerNormalization";
}
