using Orchestrator.Dialects.Builtin;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Irdl;

/// <summary>
/// Dialects read from IRDL text: checked once, then made anew for each context. This is what stands between a <c>.irdl</c> file and
/// operations that verify.
/// </summary>
public sealed class DeclaredDialects
{
    private readonly List<DialectDefinition> _definitions;

    private DeclaredDialects(List<DialectDefinition> definitions) => _definitions = definitions;

    /// <summary>The names of the dialects, in the order of the text.</summary>
    public IEnumerable<string> Names => _definitions.Select(d => d.Name);

    /// <summary>
    /// Reads files that may use one another's types. Dialects called as one of <paramref name="known"/> are refused; the types of those may
    /// be used. Null when there were errors, all of which are reported.
    /// </summary>
    public static DeclaredDialects? Read(IReadOnlyList<SourceText> files, IReadOnlyCollection<Dialect> known, DiagnosticBag diagnostics)
    {
        var bag = new DiagnosticBag();
        List<DialectOp> dialects = [];
        foreach (SourceText file in files)
        {
            if (IRParser.Parse(file, new Context([new BuiltinDialect(), new IrdlDialect()]), bag) is { } parsed && IRVerifier.Verify(parsed.Module, bag))
            {
                dialects.AddRange(parsed.Module.Walk().OfType<DialectOp>());
                RefuseOthers(parsed.Module, bag);
            }
        }

        List<DialectDefinition> definitions = bag.HasErrors ? [] : new DefinitionReader(dialects, known, bag).ReadAll();
        var read = new DeclaredDialects(definitions);
        if (!bag.HasErrors)
        {
            read.TryTexts(known, bag);
        }

        diagnostics.AddRange(bag.Items);
        return bag.HasErrors ? null : read;
    }

    /// <summary>The dialects, for one context.</summary>
    public IEnumerable<Dialect> Create() => _definitions.Select(d => new DynamicDialect(d));

    private static void RefuseOthers(Operation module, DiagnosticBag bag)
    {
        foreach (Operation op in module.Regions.SelectMany(r => r.Blocks).SelectMany(b => b.Operations))
        {
            if (op.Name.Text is not ("irdl.dialect" or "builtin.module"))
            {
                bag.Error(IrdlCodes.Structure, $"'{op.Name}' declares no dialect", op.Span, "a file of dialects holds irdl.dialect only");
            }
        }
    }

    // Every type and attribute that a constraint names must read when all these dialects are there.
    private void TryTexts(IReadOnlyCollection<Dialect> known, DiagnosticBag bag)
    {
        HashSet<string> mine = [.. Names];
        var names = new Context([new BuiltinDialect(), .. Create().Where(d => d.Name != "builtin"), .. known.Where(d => !mine.Contains(d.Name) && d.Name != "builtin")]);
        IEnumerable<Constraint> all = _definitions.SelectMany(d => d.Types.Concat(d.Attrs).SelectMany(t => t.Constraints).Concat(d.Operations.SelectMany(o => o.Constraints)));
        foreach (Constraint constraint in all.Where(c => c.Kind == ConstraintKind.Is))
        {
            var inner = new DiagnosticBag();
            if (IRParser.ParseAttribute(new SourceText("<irdl.is>", constraint.Text), names, inner) is null)
            {
                bag.Error(IrdlCodes.UnknownBase, $"{constraint.Text} cannot be: {inner.Items[0].Message}", constraint.Span, inner.Items[0].Remedy ?? "correct it");
            }
        }
    }
}
