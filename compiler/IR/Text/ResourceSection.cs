using System.Buffers.Binary;
using System.Numerics;

namespace Orchestrator.IR;

/// <summary>
/// What stands in <c>{-# … #-}</c> beside a module: blobs that <c>dense_resource</c> attributes name, and groups of values for tools.
/// </summary>
public sealed class ResourceSection
{
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, List<(string Key, string Value)>> _groups = new(StringComparer.Ordinal);

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => _blobs.Count == 0 && _groups.Count == 0;

    /// <summary>The bytes that a handle stands for: four of alignment (little-endian), then the data; null when it has none.</summary>
    public ReadOnlyMemory<byte>? Blob(string handle) => _blobs.TryGetValue(handle, out byte[]? bytes) ? bytes : null;

    internal void SetBlob(string handle, byte[] bytes) => _blobs[handle] = bytes;

    // The value as it is written.
    internal void Add(string group, string key, string value)
    {
        if (!_groups.TryGetValue(group, out List<(string Key, string Value)>? values))
        {
            _groups.Add(group, values = []);
        }

        values.Add((key, value));
    }

    /// <summary>What is wrong with the bytes of a blob, or null: the first four are its alignment, a power of two or 0.</summary>
    internal static string? Problem(ReadOnlySpan<byte> blob)
    {
        if (blob.Length < sizeof(uint))
        {
            return "a resource begins with four bytes of alignment";
        }

        uint alignment = BinaryPrimitives.ReadUInt32LittleEndian(blob);
        return alignment == 0 || BitOperations.IsPow2(alignment) ? null : "the alignment of a resource is a power of two";
    }

    /// <summary>A blob as it is written; one without data has no alignment either.</summary>
    internal static string Text(ReadOnlySpan<byte> blob) => blob.Length > sizeof(uint) ? $"\"0x{Convert.ToHexString(blob)}\"" : "\"0x00000000\"";

    // The blobs of the handles that were written, then all groups.
    internal void Write(AsmWriter writer, IEnumerable<string> handles)
    {
        List<(string Key, string Value)> used = [.. handles.Where(_blobs.ContainsKey).Select(h => (h, Text(_blobs[h])))];
        if (used.Count == 0 && _groups.Count == 0)
        {
            return;
        }

        writer.Write("\n{-#"u8);
        if (used.Count > 0)
        {
            writer.Write("\n  dialect_resources: {"u8);
            WriteGroup(writer, "builtin", used);
            writer.Write("\n  }"u8).Write(_groups.Count > 0 ? "," : "");
        }

        if (_groups.Count > 0)
        {
            writer.Write("\n  external_resources: {"u8);
            int left = _groups.Count;
            foreach ((string name, List<(string Key, string Value)> values) in _groups)
            {
                WriteGroup(writer, name, values);
                writer.Write(--left > 0 ? "," : "");
            }

            writer.Write("\n  }"u8);
        }

        writer.Write("\n#-}\n"u8);
    }

    private static void WriteGroup(AsmWriter writer, string name, List<(string Key, string Value)> values)
    {
        writer.Write("\n    "u8).Write(name).Write(": {"u8);
        for (int i = 0; i < values.Count; i++)
        {
            writer.Write(i == 0 ? "\n      " : ",\n      ").WriteKey(values[i].Key).Write(": "u8).Write(values[i].Value);
        }

        writer.Write("\n    }"u8);
    }
}
