using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Parsing;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

// Calls of the functions of the language.
internal sealed partial class WorkflowChecker
{
    private FlowType CallBuiltin(CallExpression call, Builtin builtin, Scope scope)
    {
        program.Callees[call] = null;
        Argument[] plain = [.. call.Arguments.Where(a => a.Name is null)];
        foreach (Argument named in call.Arguments.Where(a => a.Name is not null))
        {
            NamedOption(named, builtin, scope);
        }

        int wanted = builtin.Values + (builtin.Declares is null ? 0 : 1);
        if (plain.Length != wanted)
        {
            foreach (Argument argument in plain.Skip(builtin.Declares is null ? 0 : 1))
            {
                Infer(argument.Value!, scope, null); // An argument without a name has a value.
            }

            diagnostics.Error(FlowCodes.Arguments, $"'{builtin.Name}' takes {wanted} value{(wanted == 1 ? "" : "s")}, and {plain.Length} {(plain.Length == 1 ? "is" : "are")} given", call.Span, $"write {builtin.Form}");
            return Result(builtin, null, []);
        }

        NamedDeclaration? symbol = builtin.Declares is { } kinds ? Symbol(plain[0].Value!, builtin, kinds) : null; // As above.
        Expression[] values = [.. plain.Skip(builtin.Declares is null ? 0 : 1).Select(a => a.Value!)]; // As above.
        FlowType[] found = [.. values.Select(v => Infer(v, scope, null))];
        FlowType[] takes = Takes(builtin, symbol, found);
        for (int i = 0; i < found.Length; i++)
        {
            Expect(values[i], found[i], takes[i], symbol?.Name.Span ?? call.Callee.Span, $"'{builtin.Name}' takes {takes[i]} here: {builtin.Form}", scope);
        }

        return Result(builtin, symbol, found);
    }

    private void NamedOption(Argument named, Builtin builtin, Scope scope)
    {
        Name name = named.Name!; // The caller asks for arguments with names.
        if (builtin.Name == "lookup" && name.Text == "top" && named.Value is NumberExpression top)
        {
            _quantities.Check(top, Measure.None, "'top'", 1, 10_000, whole: true);
            return;
        }

        string[] known = builtin.Name == "lookup" ? ["top"] : [];
        diagnostics.Error(
            FlowCodes.UnknownOption, known.Contains(name.Text) ? "'top' takes a number that is written out" : $"'{builtin.Name}' has no option '{name.Text}'", named.Span,
            NearestName.Suggest(name.Text, known) is { } near && near != $"did you mean '{name.Text}'?" ? near : $"write {builtin.Form}");
        if (named.Value is { } value)
        {
            Infer(value, scope, null);
        }
    }

    private NamedDeclaration? Symbol(Expression value, Builtin builtin, string kinds)
    {
        if (value is not NameExpression { Name: var name })
        {
            diagnostics.Error(FlowCodes.WrongKind, $"'{builtin.Name}' begins with the name of {Kinds.WithArticle(kinds)}", value.Span, $"write {builtin.Form}");
            return null;
        }

        NamedDeclaration? declared = program.Names.GetValueOrDefault(name.Text);
        if (declared is not null && kinds.Contains(Kinds.Of(declared), StringComparison.Ordinal))
        {
            return declared;
        }

        IEnumerable<string> known = program.Names.Values.Where(d => kinds.Contains(Kinds.Of(d), StringComparison.Ordinal)).Select(d => d.Name.Text);
        string remedy = NearestName.Suggest(name.Text, known) ?? $"write {builtin.Form} with a declared {kinds}";
        Diagnostic error = declared is null
            ? Diagnostic.Error(FlowCodes.UnknownName, $"no {kinds} is called '{name.Text}'", name.Span, remedy)
            : Diagnostic.Error(FlowCodes.WrongKind, $"'{name.Text}' is {Kinds.WithArticle(Kinds.Of(declared))}, and '{builtin.Name}' takes {Kinds.WithArticle(kinds)}", name.Span, remedy)
                .WithNote("it is declared here", declared.Name.Span);
        diagnostics.Add(error);
        return null;
    }

    private FlowType[] Takes(Builtin builtin, NamedDeclaration? symbol, FlowType[] found) => builtin.Name switch
    {
        "transcribe" => [FlowType.Audio],
        "lookup" => [found[0] == FlowType.Vector || found[0] == FlowType.Image ? found[0] : FlowType.Text],
        "remember" => [FlowType.Text, Held(symbol)],
        "join" => [new ListType(FlowType.Text), FlowType.Text],
        "contains" => [found[0] is ListType || found[0] == FlowType.Json ? found[0] : FlowType.Text, found[0] is ListType list ? list.Element : found[0] == FlowType.Json ? found[1] : FlowType.Text],
        "exists" => [found[0]],
        _ => [.. found.Select(_ => FlowType.Text)],
    };

    private FlowType Result(Builtin builtin, NamedDeclaration? symbol, FlowType[] found) => builtin.Name switch
    {
        "lookup" => FlowType.Hits,
        "embed" => FlowType.Vector,
        "speak" => FlowType.Audio,
        "recall" => FlowType.Optional(Held(symbol)),
        "remember" => found.Length == 2 ? Held(symbol) : FlowType.Unknown,
        "available" or "contains" or "exists" => FlowType.Bool,
        _ => FlowType.Text,
    };

    private FlowType Held(NamedDeclaration? memory) => memory is MemoryDeclaration { Type: { } type } ? program.Meaning(type) : memory is null ? FlowType.Unknown : FlowType.Text;
}
