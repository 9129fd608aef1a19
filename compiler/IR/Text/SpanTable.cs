using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Orchestrator.IR;

// What stretches of one text mean. Generated IR repeats a few hundred spellings of names, signatures and attributes millions of times, so each
// is read once. Keys are stretches of the text itself and are not copied. It stops growing at EntriesMax: text without repetition gains nothing.
internal sealed class SpanTable<T>(byte[] text)
{
    private const int EntriesMax = 1 << 16;

    private Entry[] _entries = new Entry[64];
    private int _count;

    private struct Entry
    {
        public ulong Hash;
        public int Start;
        public int Length;
        public T Value;
    }

    public bool TryGet(int start, int length, out T value)
    {
        ref Entry entry = ref Find(start, length, Hash(text.AsSpan(start, length)));
        value = entry.Value;
        return entry.Length > 0;
    }

    // A stretch of length 0 means nothing and is not kept.
    public void Add(int start, int length, T value)
    {
        if (length == 0 || _count >= EntriesMax)
        {
            return;
        }

        if (2 * ++_count > _entries.Length)
        {
            Grow();
        }

        ulong hash = Hash(text.AsSpan(start, length));
        Find(start, length, hash) = new Entry { Hash = hash, Start = start, Length = length, Value = value };
    }

    // The entry of the stretch, or the free one where it belongs.
    private ref Entry Find(int start, int length, ulong hash)
    {
        Entry[] entries = _entries;
        int mask = entries.Length - 1;
        int at = (int)hash & mask;
        while (true)
        {
            ref Entry entry = ref entries[at];
            if (entry.Length == 0 || (entry.Hash == hash && entry.Length == length
                && text.AsSpan(entry.Start, length).SequenceEqual(text.AsSpan(start, length))))
            {
                return ref entry;
            }

            at = (at + 1) & mask;
        }
    }

    private void Grow()
    {
        Entry[] old = _entries;
        _entries = new Entry[4 * old.Length];
        foreach (Entry entry in old)
        {
            if (entry.Length > 0)
            {
                Find(entry.Start, entry.Length, entry.Hash) = entry;
            }
        }
    }

    private static ulong Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong Factor = 0x9E3779B97F4A7C15;
        ulong hash = (ulong)bytes.Length;
        while (bytes.Length >= 8)
        {
            hash = (hash ^ Unsafe.ReadUnaligned<ulong>(ref MemoryMarshal.GetReference(bytes))) * Factor;
            hash ^= hash >> 32;
            bytes = bytes[8..];
        }

        foreach (byte b in bytes)
        {
            hash = (hash ^ b) * Factor;
        }

        return hash ^ (hash >> 29);
    }
}
