using System.Collections.Immutable;
using System.Text;

namespace Orchestrator.IR.Editing;

/// <summary>The declaration of an operation, written for people.</summary>
internal static class OpMarkdown
{
    public static string Of(OpInfo info)
    {
        OpShape shape = info.Shape;
        var text = new StringBuilder($"**{info.Name}**\n\n{info.Summary}\n");
        Values(text, "operands", shape.Operands);
        if (shape.Attributes.Length > 0)
        {
            text.Append("\nattributes\n");
            foreach (AttrShape attribute in shape.Attributes)
            {
                text.Append($"- `{attribute.Name}`{(attribute.IsRequired ? "" : "?")}: {Kind(attribute.Bases, attribute.Kind)}{Note(attribute.Summary)}\n");
            }
        }

        Values(text, "results", shape.Results);
        foreach (RegionShape region in shape.Regions)
        {
            text.Append($"\nregion `{region.Name}`{Many(region.Count)}{Note(region.Summary)}\n");
        }

        if (info.Traits != OpTraits.None)
        {
            text.Append($"\ntraits: {info.Traits}\n");
        }

        return text.Append($"\neffects: {info.Effects}\n").ToString();
    }

    /// <summary>What kind of thing an attribute holds.</summary>
    public static string Kind(ImmutableArray<string> bases, string otherwise) => bases.IsDefaultOrEmpty ? otherwise : string.Join(" or ", bases);

    private static void Values(StringBuilder text, string title, ImmutableArray<ValueShape> values)
    {
        if (values.Length == 0)
        {
            return;
        }

        text.Append($"\n{title}\n");
        foreach (ValueShape value in values)
        {
            text.Append($"- `{value.Name}`{Many(value.Count)}: {Kind(value.Bases, "any type")}{Note(value.Summary)}\n");
        }
    }

    private static string Many(PartCount count) => count switch { PartCount.Optional => "?", PartCount.Many => "*", _ => "" };

    private static string Note(string summary) => summary.Length > 0 ? " — " + summary : "";
}
