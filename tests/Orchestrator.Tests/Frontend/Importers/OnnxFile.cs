using System.Text;

namespace Orchestrator.Tests.Frontend.Importers;

/// <summary>Writes small ONNX files for tests, in Protocol Buffers' wire format.</summary>
internal sealed class OnnxFile
{
    private readonly List<byte> _graph = [];

    /// <summary>An operator.</summary>
    public OnnxFile Node(string kind, string[] inputs, string[] outputs, params (string Name, long[] Value)[] attributes)
    {
        var node = new List<byte>();
        Array.ForEach(inputs, i => Text(node, 1, i));
        Array.ForEach(outputs, o => Text(node, 2, o));
        Text(node, 4, kind);
        foreach ((string name, long[] value) in attributes)
        {
            var attribute = new List<byte>();
            Text(attribute, 1, name);
            if (value.Length == 1)
            {
                Number(attribute, 3, value[0]);
            }
            else
            {
                Array.ForEach(value, v => Number(attribute, 8, v));
            }

            Bytes(node, 5, attribute);
        }

        Bytes(_graph, 1, node);
        return this;
    }

    /// <summary>A weight of floats without bytes.</summary>
    public OnnxFile Weight(string name, params long[] shape)
    {
        var tensor = new List<byte>();
        Array.ForEach(shape, d => Number(tensor, 1, d));
        Number(tensor, 2, 1);
        Text(tensor, 8, name);
        Bytes(_graph, 5, tensor);
        return this;
    }

    /// <summary>A list of whole numbers.</summary>
    public OnnxFile Numbers(string name, params long[] values)
    {
        var tensor = new List<byte>();
        Number(tensor, 1, values.Length);
        Number(tensor, 2, 7);
        Text(tensor, 8, name);
        Bytes(tensor, 9, [.. values.SelectMany(BitConverter.GetBytes)]);
        Bytes(_graph, 5, tensor);
        return this;
    }

    /// <summary>An input of floats; a negative dimension is open and called <c>n</c>.</summary>
    public OnnxFile Input(string name, params long[] shape) => Value(11, name, shape);

    /// <summary>An output of floats, of which no shape is said.</summary>
    public OnnxFile Output(string name) => Value(12, name, null);

    /// <summary>The file.</summary>
    public byte[] Write()
    {
        var opset = new List<byte>();
        Number(opset, 2, 17);
        var model = new List<byte>();
        Number(model, 1, 8);
        Bytes(model, 7, _graph);
        Bytes(model, 8, opset);
        return [.. model];
    }

    private OnnxFile Value(int field, string name, long[]? shape)
    {
        var tensor = new List<byte>();
        Number(tensor, 1, 1);
        if (shape is not null)
        {
            var dimensions = new List<byte>();
            foreach (long size in shape)
            {
                var dimension = new List<byte>();
                if (size < 0)
                {
                    Text(dimension, 2, "n");
                }
                else
                {
                    Number(dimension, 1, size);
                }

                Bytes(dimensions, 1, dimension);
            }

            Bytes(tensor, 2, dimensions);
        }

        var type = new List<byte>();
        Bytes(type, 1, tensor);
        var value = new List<byte>();
        Text(value, 1, name);
        Bytes(value, 2, type);
        Bytes(_graph, field, value);
        return this;
    }

    private static void Text(List<byte> to, int field, string text) => Bytes(to, field, [.. Encoding.UTF8.GetBytes(text)]);

    private static void Bytes(List<byte> to, int field, List<byte> bytes)
    {
        Varint(to, (ulong)(field << 3 | 2));
        Varint(to, (ulong)bytes.Count);
        to.AddRange(bytes);
    }

    private static void Number(List<byte> to, int field, long value)
    {
        Varint(to, (ulong)(field << 3));
        Varint(to, (ulong)value);
    }

    private static void Varint(List<byte> to, ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            to.Add((byte)(value | 0x80));
        }

        to.Add((byte)value);
    }
}
