namespace Orchestrator.Frontend.Importers.Onnx;

/// <summary>A tensor that the file holds or refers to; of its values only few and small ones are kept.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">ONNX's number of the element type.</param>
/// <param name="Shape">Dimensions.</param>
/// <param name="Values">All values where there are at most <see cref="MostValues"/>, else null.</param>
internal sealed record OnnxTensor(string Name, int Element, long[] Shape, double[]? Values)
{
    /// <summary>Most values that are kept: shapes, axes and scales have fewer.</summary>
    public const int MostValues = 1024;
}

/// <summary>A dimension: a number, or a name for one that is given later; neither where nothing is said.</summary>
/// <param name="Size">The number, or -1.</param>
/// <param name="Name">The name, or empty.</param>
internal readonly record struct OnnxDimension(long Size, string Name);

/// <summary>What is said of a value.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Element">ONNX's number of the element type; 0 when it is no tensor.</param>
/// <param name="Shape">Dimensions; null when not even their number is said.</param>
internal sealed record OnnxValue(string Name, int Element, OnnxDimension[]? Shape);

/// <summary>An attribute of a node; only the kind that was written is filled.</summary>
internal sealed record OnnxAttribute(string Name)
{
    /// <summary>A whole number.</summary>
    public long? Int { get; set; }

    /// <summary>A float.</summary>
    public double? Float { get; set; }

    /// <summary>A text.</summary>
    public string? Text { get; set; }

    /// <summary>Whole numbers.</summary>
    public List<long> Ints { get; } = [];

    /// <summary>Floats.</summary>
    public List<double> Floats { get; } = [];

    /// <summary>A tensor.</summary>
    public OnnxTensor? Tensor { get; set; }

    /// <summary>Whether it holds a graph, which is not read.</summary>
    public bool HasGraph { get; set; }
}

/// <summary>An operator.</summary>
/// <param name="Name">Its name, or empty.</param>
/// <param name="Kind">The operator: <c>MatMul</c>.</param>
/// <param name="Domain">Empty for ONNX's own operators.</param>
/// <param name="Inputs">Names; empty for one that is left out.</param>
/// <param name="Outputs">Names; empty for one that is left out.</param>
/// <param name="Attributes">By name.</param>
/// <param name="Offset">Where it stands in the file.</param>
internal sealed record OnnxNode(
    string Name, string Kind, string Domain, string[] Inputs, string[] Outputs, IReadOnlyDictionary<string, OnnxAttribute> Attributes, long Offset)
{
    /// <summary>Its name, or what it is and makes.</summary>
    public string Label => Name.Length > 0 ? Name : Outputs.FirstOrDefault(o => o.Length > 0) ?? Kind;

    /// <summary>A whole number, or what stands for it when it is not written.</summary>
    public long Int(string name, long otherwise) => Attributes.TryGetValue(name, out OnnxAttribute? a) && a.Int is { } value ? value : otherwise;

    /// <summary>Whole numbers, or null.</summary>
    public long[]? Ints(string name) => Attributes.TryGetValue(name, out OnnxAttribute? a) && a.Ints.Count > 0 ? [.. a.Ints] : null;

    /// <summary>A text, or empty.</summary>
    public string Text(string name) => Attributes.TryGetValue(name, out OnnxAttribute? a) ? a.Text ?? "" : "";
}

/// <summary>A model's graph.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Nodes">Operators in the file's order.</param>
/// <param name="Weights">Tensors by name.</param>
/// <param name="Inputs">What goes in, weights left out.</param>
/// <param name="Outputs">What comes out.</param>
/// <param name="Said">What the file says of values, by name.</param>
/// <param name="Opset">Version of ONNX's own operators, 0 when it is not said.</param>
internal sealed record OnnxModel(
    string Name, IReadOnlyList<OnnxNode> Nodes, IReadOnlyDictionary<string, OnnxTensor> Weights, IReadOnlyList<OnnxValue> Inputs, IReadOnlyList<OnnxValue> Outputs,
    IReadOnlyDictionary<string, OnnxValue> Said, long Opset);
