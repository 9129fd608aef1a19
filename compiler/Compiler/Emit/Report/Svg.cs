using System.Globalization;
using System.Net;
using System.Text;

namespace Orchestrator.Compiler.Emit.Report;

/// <summary>Writes a picture of lines, boxes and words as inline SVG. Lengths are in its own pixels, from the top left.</summary>
internal sealed class Svg(double width, double height, string title)
{
    private readonly StringBuilder _body = new();

    /// <summary>A straight line.</summary>
    public void Line(double x1, double y1, double x2, double y2, string style) =>
        Append($"<line x1=\"{x1:0.#}\" y1=\"{y1:0.#}\" x2=\"{x2:0.#}\" y2=\"{y2:0.#}\" class=\"{style}\"/>");

    /// <summary>A box with rounded corners; <paramref name="tip"/> shows when pointed at.</summary>
    public void Box(double x, double y, double w, double h, string style, string tip = "", double corner = 4) =>
        Append($"<rect x=\"{x:0.#}\" y=\"{y:0.#}\" width=\"{w:0.#}\" height=\"{h:0.#}\" rx=\"{corner:0.#}\" class=\"{style}\">{Tip(tip)}</rect>");

    /// <summary>A point.</summary>
    public void Dot(double x, double y, double radius, string style, string tip = "") =>
        Append($"<circle cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{radius:0.#}\" class=\"{style}\">{Tip(tip)}</circle>");

    /// <summary>A path in SVG's notation.</summary>
    public void Path(string d, string style, string tip = "") => Append($"<path d=\"{d}\" class=\"{style}\">{Tip(tip)}</path>");

    /// <summary>Words; <paramref name="anchor"/> is <c>start</c>, <c>middle</c> or <c>end</c>.</summary>
    public void Text(double x, double y, string words, string style = "", string anchor = "start") =>
        Append($"<text x=\"{x:0.#}\" y=\"{y:0.#}\" class=\"{style}\" text-anchor=\"{anchor}\">{Escape(words)}</text>");

    /// <summary>Coordinates for <see cref="Path"/>.</summary>
    public static string At(double x, double y) => string.Create(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#}");

    /// <summary>As HTML shows it.</summary>
    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    /// <summary>At most so many characters, the last a dot when cut.</summary>
    public static string Cut(string text, int most) => text.Length <= most ? text : text[..(most - 1)] + "…";

    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"<svg role=\"img\" aria-label=\"{Escape(title)}\" width=\"{width:0}\" height=\"{height:0}\" viewBox=\"0 0 {width:0} {height:0}\">{_body}</svg>");

    private static string Tip(string tip) => tip.Length == 0 ? "" : $"<title>{Escape(tip)}</title>";

    private void Append(FormattableString text) => _body.Append(text.ToString(CultureInfo.InvariantCulture)).Append('\n');
}
