using System.Buffers.Binary;
using System.Numerics;

namespace Orchestrator.IR;

/// <summary>
/// What stands in <c>{-# … #-}</c> beside a module: blobs that <c>dense_resource</c> attributes name, and groups of values for tools.
/// </summary>
public sealed class ResourceSection
{
    private readonly Dictionary<string, byte[]> _blobs = new(StringComparer.Ordinal);
    private readonly OrderedDictionary<string, List<ResourceValue>> _groups = new(StringComparer.Ordinal);

    /// <summary>Whether nothing is in it.</summary>
    public bool IsEmpty => _blobs.Count == 0 && _groups.Count == 0;

    /// <summary>The bytes that a handle stands for: four of alignment (little-endian), then the data; null when it has none.</summary>
    public ReadOnlyMemory<byte>? Blob(string handle) => _blobs.TryGetValue(handle, out byte[]? bytes) ? bytes : null;

    /// <summary>The values of a group: true, false, or the text of a string or the digits of a blob.</summary>
    public IReadOnlyDictionary<string, string> Group(string name)
    {
        var values = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (ResourceValue value in _groups.GetValueOrDefault(name) ?? [])
        {
            values[value.Key] = value.Text;
        }

        return values;
    }

    /// <summary>The same without a group; null when nothing else is in it.</summary>
    public ResourceSection? Without(string group)
    {
        var rest = new ResourceSection();
        foreach ((string handle, byte[] bytes) in _blobs)
        {
            rest._blobs.Add(handle, bytes);
        }

        foreach ((string name, List<ResourceValue> values) in _groups)
        {
            if (name != group)
            {
                rest._groups.Add(name, [.. values]);
            }
        }

        return rest.IsEmpty ? null : rest;
    }

    /// <summary>Adds <c>true</c> or <c>false</c> to a group.</summary>
    public void Add(string group, string key, bool value) => Add(group, new ResourceValue(key, value ? "true" : "false", IsQuoted: false));

    /// <summary>Adds a string to a group.</summary>
    public void Add(string group, string key, string value) => Add(group, new ResourceValue(key, value, IsQuoted: true));

    /// <summary>The text of the section with all blobs; empty when nothing is in it.</summary>
    public override string ToString()
    {
        var writer = new AsmWriter();
        Write(writer, _blobs.Keys.Order(StringComparer.Ordinal));
        return writer.ToString();
    }

    internal void SetBlob(string handle, byte[] bytes) => _blobs[handle] = bytes;

    internal void AddBlob(string group, string key, ReadOnlySpan<byte> bytes) => Add(group, new ResourceValue(key, Digits(bytes), IsQuoted: true));

    private void Add(string group, ResourceValue value)
    {
        if (!_groups.TryGetValue(group, out List<ResourceValue>? values))
        {
            _groups.Add(group, values = []);
        }

        values.Add(value);
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
    private static string Digits(ReadOnlySpan<byte> blob) => blob.Length > sizeof(uint) ? $"0x{Convert.ToHexString(blob)}" : "0x00000000";

    // A value in a group, as text without quotes.
    private readonly record struct ResourceValue(string Key, string Text, bool IsQuoted);

    // The blobs of the handles that were written, then all groups.
    internal void Write(AsmWriter writer, IEnumerable<string> handles)
    {
        List<ResourceValue> used = [.. handles.Where(_blobs.ContainsKey).Select(h => new ResourceValue(h, Digits(_blobs[h]), IsQuoted: true))];
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
            foreach ((string name, List<ResourceValue> values) in _groups)
            {
                WriteGroup(writer, name, values);
                writer.Write(--left > 0 ? "," : "");
            }

            writer.Write("\n  }"u8);
        }

        writer.Write("\n#-}\n"u8);
    }

    private static void WriteGroup(AsmWriter writer, string name, List<ResourceValue> values)
    {
        writer.Write("\n    "u8).Write(name).Write(": {"u8);
        for (int i = 0; i < values.Count; i++)
        {
            writer.Write(i == 0 ? "\n      " : ",\n      ").WriteKey(values[i].Key).Write(": "u8);
            _ = values[i].IsQuoted ? writer.WriteQuoted(values[i].Text) : writer.Write(values[i].Text);
        }

        writer.Write("\n    }"u8);
    }
}
