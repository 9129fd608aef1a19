using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Checking;
using Orchestrator.Frontend.Syntax;
using Orchestrator.IR.Editing;

namespace Orchestrator.Frontend.Editing;

/// <summary>
/// What the checker found out about the last version of a file that had no syntax error. Names are by themselves, so that the facts still
/// serve while the next line is being written.
/// </summary>
internal sealed class FlowFacts
{
    private readonly Dictionary<string, FlowType> _names = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _declarations = new(StringComparer.Ordinal);
    private readonly List<(int Start, int End, FlowType Type)> _expressions = [];
    private readonly SourceText _source;

    private FlowFacts(SourceText source) => _source = source;

    public static FlowFacts Of(FlowProgram program, SourceText source, FlowScan scan)
    {
        var facts = new FlowFacts(source);
        foreach ((Expression expression, FlowType type) in program.Types)
        {
            if (ReferenceEquals(expression.Span.Source, source))
            {
                facts._expressions.Add((expression.Span.Start, expression.Span.Start + expression.Span.Length, type));
            }

            if (expression is NameExpression { Name.Text: var name } && !type.IsUnknown)
            {
                facts._names[name] = type;
            }
        }

        // The longest expression that begins behind the '=' is the whole value.
        ILookup<int, (int Start, int End, FlowType Type)> byStart = facts._expressions.ToLookup(e => e.Start);
        foreach (NameUse name in scan.Names.Uses.Where(u => u.IsDefinition && scan.Values.ContainsKey(u.Start)))
        {
            if (byStart[scan.Values[name.Start]].OrderByDescending(e => e.End).FirstOrDefault().Type is { IsUnknown: false } type)
            {
                facts._names.TryAdd(name.Text, type);
            }
        }

        foreach (NamedDeclaration declaration in program.Declarations)
        {
            facts._declarations.TryAdd(declaration.Name.Text, Describe(program, declaration));
            foreach (Parameter parameter in declaration is WorkflowDeclaration workflow ? workflow.Parameters : [])
            {
                facts._names.TryAdd(parameter.Name.Text, program.Meaning(parameter.Type));
            }
        }

        return facts;
    }

    /// <summary>The type of a name, or null.</summary>
    public FlowType? TypeOf(string name) => _names.GetValueOrDefault(name);

    /// <summary>One line about a declaration, or null.</summary>
    public string? Declaration(string name) => _declarations.GetValueOrDefault(name);

    /// <summary>The type of the smallest expression at an offset of the very text that was checked, with its place; null otherwise.</summary>
    public (FlowType Type, int Start, int End)? At(SourceText source, int offset)
    {
        if (!ReferenceEquals(source, _source))
        {
            return null;
        }

        (int Start, int End, FlowType Type) best = (0, int.MaxValue, FlowType.Unknown);
        foreach ((int Start, int End, FlowType Type) candidate in _expressions)
        {
            if (candidate.Start <= offset && offset <= candidate.End && candidate.End - candidate.Start < best.End - best.Start)
            {
                best = candidate;
            }
        }

        return best.End == int.MaxValue ? null : (best.Type, best.Start, best.End);
    }

    private static string Describe(FlowProgram program, NamedDeclaration declaration)
    {
        string name = declaration.Name.Text;
        return declaration switch
        {
            ModelDeclaration d => $"model {name} = {string.Join(" | ", d.References.Select(r => $"\"{r.Literal}\""))}",
            ToolDeclaration d => $"tool {name} = {d.Kind.Text} {Signature(program, d.Parameters, d.Result)}",
            IndexDeclaration d => $"index {name} = {d.Kind.Text} \"{d.Target.Literal}\"",
            MemoryDeclaration d => d.Type is null ? $"memory {name}" : $"memory {name}: {program.Meaning(d.Type)}",
            TypeDeclaration => $"type {name} = {Whole(program.NamedTypes.GetValueOrDefault(name, FlowType.Unknown))}",
            WorkflowDeclaration d => $"workflow {name}{Signature(program, d.Parameters, d.Result)}",
            _ => name,
        };
    }

    private static string Signature(FlowProgram program, Sequence<Parameter> parameters, TypeSyntax result) =>
        $"({string.Join(", ", parameters.Select(p => $"{p.Name.Text}: {program.Meaning(p.Type)}"))}) -> {program.Meaning(result)}";

    /// <summary>A type with its fields or cases, also when it has a name.</summary>
    public static string Whole(FlowType type) => type switch
    {
        RecordType record => $"{{ {string.Join(", ", record.Fields.Select(f => $"{f.Name}: {f.Type}"))} }}",
        CasesType cases => string.Join(" | ", cases.Cases),
        _ => type.ToString() ?? "",
    };
}
