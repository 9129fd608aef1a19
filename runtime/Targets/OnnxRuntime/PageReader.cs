using Orchestrator.Runtime;
using SkiaSharp;

namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>Reads pages with the PP-OCRv4 models: finds the lines, then reads each, several at once. Thread-safe.</summary>
internal sealed class PageReader : IDisposable
{
    /// <summary>The files of the bundle.</summary>
    public static readonly string[] Files = ["det.onnx", "rec.onnx", "keys.txt"];

    private readonly OnnxModel _detector;
    private readonly OnnxModel _recognizer;
    private readonly LineDetector _lines;
    private readonly LineReader _reader;
    private readonly int _threads;

    /// <summary>Loads the models from <paramref name="folder"/>; <paramref name="threads"/> work at the same time.</summary>
    public PageReader(string folder, int threads)
    {
        _threads = Math.Max(1, threads);
        _detector = new OnnxModel(Path.Combine(folder, Files[0]), _threads);
        // Lines are read one to a thread: a batch would pad all to the longest, which costs more than it saves on a CPU.
        _recognizer = new OnnxModel(Path.Combine(folder, Files[1]), threads: 1);
        _lines = new LineDetector(_detector);
        _reader = new LineReader(_recognizer, CharacterSet.Load(Path.Combine(folder, Files[2])));
    }

    /// <summary>Reads one page. Throws <see cref="StepFailedException"/> when the file is not a usable image.</summary>
    public async ValueTask<PageText> ReadAsync(ReadOnlyMemory<byte> file, TimeProvider clock, CancellationToken cancellationToken)
    {
        long start = clock.GetTimestamp();
        using SKBitmap bitmap = PageImage.Decode(file);
        bitmap.SetImmutable();
        using SKImage page = SKImage.FromBitmap(bitmap);
        List<TurnedBox> boxes = _lines.Find(page, cancellationToken);
        long found = clock.GetTimestamp();

        var lines = new PageLine?[boxes.Count];
        var options = new ParallelOptions { MaxDegreeOfParallelism = _threads, CancellationToken = cancellationToken };
        // The longest first, so that no thread is left with a long line at the end.
        int[] order = [.. Enumerable.Range(0, boxes.Count).OrderByDescending(i => boxes[i].Width / Math.Max(boxes[i].Height, 1))];
        await Parallel.ForEachAsync(order, options, (i, token) =>
        {
            lines[i] = _reader.Read(page, boxes[i], token);
            return ValueTask.CompletedTask;
        }).ConfigureAwait(false);
        return new PageText(page.Width, page.Height, [.. lines.OfType<PageLine>()], clock.GetElapsedTime(start, found), clock.GetElapsedTime(found));
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _detector.Dispose();
        _recognizer.Dispose();
    }
}
