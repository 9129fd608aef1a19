using SkiaSharp;

namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>
/// Reads one line of text with the PP-OCRv4 recognizer: the line is straightened to a height of 48 pixels, the network gives each step of
/// 8 pixels a distribution over characters, and the best character of each step, repeats and blanks removed, is the text (greedy CTC).
/// </summary>
internal sealed class LineReader(OnnxModel model, string[] characters)
{
    private const int Height = 48;
    private const int MinWidth = 16;
    private const int MaxWidth = 3200;
    private const float MinConfidence = 0.5f;
    private static readonly float[] Half = [0.5f, 0.5f, 0.5f];

    private readonly bool[] _latin = [.. characters.Select((c, i) => i == 0 || CharacterSet.IsLatin(c))];

    /// <summary>The line in <paramref name="box"/>, or null when there is no text that can be made out.</summary>
    public PageLine? Read(SKImage page, TurnedBox box, CancellationToken cancellationToken)
    {
        if (box.Height < box.Width * 1.5f)
        {
            return Read(page, box, box, 0, cancellationToken);
        }

        // A tall box is a line that runs up or down: whichever way reads better.
        TurnedBox lying = box with { Width = box.Height, Height = box.Width };
        PageLine? upward = Read(page, box, lying, -MathF.PI / 2, cancellationToken);
        PageLine? downward = Read(page, box, lying, MathF.PI / 2, cancellationToken);
        PageLine? upright = box.Height < box.Width * 3 ? Read(page, box, box, 0, cancellationToken) : null;
        return new[] { upright, upward, downward }.MaxBy(l => l?.Confidence ?? 0);
    }

    private PageLine? Read(SKImage page, TurnedBox place, TurnedBox box, float turn, CancellationToken cancellationToken)
    {
        float scale = Height / box.Height;
        int width = Math.Clamp((int)MathF.Ceiling(box.Width * scale), MinWidth, MaxWidth);
        float across = Math.Min(scale, width / box.Width);
        SKMatrix toLine = SKMatrix.CreateTranslation(-box.CenterX, -box.CenterY)
            .PostConcat(SKMatrix.CreateRotation(-(box.Angle + turn)))
            .PostConcat(SKMatrix.CreateScale(across, scale))
            .PostConcat(SKMatrix.CreateTranslation(width / 2f, Height / 2f));
        float[] input = Pixels.Normalize(page, toLine, width, Height, Half, Half);
        List<ReadCharacter> read = model.Run(input, [1, 3, Height, width],
            (output, shape) => Decode(output.GetTensorDataAsSpan<float>(), (int)shape[1], (int)shape[2]), cancellationToken);
        if (read.Count == 0)
        {
            return null;
        }

        float confidence = read.Average(c => c.Probability);
        string text = CharacterSet.ToPlain(WordGaps.Join(read, input, width, Height)).Trim();
        return text.Length == 0 || confidence < MinConfidence ? null : new PageLine(text, confidence, place);
    }

    // Most pages are Latin and most classes are not: among look-alikes the Latin one is meant, unless the line plainly is in another script.
    private List<ReadCharacter> Decode(ReadOnlySpan<float> steps, int count, int classes)
    {
        List<ReadCharacter> any = Decode(steps, count, classes, _ => true);
        int foreign = any.Count(c => !CharacterSet.IsLatin(c.Text));
        return foreign == 0 || (foreign >= 2 && foreign * 2 > any.Count && any.Average(c => c.Probability) > 0.8f)
            ? any
            : Decode(steps, count, classes, i => _latin[i]);
    }

    private List<ReadCharacter> Decode(ReadOnlySpan<float> steps, int count, int classes, Func<int, bool> allowed)
    {
        var read = new List<ReadCharacter>();
        int last = 0;
        for (int t = 0; t < count; t++)
        {
            ReadOnlySpan<float> row = steps.Slice(t * classes, classes);
            int best = 0;
            for (int i = 1; i < Math.Min(row.Length, characters.Length); i++)
            {
                if (row[i] > row[best] && allowed(i))
                {
                    best = i;
                }
            }

            if (best != 0 && best != last)
            {
                read.Add(new ReadCharacter(characters[best], row[best], (t + 0.5f) / count, (t + 0.5f) / count));
            }
            else if (best != 0)
            {
                ReadCharacter previous = read[^1];
                read[^1] = previous with { Probability = Math.Max(previous.Probability, row[best]), Last = (t + 0.5f) / count };
            }

            last = best;
        }

        return read;
    }
}
