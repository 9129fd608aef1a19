using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Parsing;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

// The words after a call or a construct.
internal sealed partial class WorkflowChecker
{
    private FlowType Modified(ModifiedExpression modified, Scope scope, FlowType? expected)
    {
        FlowType type = Infer(modified.Target, scope, expected);
        Expression target = CallOf(modified.Target);
        bool isCall = target is HumanExpression || (target is CallExpression call && IsOutside(call));
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (Modifier modifier in modified.Modifiers)
        {
            if (!seen.Add(modifier.Kind.Split(' ')[0]))
            {
                diagnostics.Error(FlowCodes.Arguments, $"'{modifier.Kind.Split(' ')[0]}' is there twice", modifier.Span, "remove one");
            }

            if (modifier.Kind == "expect")
            {
                Expectation(modifier, target, isCall);
            }
            else if (!isCall)
            {
                diagnostics.Error(FlowCodes.Shape, $"'{modifier.Kind}' stands after a call of a model, tool, index or workflow", modifier.Span, "move it after the call that it is about");
            }
            else
            {
                Word(modifier, (target as CallExpression)?.Callee.Text);
            }
        }

        return type;
    }

    /// <summary>What the words after <paramref name="expression"/> are about: <c>f(x).a within 3 s</c> is about <c>f(x)</c>.</summary>
    public static Expression CallOf(Expression expression)
    {
        while (expression is FieldExpression or IndexExpression)
        {
            expression = expression is FieldExpression field ? field.Target : ((IndexExpression)expression).Target;
        }

        return expression;
    }

    private bool IsOutside(CallExpression call) =>
        program.Callees.GetValueOrDefault(call) is not null || !Builtin.All.TryGetValue(call.Callee.Text, out Builtin? builtin) || builtin.IsCall;

    private void Word(Modifier modifier, string? called)
    {
        switch (modifier.Kind)
        {
            case "within":
                _quantities.Check(modifier.First!, Measure.Time, "'within'", 1); // 'within' and 'retry' have a number.
                break;
            case "retry":
                _quantities.Check(modifier.First!, Measure.None, "'retry'", 0, 100, whole: true);
                break;
            case "on":
                OneOf(modifier.Word!, "device", ["cpu", "gpu", "npu"]); // 'on', 'near', 'apart' and 'never' have a word.
                break;
            case "near" or "apart" when !program.Names.ContainsKey(modifier.Word!.Text):
                diagnostics.Error(FlowCodes.UnknownName, $"nothing is declared as '{modifier.Word.Text}'", modifier.Word.Span,
                    NearestName.Suggest(modifier.Word.Text, program.Names.Keys) ?? "name a model, tool, index or memory");
                break;
            case "apart" when called == modifier.Word!.Text:
                diagnostics.Error(FlowCodes.Shape, $"a call of '{called}' cannot be apart from '{called}'", modifier.Word.Span,
                    $"declare the model or tool a second time under another name and call that one apart from '{called}'");
                break;
            case "never":
                OneOf(modifier.Word!, "word after 'never'", ["leaves"]);
                if (modifier.Text is { Literal: null or "" } text)
                {
                    diagnostics.Error(FlowCodes.Shape, "a region is fixed text", text.Span, "write never leaves \"eu\"");
                }

                break;
            default:
                foreach (NumberExpression tokens in new[] { modifier.First, modifier.Second }.OfType<NumberExpression>())
                {
                    Measure unit = tokens.Unit.Length == 0 ? Measure.None : Measure.Tokens;
                    _quantities.Check(tokens, unit, "'expect … in, … out'", 0, whole: true);
                }

                break;
        }
    }

    private void OneOf(Name name, string what, string[] known)
    {
        if (!known.Contains(name.Text))
        {
            diagnostics.Error(FlowCodes.UnknownName, $"there is no {what} '{name.Text}'", name.Span, NearestName.Suggest(name.Text, known) ?? $"write {string.Join(", ", known)}");
        }
    }

    private void Expectation(Modifier modifier, Expression target, bool isCall)
    {
        NumberExpression number = modifier.First!; // 'expect' has a number.
        switch (target)
        {
            case ForExpression:
                _quantities.Check(number, Measure.None, "'expect' after 'for' (how many items)", 0, CountMax);
                break;
            case RepeatExpression:
                _quantities.Check(number, Measure.None, "'expect' after 'repeat' (how many rounds)", 0, CountMax);
                break;
            case TryExpression:
                _quantities.Check(number, Measure.Share, "'expect' after 'try' (how often the first part fails)", 0, 1);
                break;
            case IfExpression:
                diagnostics.Error(FlowCodes.Shape, "'expect' of an 'if' says how often the condition holds", modifier.Span, "write it after the first block: if c { … } expect 75 % else { … }");
                break;
            default:
                diagnostics.Error(
                    isCall ? FlowCodes.WrongUnit : FlowCodes.Shape, isCall ? "'expect' after a call takes the tokens in and out" : "nothing can be expected of this", modifier.Span,
                    isCall ? "write expect 900 in, 250 out" : "move 'expect' after a call, a block of 'if', a case, a 'for' or a 'repeat'");
                break;
        }
    }
}
