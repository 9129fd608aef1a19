using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Orchestrator.Diagnostics;

namespace Orchestrator.Targets.Probe;

/// <summary>Measures the machine that it runs on, in about two seconds; every figure is a median of repeats within a quarter of a second.</summary>
public sealed class FleetProbe
{
    private const int StreamFloats = 32 << 20;
    private const int Launches = 10_000;

    private readonly TimeProvider _clock;
    private readonly Measurement _measurement;
    private readonly List<ProbeFigure> _figures = [];
    private readonly List<string> _notes = [];

    private FleetProbe(TimeProvider clock) => (_clock, _measurement) = (clock, new Measurement(clock));

    /// <summary>Measures. Nothing that is missing is an error: its figure is absent and a note says why.</summary>
    /// <param name="clock">Times and dates everything.</param>
    /// <param name="cancellationToken">Stops between two figures.</param>
    public static ProbeReport Run(TimeProvider clock, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(clock);
        return new FleetProbe(clock).Measure(cancellationToken);
    }

    private ProbeReport Measure(CancellationToken cancellationToken)
    {
        using LlvmCpu.LlvmCpu? llvm = LlvmCpu.LlvmCpu.TryCreate(out string reason);
        if (llvm is null)
        {
            _notes.Add(reason);
        }

        MeasureProducts(llvm);
        cancellationToken.ThrowIfCancellationRequested();
        MeasureBandwidth();
        cancellationToken.ThrowIfCancellationRequested();
        MeasureHops();
        cancellationToken.ThrowIfCancellationRequested();
        string? onnx = MeasureOnnx();
        string? node = Hops.Process("node", "--version");
        if (node is null)
        {
            _notes.Add("node is not installed: process tools that are written in JavaScript cannot run");
        }

        return new ProbeReport(MachineFacts.Processor(), Environment.ProcessorCount, MachineFacts.MemoryBytes(), [.. _figures],
            llvm?.Version, onnx, node, [.. _notes], _clock.GetUtcNow());
    }

    private unsafe void MeasureProducts(LlvmCpu.LlvmCpu? llvm)
    {
        nint tile = 0;
        try
        {
            tile = llvm?.Compile(TileKernel.Name, TileKernel.Text()).AddressOf(TileKernel.Name) ?? 0;
        }
        catch (DiagnosticException e)
        {
            _notes.Add(e.Message);
        }

        string with = tile != 0 ? "a kernel compiled by " + llvm?.Version : Vector512.IsHardwareAccelerated ? "Vector512" : "narrower vectors through Vector512";
        int cores = Environment.ProcessorCount;
        MatrixProduct[] products = [.. Enumerable.Range(0, cores).Select(_ => new MatrixProduct(tile))];
        products[0].Run();
        double error = products[0].LargestError();
        if (error > 0)
        {
            throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"the matrix product by {with} is wrong by {error}"));
        }

        string shape = $"{MatrixProduct.M}x{MatrixProduct.N}x{MatrixProduct.K} matrix product by {with}";
        ProbeFigure one = _measurement.Figure("fp32_core", "FLOP/s", MatrixProduct.Flops, shape + ", one core", products[0].Run);

        // Each core repeats its product long enough that starting the others does not count.
        const int Rounds = 16;
        ProbeFigure all = _measurement.Figure("fp32", "FLOP/s", MatrixProduct.Flops * cores * Rounds, $"{shape}, {cores} cores", () => OnEveryCore(cores, core =>
        {
            for (int round = 0; round < Rounds; round++)
            {
                products[core].Run();
            }
        }));
        if (all.Value < one.Value)
        {
            _notes.Add("the machine was busy: all cores together were slower than one of them alone, whose rate is given for both; probe again when it is idle");
        }

        _figures.Add(all.Value < one.Value ? one with { Name = "fp32" } : all);
        _figures.Add(one with { Name = "fp32_core_flops" });
        if (tile == 0)
        {
            return;
        }

        var launch = (delegate* unmanaged<float*, float*, float*, long, void>)tile;
        float* buffer = stackalloc float[TileKernel.Rows * TileKernel.Columns];
        float* operands = stackalloc float[TileKernel.Columns];
        (double seconds, int repeats) = Launch(launch, operands, buffer);
        _figures.Add(new ProbeFigure("kernel_launch_s", seconds, "s", string.Create(CultureInfo.InvariantCulture,
            $"measured by orc fleet probe, call of a compiled kernel with one step of work, median of {repeats}, {_clock.GetUtcNow():yyyy-MM-dd}")));
    }

    // A pool may give two parts to one thread when the others are slow to come; threads of their own do not.
    private static void OnEveryCore(int cores, Action<int> body)
    {
        Thread[] others = [.. Enumerable.Range(1, cores - 1).Select(core => new Thread(() => body(core)) { IsBackground = true })];
        foreach (Thread thread in others)
        {
            thread.Start();
        }

        body(0);
        foreach (Thread thread in others)
        {
            thread.Join();
        }
    }

    private unsafe (double Seconds, int Repeats) Launch(delegate* unmanaged<float*, float*, float*, long, void> kernel, float* operands, float* result)
    {
        new Span<float>(operands, TileKernel.Columns).Clear();
        new Span<float>(result, TileKernel.Rows * TileKernel.Columns).Clear();
        var times = new List<double>();
        for (int repeat = 0; repeat < 25; repeat++)
        {
            long start = _clock.GetTimestamp();
            for (int i = 0; i < Launches; i++)
            {
                kernel(operands, operands, result, 1);
            }

            times.Add(Math.Max(_clock.GetElapsedTime(start).TotalSeconds, 0.5 / _clock.TimestampFrequency) / Launches);
        }

        times.Sort();
        return (times[times.Count / 2], times.Count);
    }

    // Walks through 128 MB, more than caches hold, in pieces short enough that a repeat is rarely interrupted; reading is what inference waits for.
    // One core alone may draw more than all together when others are at work.
    private void MeasureBandwidth()
    {
        float[] data = new float[StreamFloats];
        Array.Fill(data, 1f);
        int cores = Environment.ProcessorCount;
        float[] sums = new float[cores];
        int piece = StreamFloats / 8;
        int part = piece / cores;
        int at = 0;
        ProbeFigure all = _measurement.Figure("memory_bandwidth", "B/s", (double)part * cores * sizeof(float), $"streaming read through 128 MB, {cores} cores", () =>
        {
            int from = at++ % 8 * piece;
            Parallel.For(0, cores, core => sums[core] = Sum(data.AsSpan(from + (core * part), part)));
        });
        ProbeFigure one = _measurement.Figure("memory_bandwidth", "B/s", (double)piece * sizeof(float), "streaming read through 128 MB, one core",
            () => sums[0] = Sum(data.AsSpan(at++ % 8 * piece, piece)));
        GC.KeepAlive(sums);
        _figures.Add(all.Value >= one.Value ? all : one);
    }

    private static float Sum(ReadOnlySpan<float> values)
    {
        Vector512<float> a = default, b = default, c = default, d = default;
        ref float first = ref MemoryMarshal.GetReference(values);
        int i = 0;
        for (; i <= values.Length - 64; i += 64)
        {
            a += Vector512.LoadUnsafe(ref first, (nuint)i);
            b += Vector512.LoadUnsafe(ref first, (nuint)i + 16);
            c += Vector512.LoadUnsafe(ref first, (nuint)i + 32);
            d += Vector512.LoadUnsafe(ref first, (nuint)i + 48);
        }

        return Vector512.Sum(a + b + c + d);
    }

    private void MeasureHops()
    {
        // The queue's ends are async; a probe has nothing else to do than to wait for them.
        _figures.Add(_measurement.Figure("hop_s", "s", 2 * Hops.RoundTrips, "one way through a queue between two loops",
            () => Hops.QueueAsync(CancellationToken.None).AsTask().GetAwaiter().GetResult()));
        try
        {
            (Socket client, Socket server) = Hops.Connect();
            using (client)
            using (server)
            {
                _figures.Add(_measurement.Figure("loopback_s", "s", Hops.RoundTrips, "64 bytes there and back over loopback TCP",
                    () => Hops.Loopback(client, server)));
            }
        }
        catch (SocketException e)
        {
            _notes.Add("loopback connections do not work: " + e.Message);
        }

        string[] programs = ["/bin/true", "/usr/bin/true"];
        if (programs.FirstOrDefault(p => Hops.Process(p) is not null) is { } program)
        {
            _figures.Add(_measurement.Figure("process_spawn_s", "s", 1, $"start and end of {program}", () => Hops.Process(program)));
        }
        else
        {
            _notes.Add("no program could be started to time it");
        }
    }

    private string? MeasureOnnx()
    {
        try
        {
            using var product = new OnnxProduct();
            string version = Microsoft.ML.OnnxRuntime.OrtEnv.Instance().GetVersionString();
            _figures.Add(_measurement.Figure("onnx_flops", "FLOP/s", OnnxProduct.Flops,
                $"{OnnxProduct.Size}x{OnnxProduct.Size}x{OnnxProduct.Size} MatMul by ONNX Runtime {version}", () => product.Run()));
            return version;
        }
        catch (Exception e) when (e is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException or Microsoft.ML.OnnxRuntime.OnnxRuntimeException)
        {
            _notes.Add("ONNX Runtime does not work here: " + e.Message);
            return null;
        }
    }
}
