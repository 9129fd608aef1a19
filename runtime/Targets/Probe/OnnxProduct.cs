using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Orchestrator.Targets.Probe;

/// <summary>A square matrix product as an ONNX model, to see at what rate ONNX Runtime computes on this machine.</summary>
internal sealed class OnnxProduct : IDisposable
{
    /// <summary>Rows and columns.</summary>
    public const int Size = 512;

    private readonly InferenceSession _session;
    private readonly IReadOnlyCollection<NamedOnnxValue> _inputs;

    /// <summary>Throws what ONNX Runtime throws when it cannot be loaded.</summary>
    public OnnxProduct()
    {
        _session = new InferenceSession(Model());
        var matrix = new DenseTensor<float>(new float[Size * Size], [Size, Size]);
        matrix.Fill(0.5f);
        _inputs = [NamedOnnxValue.CreateFromTensor("a", matrix), NamedOnnxValue.CreateFromTensor("b", matrix)];
    }

    /// <summary>Operations of one product.</summary>
    public static double Flops => 2.0 * Size * Size * Size;

    /// <summary>Computes the product once and gives one element of it, 128.</summary>
    public float Run()
    {
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = _session.Run(_inputs);
        return outputs[0].AsTensor<float>()[Size - 1, Size - 1];
    }

    public void Dispose() => _session.Dispose();

    // onnx.proto: ModelProto { ir_version = 1, graph = 7, opset_import = 8 }, GraphProto { node = 1, name = 2, input = 11, output = 12 },
    // NodeProto { input = 1, output = 2, op_type = 4 }, ValueInfoProto { name = 1, type = 2 }, TypeProto { tensor_type = 1 { elem_type = 1, shape = 2 { dim = 1 { dim_value = 1 } } } }.
    private static byte[] Model()
    {
        byte[] node = [.. Text(1, "a"), .. Text(1, "b"), .. Text(2, "c"), .. Text(4, "MatMul")];
        byte[] dimension = Part(1, Number(1, Size));
        byte[] type = Part(1, [.. Number(1, 1), .. Part(2, [.. dimension, .. dimension])]);
        byte[] Value(string name) => [.. Text(1, name), .. Part(2, type)];
        byte[] graph = [.. Part(1, node), .. Text(2, "product"), .. Part(11, Value("a")), .. Part(11, Value("b")), .. Part(12, Value("c"))];
        return [.. Number(1, 9), .. Part(7, graph), .. Part(8, Number(2, 17))];
    }

    private static byte[] Text(int field, string text) => Part(field, System.Text.Encoding.UTF8.GetBytes(text));

    private static byte[] Part(int field, byte[] content) => [.. Varint(((uint)field << 3) | 2), .. Varint((uint)content.Length), .. content];

    private static byte[] Number(int field, uint value) => [.. Varint((uint)field << 3), .. Varint(value)];

    private static IEnumerable<byte> Varint(uint value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }
}
