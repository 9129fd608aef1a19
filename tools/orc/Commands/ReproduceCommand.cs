using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Cli.Papers;
using Orchestrator.Diagnostics;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc reproduce</c>: the papers, and what came of their claims. <c>orc reproduce PAPER</c>: a paper's claims, its figures beside ours.</summary>
internal static class ReproduceCommand
{
    private const int NarrowestText = 60;
    private const int WidestText = 100;

    public static Command Create()
    {
        var paper = new Argument<string?>("paper") { Description = "A paper's name or number; all papers when left out", Arity = ArgumentArity.ZeroOrOne };
        var json = CommonOptions.Json();
        var command = new Command("reproduce", "Set the claims of the papers that this is built on beside what we compute.") { paper, json };
        command.SetAction(parsed => Exit.Guard(parsed.GetValue(json), () => Run(parsed.GetValue(paper), parsed.GetValue(json))));
        return command;
    }

    private static int Run(string? name, bool json)
    {
        PaperEntry? paper = name is null ? null : Find(name);
        if (json)
        {
            JsonNode answer = paper is null
                ? new JsonObject { ["papers"] = new JsonArray([.. PaperList.All.Select(PaperText.ToJson)]) }
                : PaperText.ToJson(paper);
            Terminal.Out.WriteLine(answer.ToJsonString(Terminal.Json));
            return Exit.Fine;
        }

        Terminal.Out.Write(paper is null ? PaperText.Table(PaperList.All) : PaperText.Detail(paper, Math.Clamp(Terminal.Width, NarrowestText, WidestText)));
        return Exit.Fine;
    }

    private static PaperEntry Find(string name)
    {
        if (PaperList.Find(name) is { } paper)
        {
            return paper;
        }

        string remedy = NearestName.Suggest(name.ToLowerInvariant(), PaperList.All.Select(p => p.Name))
            ?? $"orc reproduce lists the names; numbers go from 1 to {PaperList.All.Count}";
        var source = new SourceText("<command line>", "orc reproduce " + name);
        var place = new SourceSpan(source, source.Length - name.Length, name.Length);
        throw new DiagnosticException(Diagnostic.Error("ORC6070", $"there is no paper '{name}'", place, remedy));
    }
}
