using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Parsing;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

// Calls of models, tools and workflows.
internal sealed partial class WorkflowChecker
{
    private static readonly string[] s_modelOptions = ["as", "max", "temperature"];

    private FlowType Call(CallExpression call, Scope scope)
    {
        if (BuiltinOf(call) is { } builtin)
        {
            return CallBuiltin(call, builtin, scope);
        }

        NamedDeclaration? callee = program.Names.GetValueOrDefault(call.Callee.Text);
        program.Callees[call] = callee;
        switch (callee)
        {
            case ModelDeclaration:
                return CallModel(call, scope);
            case ToolDeclaration tool:
                PassArguments(call, tool.Parameters, scope, $"tool '{tool.Name.Text}'", tool.Name.Span);
                return program.Meaning(tool.Result);
            case WorkflowDeclaration workflow:
                program.WorkflowCalls.Add((_workflow, workflow, call.Callee.Span));
                PassArguments(call, workflow.Parameters, scope, $"workflow '{workflow.Name.Text}'", workflow.Name.Span);
                return program.Meaning(workflow.Result);
        }

        foreach (Argument argument in call.Arguments.Where(a => a.Value is not null))
        {
            Infer(argument.Value!, scope, null); // Filtered above.
        }

        ReportCallee(call, callee, scope);
        return FlowType.Unknown;
    }

    // A declaration hides the function of the same name, unless what comes first is what the function asks for: embed(embed, text).
    private Builtin? BuiltinOf(CallExpression call)
    {
        if (!Builtin.All.TryGetValue(call.Callee.Text, out Builtin? builtin) || !program.Names.ContainsKey(call.Callee.Text))
        {
            return builtin;
        }

        bool fits = builtin.Declares is { } kinds && call.Arguments is [{ Value: NameExpression first }, ..]
            && program.Names.GetValueOrDefault(first.Name.Text) is { } declared && kinds.Contains(Kinds.Of(declared), StringComparison.Ordinal);
        return fits ? builtin : null;
    }

    private void ReportCallee(CallExpression call, NamedDeclaration? callee, Scope scope)
    {
        string name = call.Callee.Text;
        if (callee is not null)
        {
            string remedy = callee is IndexDeclaration ? $"write lookup({name}, query, top: 8)" : callee is MemoryDeclaration ? $"write recall({name}, key)" : $"write a record: {{ field: value }}";
            diagnostics.Add(Diagnostic.Error(FlowCodes.WrongKind, $"'{name}' is {Kinds.WithArticle(Kinds.Of(callee))} and cannot be called", call.Callee.Span, remedy)
                .WithNote("it is declared here", callee.Name.Span));
        }
        else if (name == "env")
        {
            diagnostics.Error(FlowCodes.WrongKind, "env(…) stands in the options of declarations only", call.Callee.Span, "pass the value as a parameter of the workflow");
        }
        else if (scope.Find(name) is { } local)
        {
            local.IsUsed = true;
            diagnostics.Add(Diagnostic.Error(FlowCodes.WrongKind, $"'{name}' is a value and cannot be called", call.Callee.Span, "call a model, a tool or a workflow")
                .WithNote("it gets its value here", local.Span));
        }
        else
        {
            IEnumerable<string> known = program.Names.Values.Where(d => d is ModelDeclaration or ToolDeclaration or WorkflowDeclaration).Select(d => d.Name.Text).Concat(Builtin.All.Keys);
            diagnostics.Error(FlowCodes.UnknownName, $"no model, tool or workflow is called '{name}'", call.Callee.Span,
                NearestName.Suggest(name, known) ?? $"declare it, for example: model {name} = \"…\"");
        }
    }

    private FlowType CallModel(CallExpression call, Scope scope)
    {
        FlowType result = FlowType.Text;
        var seen = new HashSet<string>(StringComparer.Ordinal);
        int values = 0;
        foreach (Argument argument in call.Arguments)
        {
            if (argument.Name is not { } name)
            {
                Operand(argument.Value!, scope, values++, call); // An argument without a name has a value.
                continue;
            }

            if (!seen.Add(name.Text))
            {
                diagnostics.Error(FlowCodes.Arguments, $"'{name.Text}' is given twice", argument.Span, "remove one");
            }

            if (argument.Type is { } type)
            {
                result = types.Resolve(type);
            }
            else if (name.Text == "max" && argument.Value is NumberExpression max)
            {
                _quantities.Check(max, Measure.Tokens, "'max'", 1, whole: true);
            }
            else if (name.Text == "temperature" && argument.Value is NumberExpression temperature)
            {
                _quantities.Check(temperature, Measure.None, "'temperature'", 0, 2);
            }
            else
            {
                bool isKnown = s_modelOptions.Contains(name.Text);
                diagnostics.Error(
                    isKnown ? FlowCodes.TypeMismatch : FlowCodes.UnknownOption, isKnown ? $"'{name.Text}' takes a number that is written out" : $"a call of a model has no option '{name.Text}'",
                    isKnown ? argument.Span : name.Span, isKnown ? $"write {name.Text}: {(name.Text == "max" ? "300 tokens" : "0.2")}" : NearestName.Suggest(name.Text, s_modelOptions) ?? "it has as, max and temperature; put values into the prompt: \"… {value} …\"");
                if (argument.Value is not NumberExpression)
                {
                    Infer(argument.Value!, scope, null); // Only 'as' has a type instead of a value.
                }
            }
        }

        if (values == 0)
        {
            diagnostics.Error(FlowCodes.Arguments, $"'{call.Callee.Text}' is a model and needs a prompt", call.Span, $"write {call.Callee.Text}(\"…\")");
        }

        return result;
    }

    private void Operand(Expression value, Scope scope, int position, CallExpression call)
    {
        FlowType type = Infer(value, scope, FlowType.Text);
        if (position == 0)
        {
            string? remedy = type == FlowType.Audio ? $"write transcribe({call.Callee.Text}, recording)" : "a prompt is text: \"… {value} …\"";
            if (!type.Fits(FlowType.Text))
            {
                Mismatch(value, scope, type, "text", call.Callee.Span, $"'{call.Callee.Text}' is a model: the first argument is its prompt", remedy);
            }
        }
        else if (type != FlowType.Image && type != FlowType.Audio && type != FlowType.Bytes && !type.Fits(FlowType.Text) && type != FlowType.Json)
        {
            Mismatch(value, scope, type, "image, audio or text", call.Callee.Span, $"'{call.Callee.Text}' is a model: this goes along with its prompt", "put it into the prompt: \"… {value} …\"");
        }
    }

    private void PassArguments(CallExpression call, Sequence<Parameter> parameters, Scope scope, string callee, SourceSpan declared)
    {
        var given = new HashSet<string>(StringComparer.Ordinal);
        int position = 0;
        foreach (Argument argument in call.Arguments)
        {
            Parameter? parameter = argument.Name is { } name
                ? parameters.FirstOrDefault(p => p.Name.Text == name.Text)
                : position < parameters.Count ? parameters[position++] : null;
            FlowType wanted = parameter is null ? FlowType.Unknown : program.Meaning(parameter.Type);
            FlowType found = argument.Value is { } value ? Infer(value, scope, wanted) : FlowType.Unknown;
            if (parameter is null || argument.Value is null)
            {
                ReportArgument(argument, parameters, callee, declared);
                continue;
            }

            if (!given.Add(parameter.Name.Text))
            {
                diagnostics.Error(FlowCodes.Arguments, $"'{parameter.Name.Text}' is given twice", argument.Span, "remove one");
            }

            program.Parameters[argument] = parameter;
            Expect(argument.Value, found, wanted, parameter.Span, $"parameter '{parameter.Name.Text}' of {callee} is {wanted}", scope);
        }

        foreach (Parameter missing in parameters.Where(p => !given.Contains(p.Name.Text) && p.Default is null && program.Meaning(p.Type) is not OptionalType))
        {
            diagnostics.Add(Diagnostic.Error(FlowCodes.Arguments, $"{callee} needs '{missing.Name.Text}'", call.Span, $"add '{missing.Name.Text}: …' ({program.Meaning(missing.Type)})")
                .WithNote("it is declared here", missing.Span));
        }
    }

    private void ReportArgument(Argument argument, Sequence<Parameter> parameters, string callee, SourceSpan declared)
    {
        string[] names = [.. parameters.Select(p => p.Name.Text)];
        string takes = names.Length == 0 ? "it takes nothing" : $"it takes {string.Join(", ", names)}";
        Diagnostic error = argument.Name is { } name
            ? Diagnostic.Error(FlowCodes.UnknownOption, $"{callee} has no parameter '{name.Text}'", name.Span,
                argument.Type is not null ? "'as' belongs to calls of models; the type of a tool or workflow is declared" : NearestName.Suggest(name.Text, names) ?? takes)
            : Diagnostic.Error(FlowCodes.Arguments, $"{callee} takes {names.Length} values", argument.Span, takes);
        diagnostics.Add(error.WithNote("it is declared here", declared));
    }
}
