using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Orchestrator.Cli.Papers;

/// <summary>Papers and their claims as people and programs read them.</summary>
internal static class PaperText
{
    private const string NotYet = "not yet done";
    private const int LabelWidth = 13;

    /// <summary>All papers, a line each: how many claims came out how.</summary>
    public static string Table(IEnumerable<PaperEntry> papers)
    {
        var text = new StringBuilder();
        text.Append("  #  name                    title                                 exact model order  not\n");
        int[] totals = new int[4];
        int done = 0;
        int all = 0;
        foreach (PaperEntry paper in papers)
        {
            all++;
            text.Append(CultureInfo.InvariantCulture, $"{paper.Number,3}  {paper.Name,-23} {paper.Title,-37} ");
            if (paper.Open() is not { } open)
            {
                text.Append(NotYet).Append('\n');
                continue;
            }

            done++;
            int[] counts = Counts(open.Claims());
            for (int i = 0; i < counts.Length; i++)
            {
                totals[i] += counts[i];
            }

            text.Append(CultureInfo.InvariantCulture, $"{counts[0],5} {counts[1],5} {counts[2],5} {counts[3],4}\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{done} of {all} papers: {Summary(totals)}.\n");
        text.Append("exact: reproduced exactly; model: reproduced by model; order: ordering only; not: not reproducible\nhere. orc reproduce NAME shows each claim with its figures and reasons.\n");
        return text.ToString();
    }

    /// <summary>One paper's claims, each with both figures and the verdict, in lines of at most <paramref name="width"/>.</summary>
    public static string Detail(PaperEntry paper, int width)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{paper.Number}  {paper.Title} ({Reference(paper)})\n");
        if (paper.Open() is not { } open)
        {
            return text.Append("\n  ").Append(NotYet).Append('\n').ToString();
        }

        IReadOnlyList<Claim> claims = open.Claims();
        for (int i = 0; i < claims.Count; i++)
        {
            Claim claim = claims[i];
            text.Append('\n');
            Line(text, string.Create(CultureInfo.InvariantCulture, $"{i + 1,3}  "), 5, claim.Statement, width);
            Field(text, "paper", $"{claim.Figure} ({OriginText.Of(claim.Origin)})", width);
            Field(text, "ours", claim.Ours, width);
            Field(text, "how", claim.How, width);
            Field(text, "allowed", claim.Tolerance, width);
            Field(text, "verdict", claim.Verdict.ToString(), width);
        }

        text.Append(CultureInfo.InvariantCulture, $"\n{claims.Count} {(claims.Count == 1 ? "claim" : "claims")}: {Summary(Counts(claims))}.\n");
        return text.ToString();
    }

    /// <summary>A paper as JSON.</summary>
    public static JsonObject ToJson(PaperEntry paper)
    {
        IPaper? open = paper.Open();
        return new JsonObject
        {
            ["number"] = paper.Number,
            ["name"] = paper.Name,
            ["title"] = paper.Title,
            ["arxiv"] = paper.ArXiv.Length == 0 ? null : paper.ArXiv,
            ["done"] = open is not null,
            ["claims"] = new JsonArray([.. (open?.Claims() ?? []).Select(ToJson)]),
        };
    }

    private static JsonObject ToJson(Claim claim) => new()
    {
        ["statement"] = claim.Statement,
        ["origin"] = claim.Origin.ToString().ToLowerInvariant(),
        ["figure"] = claim.Figure,
        ["ours"] = OrNull(claim.Ours),
        ["how"] = OrNull(claim.How),
        ["tolerance"] = OrNull(claim.Tolerance),
        ["verdict"] = claim.Verdict.ToString(),
    };

    private static string? OrNull(string text) => text.Length == 0 ? null : text;

    private static string Reference(PaperEntry paper) => paper.ArXiv.Length == 0 ? "arXiv number unknown" : "arXiv " + paper.ArXiv;

    private static int[] Counts(IReadOnlyList<Claim> claims)
    {
        int[] counts = new int[4];
        foreach (Claim claim in claims)
        {
            counts[(int)claim.Verdict.Outcome]++;
        }

        return counts;
    }

    private static string Summary(int[] counts) => string.Create(
        CultureInfo.InvariantCulture,
        $"{counts[0]} reproduced exactly, {counts[1]} by model, {counts[2]} ordering only, {counts[3]} not reproducible here");

    private static void Field(StringBuilder text, string label, string value, int width)
    {
        if (value.Length > 0)
        {
            Line(text, ("     " + label).PadRight(LabelWidth + 1), LabelWidth + 1, value, width);
        }
    }

    // Words are moved to the next line, which is indented; a word longer than a line stands alone.
    private static void Line(StringBuilder text, string head, int indent, string value, int width)
    {
        text.Append(head);
        int column = head.Length;
        bool first = true;
        foreach (string word in value.Split(' '))
        {
            if (!first && column + 1 + word.Length > width)
            {
                text.Append('\n').Append(' ', indent);
                (column, first) = (indent, true);
            }

            text.Append(first ? "" : " ").Append(word);
            column += word.Length + (first ? 0 : 1);
            first = false;
        }

        text.Append('\n');
    }
}
