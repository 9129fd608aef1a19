using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

/// <summary>Checks the body of a workflow: names, types, units. Depth is bounded by what TokenFilter lets through.</summary>
internal sealed partial class WorkflowChecker(FlowProgram program, TypeResolver types, DiagnosticBag diagnostics)
{
    private readonly Quantities _quantities = new(diagnostics);

    // Set by Check before anything else runs.
    private WorkflowDeclaration _workflow = null!;

    public void Check(WorkflowDeclaration workflow)
    {
        _workflow = workflow;
        var scope = new Scope(null);
        foreach (Parameter parameter in workflow.Parameters)
        {
            FlowType type = program.Meaning(parameter.Type);
            if (parameter.Default is { } value)
            {
                Default(parameter, value, type);
            }

            Define(scope, parameter.Name, type, "parameter", false);
        }

        FlowType result = program.Meaning(workflow.Result);
        FlowType found = Body(workflow.Body, scope, result);
        if (workflow.Body.Value is { } last)
        {
            Expect(last, found, result, workflow.Result.Span, $"workflow '{workflow.Name.Text}' gives {result}");
        }

        ReportUnused(scope);
    }

    private void Default(Parameter parameter, Expression value, FlowType type)
    {
        bool isConstant = value is TextExpression { Literal: not null } or NumberExpression or TruthExpression or UnaryExpression { Operand: NumberExpression } || IsCase(value);
        if (!isConstant)
        {
            diagnostics.Error(FlowCodes.Shape, "a default is a value that is written out", value.Span, "write a text, a number, true, false or a case of a type");
            return;
        }

        Expect(value, Infer(value, new Scope(null), type), type, parameter.Type.Span, $"parameter '{parameter.Name.Text}' is {type}");
    }

    private bool IsCase(Expression value) =>
        value is FieldExpression { Target: NameExpression name } && program.Names.GetValueOrDefault(name.Name.Text) is TypeDeclaration;

    private FlowType Body(Block block, Scope parent, FlowType? expected)
    {
        var scope = new Scope(parent);
        FlowType type = Steps(block, scope, expected, isRound: false);
        ReportUnused(scope);
        return type;
    }

    private FlowType Steps(Block block, Scope scope, FlowType? expected, bool isRound)
    {
        foreach (PromiseItem promise in block.Promises)
        {
            Promise(promise);
        }

        foreach (AssignStatement later in block.Statements.OfType<AssignStatement>())
        {
            scope.Later.TryAdd(later.Name.Text, later.Name.Span);
        }

        bool hasUntil = false;
        foreach (Statement statement in block.Statements)
        {
            hasUntil |= Step(statement, scope, isRound, hasUntil);
        }

        if (isRound && !hasUntil)
        {
            diagnostics.Error(FlowCodes.Shape, "'repeat' never says when it is done", block.Span with { Length = 1 }, "add 'until condition' before the value of the next round");
        }

        if (block.Value is null)
        {
            string last = block.Statements.Count > 0 && block.Statements[^1] is AssignStatement a ? $"write '{a.Name.Text}' on a line of its own after it" : "end it with a value";
            diagnostics.Error(FlowCodes.Shape, "this block has no value", (block.Statements.Count > 0 ? block.Statements[^1].Span : block.Span), last);
            return FlowType.Unknown;
        }

        return Infer(block.Value, scope, expected);
    }

    // True for the first 'until'.
    private bool Step(Statement statement, Scope scope, bool isRound, bool hasUntil)
    {
        switch (statement)
        {
            case AssignStatement assign:
                FlowType type = Infer(assign.Value, scope, null);
                scope.Later.Remove(assign.Name.Text);
                Define(scope, assign.Name, type, "name", HasEffect(assign.Value));
                return false;
            case ExpressionStatement step:
                Infer(step.Value, scope, null);
                if (!HasEffect(step.Value) && step.Value is not NameExpression { Name.Text: "let" or "var" or "const" or "return" or "val" })
                {
                    diagnostics.Warning(FlowCodes.Unused, "nothing uses this value", step.Span, "remove it, or give it a name and use that");
                }

                return false;
            case UntilStatement until when isRound && !hasUntil:
                Expect(until.Condition, Infer(until.Condition, scope, FlowType.Bool), FlowType.Bool, until.Span, "'until' asks a bool");
                return true;
            default:
                diagnostics.Error(
                    FlowCodes.Shape, hasUntil ? "a round has one 'until'" : "'until' stands in a 'repeat' only", statement.Span,
                    hasUntil ? "join the conditions with 'or'" : "write repeat value as t at most 4 times { … until done … }");
                return false;
        }
    }

    private void Define(Scope scope, Name name, FlowType type, string origin, bool hasEffect)
    {
        if (scope.Find(name.Text) is { } earlier)
        {
            diagnostics.Add(Diagnostic.Error(FlowCodes.DuplicateName, $"'{name.Text}' has a value already; names are given once", name.Span, $"choose another name, such as '{name.Text}2'")
                .WithNote("it gets its value here", earlier.Span));
            return;
        }

        if (program.Names.TryGetValue(name.Text, out NamedDeclaration? declared))
        {
            diagnostics.Add(Diagnostic.Error(FlowCodes.DuplicateName, $"'{name.Text}' is {Kinds.WithArticle(Kinds.Of(declared))} already", name.Span, "choose another name")
                .WithNote("it is declared here", declared.Name.Span));
        }

        scope.Add(new Local(name.Text, type, name.Span, origin) { HasEffect = hasEffect });
    }

    private void ReportUnused(Scope scope)
    {
        foreach (Local local in scope.Own.Where(l => !l.IsUsed && !l.HasEffect && !l.Name.StartsWith('_')))
        {
            diagnostics.Warning(FlowCodes.Unused, $"nothing uses the {local.Origin} '{local.Name}'", local.Span, $"remove it, or call it '_{local.Name}'");
        }
    }

    // Whether leaving the value out would change what happens outside.
    private bool HasEffect(Expression expression) => expression switch
    {
        CallExpression call => program.Callees.GetValueOrDefault(call) switch
        {
            ToolDeclaration tool => !tool.Options.Any(o => o.Name.Text == "pure"),
            WorkflowDeclaration => true,
            null => call.Callee.Text == "remember",
            _ => false,
        } || call.Arguments.Any(a => a.Value is { } v && HasEffect(v)),
        HumanExpression => true,
        ModifiedExpression e => HasEffect(e.Target),
        FieldExpression e => HasEffect(e.Target),
        BlockExpression e => HasEffect(e.Body),
        IfExpression e => HasEffect(e.Then) || (e.Else is { } other && HasEffect(other)),
        MatchExpression e => e.Arms.Any(a => HasEffect(a.Value)),
        ForExpression e => HasEffect(e.Body),
        RepeatExpression e => HasEffect(e.Body),
        RaceExpression e => e.Branches.Any(HasEffect),
        GatherExpression e => HasEffect(e.Body),
        TryExpression e => HasEffect(e.Body) || HasEffect(e.Else),
        _ => false,
    };

    private bool HasEffect(Block block) => (block.Value is { } value && HasEffect(value)) || block.Statements.Any(s => s switch
    {
        AssignStatement a => HasEffect(a.Value),
        ExpressionStatement e => HasEffect(e.Value),
        _ => false,
    });
}
