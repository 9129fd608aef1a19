using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Orchestrator.IR.View;

namespace Orchestrator.Cli.Opt;

/// <summary>What <c>--view FILE.svg</c> writes.</summary>
internal static class ViewFile
{
    /// <summary>Draws IR that was printed in the generic form.</summary>
    /// <exception cref="DiagnosticException">The file is no .svg, or cannot be written.</exception>
    public static void Write(string path, string text, Func<Context> contexts)
    {
        if (!path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw SourceFile.Mistake("ORC2220", $"'{path}' does not end in .svg, which is the only picture that is drawn", "write --view graph.svg");
        }

        var mistakes = new DiagnosticBag();
        if (IRParser.Parse(new SourceText("<printed>", text), contexts(), mistakes) is not { } parsed)
        {
            throw new DiagnosticException([.. mistakes.Items]);
        }

        OptOutput.Write(path, GraphSvg.Draw(parsed.Module));
    }
}
