using System.Globalization;
using Orchestrator.IR;

namespace Orchestrator.Cli.Opt;

/// <summary>Whether a flag takes a value.</summary>
internal enum FlagValue
{
    /// <summary>Never.</summary>
    None,

    /// <summary>If it wants one, behind <c>=</c>.</summary>
    Optional,

    /// <summary>Always: behind <c>=</c>, or the next argument.</summary>
    Required,
}

/// <summary>A flag of <c>orc opt</c>. Adding one is a row in <see cref="All"/>.</summary>
/// <param name="Name">The name behind <c>--</c>.</param>
/// <param name="Value">Whether it takes a value.</param>
/// <param name="Shape">What the value looks like, for help.</param>
/// <param name="Help">One line.</param>
/// <param name="Apply">Notes it; gives what is wrong with the value, or null.</param>
internal sealed record OptFlag(string Name, FlagValue Value, string Shape, string Help, Func<OptInvocation, string, string?> Apply)
{
    /// <summary>All flags, in the order of the help.</summary>
    public static IReadOnlyList<OptFlag> All { get; } =
    [
        Text("pass-pipeline", "PIPELINE", "Passes: a,b{option=1},func.func(cse), or builtin.module(...) around it; also -p", (o, v) => o.Pipeline = v),
        Text("output", "FILE", "Write the IR there instead of to standard output; also -o", (o, v) => o.Output = v),
        new("split-input-file", FlagValue.Optional, "MARKER", "The file is several, cut at lines // ----- or at the marker", (o, v) =>
        {
            (o.SplitInput, o.SplitMarker) = (true, v.Length > 0 ? v : o.SplitMarker);
            return null;
        }),
        Text("output-split-marker", "MARKER", "The line between the parts of a split file in the output", (o, v) => o.OutputSplitMarker = v),
        Choice("verify-diagnostics", ["all", "only-expected"], "Check expected-error comments instead of printing",
            (o, v) => (o.VerifyDiagnostics, o.OnlyExpected) = (true, v == "only-expected")),
        Switch("print-debuginfo", "Print loc(...) with everything", (o, v) => o.Locations = v),
        Switch("print-generic", "Print MLIR's generic form instead of the pretty one", (o, v) => o.Generic = v),
        Switch("allow-unregistered-dialect", "Accepted as in mlir-opt; operations of unknown dialects are always kept", (_, _) => { }),
        Switch("builtin-only", "Know the builtin dialect only, so that all other operations are kept as they are", (o, v) => o.BuiltinOnly = v),
        Text("irdl", "FILE", "Read dialects from this IRDL file too; may be given several times", (o, v) => o.Irdl.Add(v)),
        Text("plugin", "FILE", "Add the dialects and passes of this .dll; may be given several times", (o, v) => o.Plugins.Add(v)),
        Text("export-irdl", "NAME", "Print this dialect as IRDL text", (o, v) => o.ExportIrdl = v),
        Text("view", "FILE.svg", "Draw the result as a graph there too", (o, v) => o.View = v),
        Switch("json", "Print diagnostics and IR as one JSON object", (o, v) => o.Json = v),
        Switch("dump-pass-pipeline", "Show the pipeline with all options", (o, v) => o.DumpPipeline = v),
        Switch("verify-each", "Verify after each pass that changed something; on unless =false", (o, v) => o.VerifyEach = v),
        Switch("check-pass-claims", "Find passes that say that they changed nothing, and did", (o, v) => o.CheckClaims = v),
        new("threads", FlagValue.Required, "N", "Work on so many isolated operations at a time; the number of cores unless said", (o, v) =>
        {
            bool good = int.TryParse(v, NumberStyles.None, CultureInfo.InvariantCulture, out int threads) && threads is >= 1 and <= 4096;
            o.Threads = good ? threads : o.Threads;
            return good ? null : "it takes a number from 1 to 4096";
        }),
        Switch("disable-threading", "Work on one operation at a time", (o, v) => o.Threads = v ? 1 : o.Threads),
        Report("timing", "Show the time of reading, verifying, each pass and printing", (o, f) => o.Timing = f),
        Report("pass-statistics", "Show what passes counted", (o, f) => o.Statistics = f),
        Passes("print-ir-before", "Show the IR before these passes", o => o.PrintBefore),
        Passes("print-ir-after", "Show the IR after these passes", o => o.PrintAfter),
        Switch("print-ir-before-all", "Show the IR before every pass", (o, _) => o.PrintBefore.Add("all")),
        Switch("print-ir-after-all", "Show the IR after every pass", (o, _) => o.PrintAfter.Add("all")),
        Switch("print-ir-after-change", "Show the IR after passes that changed it", (o, v) => o.PrintOnlyChanged = v),
        Switch("print-ir-after-failure", "Show the IR after the pass that failed", (o, v) => o.PrintAfterFailure = v),
        Switch("print-ir-diff", "Show what passes changed as a unified diff", (o, v) => o.PrintDiff = v),
        Switch("print-ir-module-scope", "Show the whole module rather than the operation of the pass", (o, v) => o.PrintModule = v),
        Text("print-ir-tree-dir", "DIR", "Write shown IR to files below this folder", (o, v) => o.PrintFolder = v),
        Text("crash-reproducer", "FILE", "When a pass fails, write a file that repeats it",
            (o, v) => (o.ReproducerPath, o.ReproducerKind) = (v, ReproducerKind.OnFailure)),
        Switch("crash-reproducer-local", "Write the shortest part of the pipeline that fails, and the IR before it", (o, v) => o.SmallestReproducer = v),
        Text("generate-reproducer", "FILE", "Write a file that repeats the run, whether or not it fails",
            (o, v) => (o.ReproducerPath, o.ReproducerKind) = (v, ReproducerKind.Always)),
        Switch("run-reproducer", "Run the pipeline that the file holds", (o, v) => o.RunReproducer = v),
        Text("debug-counter", "NAME-skip=N,NAME-count=M", "Leave out actions of passes, to find the one that goes wrong", (o, v) => o.DebugCounter = v),
        Switch("print-debug-counter", "Show how often each action was done", (o, v) => o.PrintDebugCounter = v),
        Switch("list-passes", "List the passes with their options", (o, v) => o.ListPasses = v),
        Switch("show-dialects", "List the dialects", (o, v) => o.ListDialects = v),
        Switch("debug", "Show where an exception of ours was thrown; also ORC_DEBUG=1", (o, v) => o.Debug = v),
        Switch("help", "Show this; also -h", (o, v) => o.Help = v),
    ];

    /// <summary>Other names of flags, most of them mlir-opt's, of which <c>mlir-</c> may be left out in any case.</summary>
    public static IReadOnlyDictionary<string, string> OtherNames { get; } = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["p"] = "pass-pipeline",
        ["passes"] = "pass-pipeline",
        ["o"] = "output",
        ["h"] = "help",
        ["?"] = "help",
        ["print-op-generic"] = "print-generic",
        ["timing-display"] = "timing",
        ["pass-statistics-display"] = "pass-statistics",
        ["pass-pipeline-crash-reproducer"] = "crash-reproducer",
        ["pass-pipeline-local-reproducer"] = "crash-reproducer-local",
        ["reproducer-always"] = "generate-reproducer",
    };

    private static OptFlag Text(string name, string shape, string help, Action<OptInvocation, string> apply) => new(name, FlagValue.Required, shape, help, (o, v) =>
    {
        apply(o, v);
        return null;
    });

    private static OptFlag Switch(string name, string help, Action<OptInvocation, bool> apply) => new(name, FlagValue.Optional, "", help, (o, v) =>
    {
        if (!OptionText.TryParse(v.Length == 0 ? "true" : v, out bool on))
        {
            return "it is =true or =false";
        }

        apply(o, on);
        return null;
    });

    private static OptFlag Choice(string name, string[] choices, string help, Action<OptInvocation, string> apply) =>
        new(name, FlagValue.Optional, string.Join('|', choices), help, (o, v) =>
        {
            if (v.Length > 0 && !choices.Contains(v))
            {
                return $"it is one of {string.Join(", ", choices)}";
            }

            apply(o, v);
            return null;
        });

    private static OptFlag Report(string name, string help, Action<OptInvocation, ReportForm> apply) => Choice(name, ["tree", "list", "json", "pipeline"], help,
        (o, v) => apply(o, v switch { "list" => ReportForm.List, "json" => ReportForm.Json, _ => ReportForm.Tree }));

    private static OptFlag Passes(string name, string help, Func<OptInvocation, List<string>> list) => new(name, FlagValue.Optional, "a,b|all", help, (o, v) =>
    {
        list(o).AddRange(v.Length == 0 ? ["all"] : v.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        return null;
    });
}
