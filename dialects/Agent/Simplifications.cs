using System.Globalization;
using System.Text;
using Orchestrator.IR;

namespace Orchestrator.Dialects.Agent;

/// <summary>Puts values that are known, and that print in one way only, into the text of a template.</summary>
internal sealed class MergeConstantText : RewritePattern<TemplateOp>
{
    protected override bool Apply(TemplateOp op, Rewriter rewriter)
    {
        if (!op.Values.Any(v => TextOf(v) is not null))
        {
            return false;
        }

        var parts = new List<string>();
        var values = new List<Value>();
        var text = new StringBuilder(op.Parts[0]);
        for (int i = 0; i < op.OperandCount; i++)
        {
            Value value = op.GetOperand(i);
            if (TextOf(value) is { } known)
            {
                text.Append(known);
            }
            else
            {
                parts.Add(text.ToString());
                text.Clear();
                values.Add(value);
            }

            text.Append(op.Parts[i + 1]);
        }

        parts.Add(text.ToString());
        TemplateOp merged = rewriter.Insert(op, b => TemplateOp.Create(b, [.. parts], values, op.Text.Type, op.Span));
        rewriter.Replace(op, [merged.Text]);
        return true;
    }

    // Decimals are left to the engine, which decides how many digits they print.
    private static string? TextOf(Value value) => (value.DefiningOp as ConstantOp)?.Value switch
    {
        StringAttr { Type: null } text => text.Value,
        IntegerAttr { IsBool: true } truth => truth.Bool ? "true" : "false",
        IntegerAttr number => number.BigValue.ToString(CultureInfo.InvariantCulture),
        _ => null,
    };
}

/// <summary>A template whose text is only put into another template becomes part of that.</summary>
internal sealed class MergeNestedTemplates : RewritePattern<TemplateOp>
{
    protected override bool Apply(TemplateOp op, Rewriter rewriter)
    {
        for (int i = 0; i < op.OperandCount; i++)
        {
            if (op.GetOperand(i).DefiningOp is not TemplateOp inner || !inner.Text.HasOneUse || !ReferenceEquals(inner.Block, op.Block))
            {
                continue;
            }

            List<string> parts = [.. op.Parts];
            List<string> middle = [.. inner.Parts];
            middle[0] = parts[i] + middle[0];
            middle[^1] += parts[i + 1];
            parts.RemoveRange(i, 2);
            parts.InsertRange(i, middle);
            List<Value> values = [.. op.Values];
            values.RemoveAt(i);
            values.InsertRange(i, inner.Values);
            TemplateOp merged = rewriter.Insert(op, b => TemplateOp.Create(b, [.. parts], values, op.Text.Type, op.Span));
            rewriter.Replace(op, [merged.Text]);
            return true;
        }

        return false;
    }
}

/// <summary>A choice whose condition is known becomes the branch that is taken.</summary>
internal sealed class TakeKnownBranch : RewritePattern<IfOp>
{
    protected override bool Apply(IfOp op, Rewriter rewriter)
    {
        if ((op.Condition.DefiningOp as ConstantOp)?.Value is not IntegerAttr { IsBool: true } known)
        {
            return false;
        }

        return Branches.Take(op, known.Bool ? op.Then : op.Else, rewriter);
    }
}

/// <summary>A match whose subject is known becomes the case that is taken.</summary>
internal sealed class TakeKnownPattern : RewritePattern<MatchOp>
{
    protected override bool Apply(MatchOp op, Rewriter rewriter)
    {
        if ((op.Subject.DefiningOp as ConstantOp)?.Value is not { } known)
        {
            return false;
        }

        int index = op.Patterns.Elements.IndexOf(known);
        return Branches.Take(op, op.Cases[index < 0 ? op.Cases.Count - 1 : index], rewriter);
    }
}

internal static class Branches
{
    // A promise inside a branch is about that branch; taken out it would be about everything around.
    public static bool Take(Operation op, Region taken, Rewriter rewriter)
    {
        if (taken.First is not { Last: YieldOp { OperandCount: 1 } yield } block || block.Operations.Any(o => o is PromiseOp)
            || !ReferenceEquals(yield.GetOperand(0).Type, op.Result.Type))
        {
            return false;
        }

        Value[] values = rewriter.InlineBefore(op, block);
        rewriter.Replace(op, values);
        return true;
    }
}
