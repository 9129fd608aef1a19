using System.Globalization;

namespace Orchestrator.IR;

/// <summary>IR as it was before or after a pass.</summary>
/// <param name="Title">One line that says which.</param>
/// <param name="Path">A file name for it, with folders for the operations around: <c>builtin_module/func_func_f/3_cse_after.mlir</c>.</param>
/// <param name="Text">The IR, or the difference.</param>
public sealed record DumpedIR(string Title, string Path, string Text);

/// <summary>Which IR is shown while passes run.</summary>
public sealed class IRDump
{
    private int _count;

    /// <summary>Hands what is shown to <paramref name="sink"/>.</summary>
    public IRDump(Action<DumpedIR> sink) => Sink = sink;

    /// <summary>The passes before which the IR is shown; <c>all</c> or <c>*</c> stands for every pass.</summary>
    public IReadOnlyCollection<string> Before { get; init; } = [];

    /// <summary>The passes after which the IR is shown; <c>all</c> or <c>*</c> stands for every pass.</summary>
    public IReadOnlyCollection<string> After { get; init; } = [];

    /// <summary>Whether the IR after a pass is shown only when it changed.</summary>
    public bool OnlyChanged { get; init; }

    /// <summary>Whether the IR is shown after a pass that failed, whatever <see cref="After"/> says.</summary>
    public bool AfterFailure { get; init; }

    /// <summary>Whether the whole module is shown rather than the operation on which the pass runs.</summary>
    public bool WholeModule { get; init; }

    /// <summary>Whether a unified diff is shown instead of the IR after a pass, when it changed.</summary>
    public bool Diff { get; init; }

    /// <summary>How IR is printed.</summary>
    public PrintOptions Print { get; init; } = PrintOptions.Default;

    private Action<DumpedIR> Sink { get; }

    // Shows the IR before a pass; gives its text when it is needed to see what changed.
    internal string? NoteBefore(string pass, Operation on, Operation root)
    {
        bool shown = Selects(Before, pass);
        bool compared = (OnlyChanged || Diff) && Selects(After, pass);
        if (!shown && !compared)
        {
            return null;
        }

        string text = Text(on, root);
        if (shown)
        {
            Show(pass, "Before", "", on, root, text);
        }

        return compared ? text : null;
    }

    internal void NoteAfter(string pass, Operation on, Operation root, string? before, bool changedNothing, bool good)
    {
        if (!good)
        {
            if (AfterFailure || Selects(After, pass))
            {
                Show(pass, "After", " Failed", on, root, Text(on, root));
            }

            return;
        }

        if (!Selects(After, pass) || (changedNothing && (OnlyChanged || Diff)))
        {
            return;
        }

        string text = Text(on, root);
        if (before is not null && before == text)
        {
            return;
        }

        bool asDiff = Diff && before is not null;
        Show(pass, asDiff ? "Diff" : "After", "", on, root, asDiff ? TextDiff.Unified(before!, text, $"before {pass}", $"after {pass}") : text); // asDiff says so.
    }

    private static bool Selects(IReadOnlyCollection<string> passes, string pass) => passes.Contains(pass) || passes.Contains("all") || passes.Contains("*");

    private string Text(Operation on, Operation root) => IRPrinter.Print(WholeModule ? root : on, Print);

    private void Show(string pass, string what, string outcome, Operation on, Operation root, string text)
    {
        string place = ReferenceEquals(on, root) ? "" : $" ({PassCrashException.Describe(on)})";
        string word = what == "Diff" ? "Diff of" : $"Dump {what}";
        string name = $"{(_count++).ToString(CultureInfo.InvariantCulture)}_{pass}_{what.ToLowerInvariant()}{(outcome.Length > 0 ? "_failed" : "")}";
        Sink(new DumpedIR($"// -----// IR {word} {pass}{outcome}{place} //----- //", $"{Folder(on)}/{name}.{(what == "Diff" ? "diff" : "mlir")}", text));
    }

    private static string Folder(Operation on)
    {
        var parts = new Stack<string>();
        for (Operation? at = on; at is not null; at = at.ParentOp)
        {
            string name = at.SymbolName is { } symbol ? $"{at.Name.Text}_{symbol}" : at.Name.Text;
            parts.Push(new string([.. name.Take(100).Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' ? c : '_')]));
        }

        return string.Join('/', parts);
    }
}
