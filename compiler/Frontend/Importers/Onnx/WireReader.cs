using System.Buffers.Binary;
using System.Text;

namespace Orchestrator.Frontend.Importers.Onnx;

/// <summary>A file that is not what it should be, and the byte where that shows. Caught by <see cref="OnnxImporter"/>.</summary>
internal sealed class BrokenModelException(long offset, string message) : Exception(message)
{
    /// <summary>From the start of the file.</summary>
    public long Offset { get; } = offset;
}

/// <summary>
/// Reads the fields of one message of Protocol Buffers' wire format (protobuf.dev/programming-guides/encoding) from bytes that may be anything:
/// every length is checked against what is there, and no field is read that was not asked for.
/// </summary>
internal ref struct WireReader
{
    private readonly ReadOnlySpan<byte> _bytes;
    private readonly long _start;
    private int _at;
    private int _wire;

    /// <summary>A message.</summary>
    /// <param name="bytes">Its bytes.</param>
    /// <param name="start">Where they start in the file.</param>
    public WireReader(ReadOnlySpan<byte> bytes, long start)
    {
        _bytes = bytes;
        _start = start;
    }

    /// <summary>Where the reader stands in the file.</summary>
    public readonly long Offset => _start + _at;

    /// <summary>The number of the field that stands here.</summary>
    public int Field { get; private set; }

    /// <summary>Moves to the next field; false at the end. The field must then be read or skipped.</summary>
    public bool Next()
    {
        if (_at == _bytes.Length)
        {
            return false;
        }

        ulong key = Varint();
        (Field, _wire) = ((int)Math.Min(key >> 3, int.MaxValue), (int)(key & 7));
        return Field > 0 ? true : throw Broken("a field has the number 0");
    }

    /// <summary>A number; floats of 32 bits as their bits.</summary>
    public long Number() => _wire switch
    {
        0 => (long)Varint(),
        1 => BinaryPrimitives.ReadInt64LittleEndian(Take(8)),
        5 => BinaryPrimitives.ReadInt32LittleEndian(Take(4)),
        _ => throw Broken($"field {Field} is not a number"),
    };

    /// <summary>Adds a number, or all numbers of a packed field, up to a limit.</summary>
    public void Numbers(List<long> into, int most)
    {
        if (_wire != 2)
        {
            Add(into, Number(), most);
            return;
        }

        var packed = Message();
        while (packed._at < packed._bytes.Length)
        {
            Add(into, (long)packed.Varint(), most);
        }
    }

    /// <summary>Adds a float, or all floats of a packed field, up to a limit.</summary>
    public void Floats(List<double> into, int most)
    {
        ReadOnlySpan<byte> bytes = _wire == 2 ? Bytes() : Take(4);
        for (int i = 0; i + 4 <= bytes.Length && into.Count < most; i += 4)
        {
            into.Add(BinaryPrimitives.ReadSingleLittleEndian(bytes[i..]));
        }
    }

    /// <summary>A text; bytes that are no UTF-8 become replacement characters.</summary>
    public string Text() => Encoding.UTF8.GetString(Bytes());

    /// <summary>A message inside.</summary>
    public WireReader Message()
    {
        ReadOnlySpan<byte> bytes = Bytes();
        return new WireReader(bytes, Offset - bytes.Length);
    }

    /// <summary>The bytes of a field with a length.</summary>
    public ReadOnlySpan<byte> Bytes()
    {
        if (_wire != 2)
        {
            throw Broken($"field {Field} has no length");
        }

        ulong length = Varint();
        return length <= (ulong)(_bytes.Length - _at) ? Take((int)length) : throw Broken($"field {Field} says that it has {length} bytes, and {_bytes.Length - _at} are left");
    }

    /// <summary>Passes by the field.</summary>
    public void Skip()
    {
        switch (_wire)
        {
            case 0:
                Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Bytes();
                break;
            case 5:
                Take(4);
                break;
            default:
                throw Broken($"field {Field} has the wire type {_wire}, which is not used");
        }
    }

    /// <summary>A mistake here.</summary>
    public readonly BrokenModelException Broken(string message) => new(Offset, message);

    private readonly void Add(List<long> into, long number, int most)
    {
        if (into.Count == most)
        {
            throw Broken($"field {Field} has more than {most} numbers");
        }

        into.Add(number);
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (_bytes.Length - _at < count)
        {
            throw Broken($"the file ends inside field {Field}");
        }

        _at += count;
        return _bytes.Slice(_at - count, count);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            if (_at == _bytes.Length)
            {
                throw Broken("the file ends inside a number");
            }

            byte part = _bytes[_at++];
            value |= shift < 64 ? (ulong)(part & 0x7f) << shift : 0;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw Broken("a number has more than ten bytes");
    }
}
