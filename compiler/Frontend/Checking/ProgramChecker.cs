using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

/// <summary>Checks all files together.</summary>
internal static class ProgramChecker
{
    /// <summary>What the checker found out about <paramref name="files"/>; mistakes go to <paramref name="diagnostics"/>.</summary>
    public static FlowProgram Check(IReadOnlyList<FlowFile> files, DiagnosticBag diagnostics)
    {
        var program = new FlowProgram(files);
        foreach (NamedDeclaration declaration in program.Declarations)
        {
            Declare(program, declaration, diagnostics);
        }

        var types = new TypeResolver(program, diagnostics);
        foreach (NamedDeclaration declaration in program.Declarations)
        {
            ResolveTypes(declaration, types);
        }

        var declarations = new DeclarationChecker(program, diagnostics);
        var parameters = new HashSet<string>(StringComparer.Ordinal);
        foreach (NamedDeclaration declaration in program.Declarations)
        {
            declarations.Check(declaration);
            parameters.Clear();
            if (declaration is ToolDeclaration tool)
            {
                foreach (Parameter twice in tool.Parameters.Where(p => !parameters.Add(p.Name.Text)))
                {
                    diagnostics.Error(FlowCodes.DuplicateName, $"the tool has two parameters '{twice.Name.Text}'", twice.Name.Span, "give one of them another name");
                }
            }
        }

        var workflows = new WorkflowChecker(program, types, diagnostics);
        foreach (WorkflowDeclaration workflow in program.Declarations.OfType<WorkflowDeclaration>())
        {
            workflows.Check(workflow);
        }

        ReportCircles(program, diagnostics);
        return program;
    }

    private static void Declare(FlowProgram program, NamedDeclaration declaration, DiagnosticBag diagnostics)
    {
        string name = declaration.Name.Text;
        if (declaration is TypeDeclaration && (FlowType.Basics.ContainsKey(name) || name == "list"))
        {
            diagnostics.Error(FlowCodes.DuplicateName, $"'{name}' is a type of the language", declaration.Name.Span, "choose another name");
        }
        else if (!program.Names.TryAdd(name, declaration))
        {
            diagnostics.Add(Diagnostic.Error(FlowCodes.DuplicateName, $"'{name}' is declared twice", declaration.Name.Span, "give one of them another name")
                .WithNote("the first is here", program.Names[name].Name.Span));
        }
    }

    private static void ResolveTypes(NamedDeclaration declaration, TypeResolver types)
    {
        (Sequence<Parameter> parameters, TypeSyntax? result) = declaration switch
        {
            ToolDeclaration d => (d.Parameters, d.Result),
            WorkflowDeclaration d => (d.Parameters, d.Result),
            MemoryDeclaration d => ([], d.Type),
            _ => ((Sequence<Parameter>)[], null),
        };
        foreach (Parameter parameter in parameters)
        {
            types.Resolve(parameter.Type);
        }

        if (result is not null)
        {
            types.Resolve(result);
        }

        if (declaration is TypeDeclaration type)
        {
            types.Declared(type);
        }
    }

    // A workflow that calls itself could run for ever and cannot be planned.
    private static void ReportCircles(FlowProgram program, DiagnosticBag diagnostics)
    {
        ILookup<WorkflowDeclaration, (WorkflowDeclaration From, WorkflowDeclaration To, SourceSpan Span)> calls =
            program.WorkflowCalls.ToLookup(c => c.From, (IEqualityComparer<WorkflowDeclaration>)ReferenceEqualityComparer.Instance);
        foreach ((WorkflowDeclaration from, WorkflowDeclaration to, SourceSpan span) in program.WorkflowCalls)
        {
            var reached = new HashSet<WorkflowDeclaration>(ReferenceEqualityComparer.Instance) { to };
            var open = new Stack<WorkflowDeclaration>([to]);
            while (open.TryPop(out WorkflowDeclaration? workflow) && !reached.Contains(from))
            {
                foreach (var call in calls[workflow].Where(c => reached.Add(c.To)))
                {
                    open.Push(call.To);
                }
            }

            if (reached.Contains(from))
            {
                string message = ReferenceEquals(from, to) ? $"workflow '{from.Name.Text}' calls itself" : $"workflow '{from.Name.Text}' calls '{to.Name.Text}', which leads back to it";
                diagnostics.Error(FlowCodes.Recursion, message, span, "repeat with a bound instead: repeat value as t at most 4 times { … until done … }");
            }
        }
    }
}
