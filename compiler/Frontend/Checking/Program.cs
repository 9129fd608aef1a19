using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

/// <summary>All files together, with what the checker found out. Keys are compared by reference: equal pieces at two places are two.</summary>
internal sealed class FlowProgram(IReadOnlyList<FlowFile> files)
{
    /// <summary>The files, imported ones before those that import them.</summary>
    public IReadOnlyList<FlowFile> Files { get; } = files;

    /// <summary>What has a name, in written order.</summary>
    public IEnumerable<NamedDeclaration> Declarations => Files.SelectMany(f => f.Declarations).OfType<NamedDeclaration>();

    /// <summary>The first declaration of each name.</summary>
    public Dictionary<string, NamedDeclaration> Names { get; } = new(StringComparer.Ordinal);

    /// <summary>Declared types by name.</summary>
    public Dictionary<string, FlowType> NamedTypes { get; } = new(StringComparer.Ordinal);

    /// <summary>What each written type means.</summary>
    public Dictionary<TypeSyntax, FlowType> Written { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The type of each expression.</summary>
    public Dictionary<Expression, FlowType> Types { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What each call calls: a declaration, or null for a built-in function.</summary>
    public Dictionary<CallExpression, NamedDeclaration?> Callees { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>For each argument of a tool or workflow call, the parameter that it is for.</summary>
    public Dictionary<Argument, Parameter> Parameters { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>What scores the candidates of each <c>best of … by name</c>.</summary>
    public Dictionary<BestExpression, NamedDeclaration> Scorers { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>Which workflow calls which, and where.</summary>
    public List<(WorkflowDeclaration From, WorkflowDeclaration To, SourceSpan Span)> WorkflowCalls { get; } = [];

    /// <summary>The type of a checked expression.</summary>
    public FlowType TypeOf(Expression expression) => Types.GetValueOrDefault(expression, FlowType.Unknown);

    /// <summary>The meaning of a checked type.</summary>
    public FlowType Meaning(TypeSyntax type) => Written.GetValueOrDefault(type, FlowType.Unknown);
}
