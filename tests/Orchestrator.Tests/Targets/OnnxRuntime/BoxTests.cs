using Orchestrator.Targets.OnnxRuntime;
using Xunit;

namespace Orchestrator.Tests.Targets.OnnxRuntime;

/// <summary>Regions, their smallest rectangles, and the gaps between words.</summary>
public sealed class BoxTests
{
    [Fact]
    public void RegionsThatTouchAtACornerAreOne()
    {
        float[] map =
        [
            1, 1, 0, 0, 0, 0,
            0, 0, 1, 0, 0, 1,
            0, 0, 0, 0, 0, 1,
        ];
        List<Component> found = Components.Find(map, 6, 3, 0.5f);
        Assert.Equal([3, 2], found.Select(c => c.Area));
        Assert.Equal([3.0, 2.0], found.Select(c => c.Sum));
    }

    [Fact]
    public void AHorseshoeIsOneRegion()
    {
        float[] map =
        [
            1, 0, 1,
            1, 0, 1,
            1, 1, 1,
        ];
        Assert.Equal(7, Assert.Single(Components.Find(map, 3, 3, 0.5f)).Area);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(-12)]
    [InlineData(40)]
    public void TheSmallestRectangleFindsSizeAndTurn(int degrees)
    {
        const int side = 400;
        float[] map = new float[side * side];
        (float sin, float cos) = MathF.SinCos(degrees * MathF.PI / 180);
        for (int y = 0; y < side; y++)
        {
            for (int x = 0; x < side; x++)
            {
                float dx = x + 0.5f - 200;
                float dy = y + 0.5f - 180;
                map[(y * side) + x] = MathF.Abs((dx * cos) + (dy * sin)) <= 120 && MathF.Abs((dy * cos) - (dx * sin)) <= 15 ? 1 : 0;
            }
        }

        TurnedBox box = MinimumRectangle.Around(Assert.Single(Components.Find(map, side, side, 0.5f)).Outline);
        Assert.InRange(box.CenterX, 199, 201);
        Assert.InRange(box.CenterY, 179, 181);
        Assert.InRange(box.Width, 239, 243);
        Assert.InRange(box.Height, 29, 33);
        Assert.InRange(box.Angle * 180 / MathF.PI, degrees - 1, degrees + 1);
    }

    [Fact]
    public void AWideGapPartsWordsAndDigitsNeedMore()
    {
        // Letters are 10 wide with gaps of 2; "abc" and "def" stand 12 apart, the digits 1 and 7 only 8.
        (string Text, int X)[] letters = [("a", 10), ("b", 22), ("c", 34), ("d", 56), ("e", 68), ("f", 80), ("1", 112), ("7", 130)];
        const int width = 150;
        float[] plane = new float[width * 48];
        Array.Fill(plane, 1f);
        foreach ((_, int x) in letters)
        {
            for (int y = 8; y < 40; y++)
            {
                plane.AsSpan((y * width) + x, 10).Fill(-1);
            }
        }

        List<ReadCharacter> read = [.. letters.Select(l => new ReadCharacter(l.Text, 1, (l.X + 5f) / width, (l.X + 5f) / width))];
        Assert.Equal("abc def 17", WordGaps.Join(read, plane, width, 48));
    }

    [Theory]
    [InlineData("Ｔｏｔａｌ：１２，５０", "Total:12,50")]
    [InlineData("a  b。", "a b.")]
    public void FullWidthSignsBecomePlain(string read, string plain) => Assert.Equal(plain, CharacterSet.ToPlain(read));
}
