using System.Buffers.Binary;

namespace Orchestrator.Frontend.Importers.Onnx;

/// <summary>Reads the messages of onnx.proto (ONNX 1.20) that a graph's shape follows from. Graphs inside operators are passed by, so nesting has no depth.</summary>
internal static class OnnxReader
{
    private const int MostItems = 500_000; // nodes, weights or values; the largest public models have about fifty thousand nodes
    private const int MostRank = 32;
    private const int MostInts = 65_536;

    /// <summary>The model in a file.</summary>
    /// <exception cref="BrokenModelException">The bytes are no model.</exception>
    public static OnnxModel Read(ReadOnlySpan<byte> file)
    {
        var reader = new WireReader(file, 0);
        OnnxModel? model = null;
        long opset = 0;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 7:
                    model = Graph(reader.Message());
                    break;
                case 8:
                    opset = Math.Max(opset, Opset(reader.Message()));
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return model is null ? throw reader.Broken("the file holds no graph") : model with { Opset = opset };
    }

    private static long Opset(WireReader reader)
    {
        (string domain, long version) = ("", 0);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    domain = reader.Text();
                    break;
                case 2:
                    version = reader.Number();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return domain is "" or "ai.onnx" ? version : 0;
    }

    private static OnnxModel Graph(WireReader reader)
    {
        string name = "";
        var nodes = new List<OnnxNode>();
        var weights = new Dictionary<string, OnnxTensor>(StringComparer.Ordinal);
        var inputs = new List<OnnxValue>();
        var outputs = new List<OnnxValue>();
        var said = new Dictionary<string, OnnxValue>(StringComparer.Ordinal);
        while (reader.Next())
        {
            if (nodes.Count + weights.Count + said.Count > MostItems)
            {
                throw reader.Broken($"the graph has more than {MostItems} parts");
            }

            switch (reader.Field)
            {
                case 1:
                    nodes.Add(Node(reader.Message()));
                    break;
                case 2:
                    name = reader.Text();
                    break;
                case 5:
                    OnnxTensor weight = Tensor(reader.Message());
                    weights[weight.Name] = weight;
                    break;
                case 11:
                    inputs.Add(Value(reader.Message()));
                    break;
                case 12:
                    outputs.Add(Value(reader.Message()));
                    break;
                case 13:
                    OnnxValue value = Value(reader.Message());
                    said[value.Name] = value;
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        outputs.ForEach(o => said.TryAdd(o.Name, o));
        return new OnnxModel(name, nodes, weights, [.. inputs.Where(i => !weights.ContainsKey(i.Name))], outputs, said, 0);
    }

    private static OnnxNode Node(WireReader reader)
    {
        long offset = reader.Offset;
        (string name, string kind, string domain) = ("", "", "");
        var inputs = new List<string>();
        var outputs = new List<string>();
        var attributes = new Dictionary<string, OnnxAttribute>(StringComparer.Ordinal);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    inputs.Add(reader.Text());
                    break;
                case 2:
                    outputs.Add(reader.Text());
                    break;
                case 3:
                    name = reader.Text();
                    break;
                case 4:
                    kind = reader.Text();
                    break;
                case 5:
                    OnnxAttribute attribute = Attribute(reader.Message());
                    attributes[attribute.Name] = attribute;
                    break;
                case 7:
                    domain = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return kind.Length == 0
            ? throw new BrokenModelException(offset, "an operator has no kind")
            : new OnnxNode(name, kind, domain == "ai.onnx" ? "" : domain, [.. inputs], [.. outputs], attributes, offset);
    }

    private static OnnxAttribute Attribute(WireReader reader)
    {
        var attribute = new OnnxAttribute("");
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    attribute = attribute with { Name = reader.Text() };
                    break;
                case 2:
                    attribute.Float = BitConverter.Int32BitsToSingle((int)reader.Number());
                    break;
                case 3:
                    attribute.Int = reader.Number();
                    break;
                case 4:
                    attribute.Text = reader.Text();
                    break;
                case 5:
                    attribute.Tensor = Tensor(reader.Message());
                    break;
                case 6 or 11:
                    attribute.HasGraph = true;
                    reader.Skip();
                    break;
                case 7:
                    reader.Floats(attribute.Floats, MostInts);
                    break;
                case 8:
                    reader.Numbers(attribute.Ints, MostInts);
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return attribute;
    }

    private static OnnxTensor Tensor(WireReader reader)
    {
        long offset = reader.Offset;
        string name = "";
        int element = 0;
        var shape = new List<long>();
        var values = new List<double>();
        ReadOnlySpan<byte> raw = default;
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    reader.Numbers(shape, MostRank);
                    break;
                case 2:
                    element = (int)Math.Clamp(reader.Number(), 0, 1000);
                    break;
                case 4:
                    reader.Floats(values, OnnxTensor.MostValues + 1);
                    break;
                case 5 or 7:
                    Few(ref reader, values);
                    break;
                case 8:
                    name = reader.Text();
                    break;
                case 9:
                    raw = reader.Bytes();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        double count = 1;
        foreach (long dimension in shape)
        {
            count *= dimension is >= 0 and <= 1L << 40 ? dimension : throw new BrokenModelException(offset, $"the tensor '{name}' has a dimension of {dimension}");
        }

        return new OnnxTensor(name, element, [.. shape], Values(element, count, values, raw));
    }

    // Large tensors may be written as numbers too; what is beyond the limit is passed by.
    private static void Few(ref WireReader reader, List<double> values)
    {
        var numbers = new List<long>();
        try
        {
            reader.Numbers(numbers, OnnxTensor.MostValues);
        }
        catch (BrokenModelException) when (numbers.Count == OnnxTensor.MostValues)
        {
            numbers.Add(0); // one more than is kept: the count will not fit
        }

        values.AddRange(numbers.Take(OnnxTensor.MostValues + 1 - Math.Min(values.Count, OnnxTensor.MostValues + 1)).Select(n => (double)n));
    }

    private static double[]? Values(int element, double count, List<double> values, ReadOnlySpan<byte> raw)
    {
        if (count > OnnxTensor.MostValues)
        {
            return null;
        }

        int size = element switch { 7 or 11 or 13 => 8, 1 or 6 or 12 => 4, 2 or 3 or 9 => 1, 4 or 5 => 2, _ => 0 };
        if (size == 0 || raw.Length != count * size)
        {
            return values.Count == (int)count ? [.. values] : null;
        }

        double[] read = new double[(int)count];
        for (int i = 0; i < read.Length; i++)
        {
            ReadOnlySpan<byte> at = raw[(i * size)..];
            read[i] = element switch
            {
                1 => BinaryPrimitives.ReadSingleLittleEndian(at),
                11 => BinaryPrimitives.ReadDoubleLittleEndian(at),
                6 => BinaryPrimitives.ReadInt32LittleEndian(at),
                12 => BinaryPrimitives.ReadUInt32LittleEndian(at),
                7 or 13 => BinaryPrimitives.ReadInt64LittleEndian(at),
                4 => BinaryPrimitives.ReadUInt16LittleEndian(at),
                5 => BinaryPrimitives.ReadInt16LittleEndian(at),
                3 => (sbyte)at[0],
                _ => at[0],
            };
        }

        return read;
    }

    private static OnnxValue Value(WireReader reader)
    {
        string name = "";
        (int Element, OnnxDimension[]? Shape) type = (0, null);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    name = reader.Text();
                    break;
                case 2:
                    WireReader kind = reader.Message();
                    while (kind.Next())
                    {
                        if (kind.Field == 1)
                        {
                            type = TensorType(kind.Message());
                        }
                        else
                        {
                            kind.Skip();
                        }
                    }

                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OnnxValue(name, type.Element, type.Shape);
    }

    private static (int Element, OnnxDimension[]? Shape) TensorType(WireReader reader)
    {
        (int element, List<OnnxDimension>? shape) = (0, null);
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    element = (int)Math.Clamp(reader.Number(), 0, 1000);
                    break;
                case 2:
                    shape = [];
                    WireReader dimensions = reader.Message();
                    while (dimensions.Next())
                    {
                        if (dimensions.Field == 1 && shape.Count < MostRank)
                        {
                            shape.Add(Dimension(dimensions.Message()));
                        }
                        else
                        {
                            dimensions.Skip();
                        }
                    }

                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return (element, shape?.ToArray());
    }

    private static OnnxDimension Dimension(WireReader reader)
    {
        (long size, string name) = (-1, "");
        while (reader.Next())
        {
            switch (reader.Field)
            {
                case 1:
                    size = reader.Number() is >= 0 and <= 1L << 40 and var known ? known : -1;
                    break;
                case 2:
                    name = reader.Text();
                    break;
                default:
                    reader.Skip();
                    break;
            }
        }

        return new OnnxDimension(size, name);
    }
}
