using System.Text;

namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>A character of a line.</summary>
/// <param name="Text">One character.</param>
/// <param name="Probability">0 to 1.</param>
/// <param name="First">Where its first step stands, as a share of the line's width.</param>
/// <param name="Last">Where its last step stands.</param>
internal readonly record struct ReadCharacter(string Text, float Probability, float First, float Last);

/// <summary>Puts back the spaces that the recognizer drops: it was trained mostly on a script that has none.</summary>
internal static class WordGaps
{
    /// <summary>Pixels, in a line 48 high, that letters of one word never leave between them in ordinary type.</summary>
    private const float MinWordGap = 7;

    /// <summary>The characters as text, with a space wherever the line's image shows a gap as wide as between words.</summary>
    /// <param name="read">The characters.</param>
    /// <param name="planes">The line's image; the first plane is used.</param>
    /// <param name="width">Of the image.</param>
    /// <param name="height">Of the image.</param>
    public static string Join(List<ReadCharacter> read, float[] planes, int width, int height)
    {
        bool[] blank = BlankColumns(planes.AsSpan(0, width * height), width, height);
        int[] gaps = [.. Enumerable.Range(1, read.Count - 1).Select(i => LongestRun(blank, (int)(read[i - 1].Last * width), (int)(read[i].First * width)))];
        float wide = Math.Max(MinWordGap, (2 * Median(gaps)) + 4);
        var text = new StringBuilder(read[0].Text);
        for (int i = 1; i < read.Count; i++)
        {
            char left = read[i - 1].Text[0];
            char right = read[i].Text[0];
            if (left != ' ' && right != ' ' && MayPart(left, right) && gaps[i - 1] >= wide + DigitAllowance(left, right))
            {
                text.Append(' ');
            }

            text.Append(read[i].Text);
        }

        return text.ToString();
    }

    // Closing signs belong to the word before them, opening ones to the word after.
    private static bool MayPart(char left, char right) => !".,;:!?)°%'’".Contains(right) && !"('’".Contains(left);

    // Digits are set to equal widths, so a 1 or a point stands in more room than letters do; and a number torn apart is worse than two joined.
    private static float DigitAllowance(char left, char right)
    {
        bool number = char.IsAsciiDigit(left) || char.IsAsciiDigit(right);
        bool point = ".,/-:".Contains(left) || ".,/-:".Contains(right);
        return char.IsAsciiDigit(left) && char.IsAsciiDigit(right) ? 3 : number && point ? 4 : 0;
    }

    private static int Median(int[] values)
    {
        int[] sorted = [.. values.Order()];
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }

    private static int LongestRun(bool[] blank, int from, int to)
    {
        int longest = 0;
        int run = 0;
        for (int x = Math.Max(from, 0); x < Math.Min(to, blank.Length); x++)
        {
            run = blank[x] ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    private static bool[] BlankColumns(ReadOnlySpan<float> plane, int width, int height)
    {
        float[] sorted = plane.ToArray();
        Array.Sort(sorted);
        float ground = sorted[sorted.Length / 2];
        float contrast = 0.3f * Math.Max(sorted[^(1 + (sorted.Length / 200))] - ground, ground - sorted[sorted.Length / 200]);
        bool[] blank = new bool[width];
        Array.Fill(blank, true);
        for (int y = 4; y < height - 4; y++)
        {
            ReadOnlySpan<float> row = plane.Slice(y * width, width);
            int inked = 0;
            foreach (float value in row)
            {
                inked += Math.Abs(value - ground) > contrast ? 1 : 0;
            }

            // A row that is inked from end to end is a rule, not text.
            for (int x = 0; x < width && inked < width * 0.9; x++)
            {
                blank[x] &= Math.Abs(row[x] - ground) <= contrast;
            }
        }

        return blank;
    }
}
