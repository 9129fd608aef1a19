using Orchestrator.Dialects;
using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Orchestrator.IR.View;

namespace Orchestrator.Cli;

/// <summary>What <c>--view FILE.svg</c> writes.</summary>
internal static class ViewFile
{
    /// <summary>Draws IR that was just printed, so that what is seen is what is printed.</summary>
    public static void Write(string path, string text)
    {
        if (!path.EndsWith(".svg", StringComparison.OrdinalIgnoreCase))
        {
            throw WorkflowFile.Mistake("ORC2220", $"'{path}' does not end in .svg, which is the only picture that is drawn", "write --view graph.svg");
        }

        var mistakes = new DiagnosticBag();
        if (IRParser.Parse(new SourceText("<printed>", text), DialectSet.NewContext(), mistakes) is not { } parsed)
        {
            throw new DiagnosticException([.. mistakes.Items]);
        }

        try
        {
            LocalState.WriteAtomically(path, GraphSvg.Draw(parsed.Module));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw WorkflowFile.Mistake("ORC2221", $"'{path}' cannot be written: {e.Message}", "name a file in a folder that exists and that you may write to");
        }
    }
}
