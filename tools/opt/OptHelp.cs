using System.Globalization;
using System.Text;
using Orchestrator.IR;

namespace Orchestrator.Cli.Opt;

/// <summary>What <c>orc opt</c> says about itself.</summary>
internal static class OptHelp
{
    private const int Column = 44;

    public static string Text()
    {
        var text = new StringBuilder("""
            Run passes over IR text, as mlir-opt does.

            orc opt [FILE] [flags]         FILE is an .mlir file; - or nothing is standard input
              --cse --canonicalize="option=1 other=2"      every pass is a flag of its own
              -p "cse,func.func(canonicalize{option=1})"   or all of them are one text

            Flags, of which each may begin with one dash, and with mlir- as in mlir-opt:

            """);
        foreach (OptFlag flag in OptFlag.All)
        {
            string value = flag.Shape.Length == 0 ? "" : flag.Value == FlagValue.Required ? $"={flag.Shape}" : $"[={flag.Shape}]";
            text.Append(CultureInfo.InvariantCulture, $"  {("--" + flag.Name + value).PadRight(Column)} {flag.Help}\n");
        }

        return text.Append("\nExit codes: 0 fine, 1 the input is at fault, 2 usage, 70 a bug. --list-passes lists the passes.\n").ToString();
    }

    public static string Passes(PassRegistry registry)
    {
        var text = new StringBuilder();
        foreach (PassInfo pass in registry.Passes)
        {
            text.Append(CultureInfo.InvariantCulture, $"{pass.Name,-24} {pass.Summary}\n");
            foreach (PassOptionInfo option in pass.Options)
            {
                string kind = option.Choices.IsEmpty ? option.Kind : string.Join('|', option.Choices);
                text.Append(CultureInfo.InvariantCulture, $"  {option.Name} ({kind}): {option.Summary}\n");
            }

            AppendFact(text, "runs on", pass.Anchor.Length > 0 ? [pass.Anchor] : []);
            AppendFact(text, "requires", pass.Requires);
            AppendFact(text, "not after", pass.Forbids);
            AppendFact(text, "establishes", pass.Establishes);
            AppendFact(text, "undoes", pass.Destroys);
        }

        return text.ToString();
    }

    private static void AppendFact(StringBuilder text, string what, IReadOnlyCollection<string> values)
    {
        if (values.Count > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"  {what} {string.Join(", ", values)}\n");
        }
    }
}
