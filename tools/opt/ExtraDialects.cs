using Orchestrator.Dialects;
using Orchestrator.Dialects.Irdl;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Cli;

/// <summary>The dialects of a run: those of this program, and those that the command line adds as text.</summary>
internal static class ExtraDialects
{
    /// <summary>What makes contexts with the dialects of this program, of plugins, and of IRDL files.</summary>
    /// <exception cref="DiagnosticException">A plugin or a file has mistakes.</exception>
    public static Func<Context> Contexts(Additions additions, IReadOnlyList<string>? files) =>
        Contexts(files ?? [], () => additions.Create(DialectSet.Create()));

    /// <summary>What makes contexts with the dialects of <paramref name="files"/> beside those of <paramref name="builtIn"/>.</summary>
    /// <exception cref="DiagnosticException">A file has mistakes.</exception>
    private static Func<Context> Contexts(IReadOnlyList<string> files, Func<IEnumerable<Dialect>> builtIn)
    {
        if (files.Count == 0)
        {
            return () => new Context(builtIn());
        }

        var bag = new DiagnosticBag();
        if (DeclaredDialects.Read([.. files.Select(SourceFile.ReadText)], [.. builtIn()], bag) is not { } declared)
        {
            throw new DiagnosticException(bag.Items);
        }

        return () => new Context([.. builtIn(), .. declared.Create()]);
    }

    /// <summary>The dialect called <paramref name="name"/> as IRDL text.</summary>
    /// <exception cref="DiagnosticException">There is no such dialect.</exception>
    public static string Export(string name, Context context) => context.FindDialect(name) is { } dialect
        ? IrdlExport.Write(dialect)
        : throw SourceFile.Mistake(IrdlCodes.UnknownDialect, $"there is no dialect '{name}'",
            NearestName.Suggest(name, context.Dialects.Select(d => d.Name)) ?? "the dialects are " + string.Join(", ", context.Dialects.Select(d => d.Name)));
}
