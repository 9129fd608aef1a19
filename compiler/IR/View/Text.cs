namespace Orchestrator.IR.View;

/// <summary>Estimates widths of text without a font: the drawing has to fit whatever sans-serif font the reader has.</summary>
internal static class Text
{
    /// <summary>The width of a line in pixels at a font size, rather too much than too little.</summary>
    public static double Width(string text, double size)
    {
        double units = 0;
        foreach (char c in text)
        {
            units += c switch
            {
                'i' or 'l' or 'j' or '.' or ',' or ':' or ';' or '|' or '\'' or '!' => 0.32,
                'f' or 't' or 'r' or ' ' or '(' or ')' or '[' or ']' or '-' or '"' => 0.42,
                'm' or 'w' or 'M' or 'W' or '@' or '%' => 0.95,
                >= 'A' and <= 'Z' => 0.72,
                > '\u2e80' => 1.05,
                _ => 0.61,
            };
        }

        return units * size;
    }
}
