using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.CostModels.Interference;
using Orchestrator.Targets.Probe;

namespace Orchestrator.Targets.CoRun;

/// <summary>The kernels: each leans on another part of a machine, and some differ in nothing but how much memory they walk through.</summary>
internal static class CoRunKernels
{
    private const int MiB = 1 << 20;
    private const int StreamBytes = 512 << 10; // a unit of streaming
    private const int ChaseReads = 4096; // a unit of chasing
    private const int Line = 64;

    /// <summary>Names of all, in the order in which they are measured.</summary>
    public static readonly IReadOnlyList<(string Name, Func<CoRunKernel> Create)> All =
    [
        ("product", Product),
        ("polynomial", Polynomial),
        ("copy 128M", () => Copy("copy 128M", 128 * MiB)),
        ("copy 1M", () => Copy("copy 1M", MiB / 2)),
        ("read 128M", () => Read("read 128M", 128 * MiB)),
        ("read 12M", () => Read("read 12M", 12 * MiB)),
        ("chase 128M", () => Chase("chase 128M", 128 * MiB)),
        ("chase 12M", () => Chase("chase 12M", 12 * MiB)),
        ("chase 256K", () => Chase("chase 256K", MiB / 4)),
        ("scatter 64M", Scatter),
        ("sort 4M", Sort),
        ("branches", Branches),
        ("json", Json),
        ("file", () => new FileKernel()),
        ("spawn", Spawn),
    ];

    private static FunctionKernel Product()
    {
        var product = new MatrixProduct(0);
        int bytes = (MatrixProduct.M * MatrixProduct.K + MatrixProduct.K * MatrixProduct.N + MatrixProduct.M * MatrixProduct.N) * sizeof(float);
        return new FunctionKernel("product", "252x256x256 matrix product in fp32", new PieceProfile(MatrixProduct.Flops, 8.0 * bytes, bytes, 0, 0, 0, 0), product.Run);
    }

    private static FunctionKernel Polynomial()
    {
        const int steps = 20_000;
        float[] kept = new float[16];
        return new FunctionKernel("polynomial", "fused multiply-adds in registers", new PieceProfile(steps * 4 * 16 * 2, 0, 64, 0, 0, 0, 0), () =>
        {
            Vector512<float> x = Vector512.Create(0.999f), a = x, b = x, c = x, d = x;
            for (int i = 0; i < steps; i++)
            {
                a = Vector512.FusedMultiplyAdd(a, x, x);
                b = Vector512.FusedMultiplyAdd(b, x, x);
                c = Vector512.FusedMultiplyAdd(c, x, x);
                d = Vector512.FusedMultiplyAdd(d, x, x);
            }

            (a + b + c + d).CopyTo(kept);
        });
    }

    private static FunctionKernel Copy(string name, int bytes)
    {
        byte[] from = new byte[bytes];
        byte[] to = new byte[bytes];
        Array.Fill(from, (byte)1);
        Array.Fill(to, (byte)2);
        int piece = Math.Min(bytes, StreamBytes);
        int at = 0;
        return new FunctionKernel(name, $"copy between two arrays of {bytes / 1024} KiB", new PieceProfile(0, 2.0 * piece, 2.0 * bytes, 0, 0, 0, 0), () =>
        {
            from.AsSpan(at, piece).CopyTo(to.AsSpan(at));
            at = at + 2 * piece > bytes ? 0 : at + piece;
        });
    }

    private static FunctionKernel Read(string name, int bytes)
    {
        float[] data = new float[bytes / sizeof(float)];
        Array.Fill(data, 1f);
        int piece = StreamBytes / sizeof(float);
        int at = 0;
        float[] kept = new float[16];
        return new FunctionKernel(name, $"sum of {bytes / 1024} KiB, in order", new PieceProfile(piece, StreamBytes, bytes, 0, 0, 0, 0), () =>
        {
            Vector512<float> a = default, b = default;
            ref float first = ref MemoryMarshal.GetReference(data.AsSpan(at, piece));
            for (int i = 0; i < piece; i += 32)
            {
                a += Vector512.LoadUnsafe(ref first, (nuint)i);
                b += Vector512.LoadUnsafe(ref first, (nuint)i + 16);
            }

            (a + b).CopyTo(kept);
            at = at + 2 * piece > data.Length ? 0 : at + piece;
        });
    }

    private static FunctionKernel Chase(string name, int bytes)
    {
        // One cycle through all lines in random order (Sattolo's shuffle), each read saying where the next is.
        int lines = bytes / Line;
        int[] order = [.. Enumerable.Range(0, lines)];
        var random = new Random(7);
        for (int i = lines - 1; i > 0; i--)
        {
            int j = random.Next(i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        int[] next = new int[lines * (Line / sizeof(int))];
        for (int i = 0; i < lines; i++)
        {
            next[i * (Line / sizeof(int))] = order[i] * (Line / sizeof(int));
        }

        int at = 0;
        return new FunctionKernel(name, $"reads one after the other at random in {bytes / 1024} KiB", new PieceProfile(0, (double)ChaseReads * Line, bytes, ChaseReads, 0, 0, 0), () =>
        {
            int here = at;
            for (int i = 0; i < ChaseReads; i++)
            {
                here = next[here];
            }

            at = here;
        });
    }

    private static FunctionKernel Scatter()
    {
        const int updates = 16_384;
        int[] counts = new int[64 * MiB / sizeof(int)];
        uint state = 1;
        return new FunctionKernel("scatter 64M", "additions at random places of 64 MiB", new PieceProfile(2 * updates, 2.0 * updates * Line, 64 * MiB, 0, 0, 0, 0), () =>
        {
            uint s = state;
            for (int i = 0; i < updates; i++)
            {
                s = unchecked(s * 1664525 + 1013904223);
                counts[s >> 8]++;
            }

            state = s;
        });
    }

    private static FunctionKernel Sort()
    {
        const int count = 16_384;
        var random = new Random(11);
        int[] all = [.. Enumerable.Range(0, MiB).Select(_ => random.Next())];
        int[] part = new int[count];
        int at = 0;
        return new FunctionKernel("sort 4M", "sort of 16384 numbers at a time out of 4 MiB", new PieceProfile(count * 14 * 2, count * 14.0 * sizeof(int), 4 * MiB, 0, 0, 0, 0), () =>
        {
            all.AsSpan(at, count).CopyTo(part);
            part.AsSpan().Sort();
            at = (at + count) % MiB;
        });
    }

    private static FunctionKernel Branches()
    {
        const int steps = 100_000;
        long[] kept = new long[1];
        return new FunctionKernel("branches", "hash with branches that cannot be foreseen", new PieceProfile(steps * 5, 0, 64, 0, 0, 0, 0), () =>
        {
            ulong x = (ulong)kept[0] | 1;
            long sum = 0;
            for (int i = 0; i < steps; i++)
            {
                x ^= x << 13;
                x ^= x >> 7;
                x ^= x << 17;
                sum += (x & 1) == 0 ? 3 : (x & 2) == 0 ? -sum / 3 : 1;
            }

            kept[0] = sum ^ (long)x;
        });
    }

    private static FunctionKernel Json()
    {
        byte[] text = JsonSerializer.SerializeToUtf8Bytes(
            new JsonObject { ["rows"] = new JsonArray([.. Enumerable.Range(0, 400).Select(i => new JsonObject { ["id"] = i, ["name"] = $"row {i}", ["values"] = new JsonArray(i, i * 0.5, i * 0.25) })]) });
        JsonNode.Parse(text);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Parse();
        double allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return new FunctionKernel("json", $"reading {text.Length / 1024} KiB of JSON into objects", new PieceProfile(text.Length * 4.0, allocated * 2, allocated * 4, 0, allocated, 0, 0), Parse);

        void Parse() => GC.KeepAlive(JsonNode.Parse(text)?["rows"]?[399]?["values"]?[2]?.GetValue<double>());
    }

    private static FunctionKernel Spawn()
    {
        string program = File.Exists("/bin/true") ? "/bin/true" : "/usr/bin/true";
        return new FunctionKernel("spawn", "start and end of " + program, new PieceProfile(0, 0, MiB, 0, 0, 1, 0), () => Hops.Process(program));
    }

    private sealed class FileKernel() : CoRunKernel("file", "write and read of a file of 256 KiB", new PieceProfile(0, 4 * Size, 2 * Size, 0, 0, 0, 2 * Size))
    {
        private const int Size = 256 << 10;
        private static int s_files;
        private readonly string _path = Path.Combine(Path.GetTempPath(), $"orc-corun-{Environment.ProcessId}-{Interlocked.Increment(ref s_files)}");
        private readonly byte[] _data = new byte[Size];

        public override void Run()
        {
            using FileStream file = new(_path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
            file.Write(_data);
            file.Position = 0;
            file.ReadExactly(_data);
        }

        public override void Dispose()
        {
            File.Delete(_path);
            base.Dispose();
        }
    }
}
