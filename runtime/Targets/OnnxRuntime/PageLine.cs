namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>A rectangle on a page that may be turned; page pixels, y down.</summary>
/// <param name="CenterX">Centre, from the left edge.</param>
/// <param name="CenterY">Centre, from the top edge.</param>
/// <param name="Width">Extent along the text.</param>
/// <param name="Height">Extent across the text.</param>
/// <param name="Angle">Radians that the text's direction is turned clockwise from horizontal, above -π/4 and up to π/4.</param>
internal readonly record struct TurnedBox(float CenterX, float CenterY, float Width, float Height, float Angle)
{
    /// <summary>The smallest upright rectangle around it: left, top, width, height.</summary>
    public (float X, float Y, float Width, float Height) Bounds()
    {
        float cos = MathF.Abs(MathF.Cos(Angle));
        float sin = MathF.Abs(MathF.Sin(Angle));
        float width = (Width * cos) + (Height * sin);
        float height = (Width * sin) + (Height * cos);
        return (CenterX - (width / 2), CenterY - (height / 2), width, height);
    }

    /// <summary>The same box in an image <paramref name="x"/> times as wide and <paramref name="y"/> times as high (nearly equal factors).</summary>
    public TurnedBox Scale(float x, float y) => new(CenterX * x, CenterY * y, Width * x, Height * y, Angle);
}

/// <summary>A line of text that was read from a page.</summary>
/// <param name="Text">What it says, never empty.</param>
/// <param name="Confidence">Mean probability of its characters, 0 to 1.</param>
/// <param name="Box">Where it stands.</param>
internal sealed record PageLine(string Text, float Confidence, TurnedBox Box);

/// <summary>What was read from a page, and how long each part took.</summary>
/// <param name="Width">Of the page in pixels.</param>
/// <param name="Height">Of the page in pixels.</param>
/// <param name="Lines">In the order of their boxes' tops.</param>
/// <param name="Detection">Time to decode the page and find its lines.</param>
/// <param name="Recognition">Time to read the lines.</param>
internal sealed record PageText(int Width, int Height, IReadOnlyList<PageLine> Lines, TimeSpan Detection, TimeSpan Recognition);
