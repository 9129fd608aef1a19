using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

// Operators, and what is said when two types do not fit.
internal sealed partial class WorkflowChecker
{
    private FlowType Unary(UnaryExpression unary, Scope scope)
    {
        if (unary.Operator == "not")
        {
            Expect(unary.Operand, Infer(unary.Operand, scope, FlowType.Bool), FlowType.Bool, unary.Span, "'not' asks a bool", scope);
            return FlowType.Bool;
        }

        FlowType type = Infer(unary.Operand, scope, null);
        if (!type.IsNumber)
        {
            Mismatch(unary.Operand, scope, type, "number", unary.Span, "'-' takes a number", "use an int or a decimal");
        }

        return type == FlowType.Json ? FlowType.Decimal : type;
    }

    private FlowType Binary(BinaryExpression binary, Scope scope)
    {
        FlowType left = Infer(binary.Left, scope, null);
        FlowType right = Infer(binary.Right, scope, null);
        switch (binary.Operator)
        {
            case "and" or "or":
                Expect(binary.Left, left, FlowType.Bool, binary.Span, $"'{binary.Operator}' joins bools", scope);
                Expect(binary.Right, right, FlowType.Bool, binary.Span, $"'{binary.Operator}' joins bools", scope);
                return FlowType.Bool;
            case "==" or "!=":
                if (FlowType.Join(left, right) is null && left != FlowType.Json && right != FlowType.Json)
                {
                    Both(binary, scope, left, right, "these can never be equal");
                }
                else
                {
                    KnownCase(binary, left, right);
                }

                return FlowType.Bool;
            case "<" or "<=" or ">" or ">=":
                bool comparable = (left.IsNumber && right.IsNumber) || (left.Fits(FlowType.Text) && right.Fits(FlowType.Text));
                if (!comparable)
                {
                    Both(binary, scope, left, right, $"'{binary.Operator}' compares two numbers or two texts");
                }

                return FlowType.Bool;
            case "??":
                return Fallback(binary, scope, left, right);
            default:
                return Arithmetic(binary, scope, left, right);
        }
    }

    private FlowType Fallback(BinaryExpression binary, Scope scope, FlowType left, FlowType right)
    {
        if (left is not OptionalType && left != FlowType.Json && !left.IsUnknown)
        {
            diagnostics.Add(WithOrigin(
                Diagnostic.Warning(FlowCodes.Unreachable, $"this is {left}, which is never missing: what follows '??' is never used", binary.Left.Span, "leave '?? …' out"), binary.Left, scope, left));
        }

        FlowType inner = left is OptionalType optional ? optional.Inner : left;
        if (FlowType.Join(inner, right) is { } joined)
        {
            return joined;
        }

        Both(binary, scope, inner, right, "both sides of '??' have one type");
        return FlowType.Unknown;
    }

    private FlowType Arithmetic(BinaryExpression binary, Scope scope, FlowType left, FlowType right)
    {
        if (left.IsNumber && right.IsNumber)
        {
            return left == FlowType.Int && right == FlowType.Int && binary.Operator != "/" ? FlowType.Int : FlowType.Decimal;
        }

        if (binary.Operator == "+" && left.Fits(FlowType.Text) && right.Fits(FlowType.Text))
        {
            return FlowType.Text;
        }

        if (binary.Operator == "+" && left is ListType && FlowType.Join(left, right) is ListType joined)
        {
            return joined;
        }

        bool hasText = binary.Operator == "+" && (left == FlowType.Text || right == FlowType.Text);
        Both(binary, scope, left, right, binary.Operator == "+" ? "'+' adds two numbers, two texts or two lists" : $"'{binary.Operator}' takes two numbers", hasText ? "put values into text with \"…{value}…\"" : null);
        return FlowType.Unknown;
    }

    // A text that is compared with a case must be one of the cases.
    private void KnownCase(BinaryExpression binary, FlowType left, FlowType right)
    {
        (CasesType? cases, Expression other) = left is CasesType l ? (l, binary.Right) : right is CasesType r ? (r, binary.Left) : (null, binary.Left);
        if (cases is not null && other is TextExpression { Literal: { } literal } && !cases.Cases.Contains(literal))
        {
            diagnostics.Error(FlowCodes.UnknownField, $"'{cases}' has no case '{literal}'", other.Span, NearestName.Suggest(literal, cases.Cases) ?? $"it has {string.Join(", ", cases.Cases)}");
        }
    }

    /// <summary>Reports when <paramref name="found"/> does not fit <paramref name="wanted"/>, with the places of both.</summary>
    private void Expect(Expression value, FlowType found, FlowType wanted, SourceSpan place, string why, Scope? scope = null)
    {
        if (!found.Fits(wanted))
        {
            string? remedy = (found, wanted) switch
            {
                (OptionalType o, _) when o.Inner.Fits(wanted) => "say what stands in when it is missing: value ?? other",
                (RecordType a, RecordType b) when b.Fields.FirstOrDefault(f => f.Type is not OptionalType && a.Find(f.Name) is null) is { } lacking => $"add the field '{lacking.Name}: {lacking.Type}'",
                (_, ListType list) when found.Fits(list.Element) => "put it in brackets: [value]",
                (ListType list, _) when list.Element.Fits(wanted) => "take one element: value[0]",
                (_, BasicType) when wanted == FlowType.Text && found is not BasicType { Name: "audio" or "image" or "bytes" or "vector" } => "put it into text: \"{value}\"",
                (_, CasesType cases) => $"write {cases}.{cases.Cases[0]}",
                (_, RecordType) when found == FlowType.Text => "ask the model for the record with as: Type",
                _ => null,
            };
            Mismatch(value, scope, found, wanted.ToString(), place, why, remedy ?? $"give {Kinds.WithArticle(wanted.ToString())}");
        }
    }

    private void Mismatch(Expression value, Scope? scope, FlowType found, string wanted, SourceSpan place, string why, string remedy)
    {
        if (!found.IsUnknown)
        {
            Diagnostic error = Diagnostic.Error(FlowCodes.TypeMismatch, $"this is {found}, and {wanted} is wanted", value.Span, remedy);
            diagnostics.Add(WithOrigin(error, value, scope, found).WithNote(why, place));
        }
    }

    private void Both(BinaryExpression binary, Scope scope, FlowType left, FlowType right, string rule, string? remedy = null)
    {
        if (left.IsUnknown || right.IsUnknown)
        {
            return;
        }

        bool missing = left is OptionalType || right is OptionalType;
        Diagnostic error = Diagnostic.Error(FlowCodes.TypeMismatch, $"{left} and {right} do not go together: {rule}", binary.Span,
            remedy ?? (missing ? "say what stands in when it is missing: value ?? other" : "make both sides of one type"));
        diagnostics.Add(WithOrigin(WithOrigin(error.WithNote($"this is {left}", binary.Left.Span), binary.Left, scope, left)
            .WithNote($"this is {right}", binary.Right.Span), binary.Right, scope, right));
    }

    // Where a value got its type.
    private Diagnostic WithOrigin(Diagnostic diagnostic, Expression value, Scope? scope, FlowType type)
    {
        Expression root = value;
        while (root is FieldExpression or IndexExpression or ModifiedExpression)
        {
            root = root switch { FieldExpression f => f.Target, IndexExpression i => i.Target, _ => ((ModifiedExpression)root).Target };
        }

        return root switch
        {
            NameExpression name when scope?.Find(name.Name.Text) is { } local => diagnostic.WithNote($"'{local.Name}' is {local.Type} from here", local.Span),
            CallExpression call when program.Callees.GetValueOrDefault(call) is ToolDeclaration tool => diagnostic.WithNote($"tool '{tool.Name.Text}' gives {program.Meaning(tool.Result)}", tool.Result.Span),
            CallExpression call when program.Callees.GetValueOrDefault(call) is WorkflowDeclaration w => diagnostic.WithNote($"workflow '{w.Name.Text}' gives {program.Meaning(w.Result)}", w.Result.Span),
            CallExpression call => diagnostic.WithNote($"'{call.Callee.Text}' gives {type} here", call.Callee.Span),
            _ => diagnostic,
        };
    }
}
