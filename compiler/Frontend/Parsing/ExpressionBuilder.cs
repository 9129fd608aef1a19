using Antlr4.Runtime;
using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Generated;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Parsing;

/// <summary>Builds expressions and blocks. TokenFilter has bounded the depth of what it walks.</summary>
internal sealed class ExpressionBuilder(SourceText source, DiagnosticBag diagnostics) : TreeBuilder(source, diagnostics)
{
    private readonly TextBuilder _texts = new(source, diagnostics);

    public Expression Build(FlowParser.ExpressionContext context) => Visit(context);

    public TextExpression Text(FlowParser.TextContext context) => _texts.Build(context, Build);

    public Block Block(FlowParser.BlockContext context)
    {
        if (context is FlowParser.RecordBlockContext record)
        {
            // '{ a: x }' where a block belongs is a block that gives a record.
            return new Block([], [], Record(record), Span(record));
        }

        var block = (FlowParser.CodeBlockContext)context;
        FlowParser.StatementContext[] statements = block.statement();
        Expression? value = null;
        if (statements.Length > 0 && statements[^1] is FlowParser.ExpressionStatementContext last)
        {
            value = Visit(last.expression());
            statements = statements[..^1];
        }

        return new Block(Promises(block.promiseBlock()), [.. statements.Select(Statement)], value, Span(block));
    }

    public override Expression VisitExpression(FlowParser.ExpressionContext context) => Chain(context.conjunction(), _ => "or");

    public override Expression VisitConjunction(FlowParser.ConjunctionContext context) => Chain(context.negation(), _ => "and");

    public override Expression VisitNegation(FlowParser.NegationContext context) => Prefixed(context, context.NOT().Length, "not", Visit(context.comparison()));

    public override Expression VisitComparison(FlowParser.ComparisonContext context)
    {
        FlowParser.CompareContext[] operators = context.compare();
        if (operators.Length > 1)
        {
            Diagnostics.Error(FlowCodes.Syntax, "comparisons do not chain", Span(operators[1]), "write 'a < b and b < c'");
        }

        return Chain(context.fallback(), i => operators[i].GetText());
    }

    public override Expression VisitFallback(FlowParser.FallbackContext context) => Chain(context.sum(), _ => "??");

    public override Expression VisitSum(FlowParser.SumContext context) => Chain(context.product(), i => context.GetChild(2 * i + 1).GetText());

    public override Expression VisitProduct(FlowParser.ProductContext context) => Chain(context.unary(), i => context.GetChild(2 * i + 1).GetText());

    public override Expression VisitUnary(FlowParser.UnaryContext context)
    {
        Expression value = Visit(context.postfix());
        FlowParser.ModifierContext[] modifiers = context.modifier();
        if (modifiers.Length > 0)
        {
            value = new ModifiedExpression(value, [.. modifiers.Select(Modifier)], Join(value.Span, Span(modifiers[^1])));
        }

        return Prefixed(context, context.NEGATE().Length, "-", value);
    }

    public override Expression VisitPostfix(FlowParser.PostfixContext context)
    {
        Expression value = Visit(context.primary());
        foreach (FlowParser.SuffixContext suffix in context.suffix())
        {
            SourceSpan span = Join(value.Span, Span(suffix));
            value = suffix is FlowParser.FieldSuffixContext field
                ? new FieldExpression(value, NameOf(field.label()), span)
                : new IndexExpression(value, Visit(((FlowParser.IndexSuffixContext)suffix).expression()), span);
        }

        return value;
    }

    public override Expression VisitCall(FlowParser.CallContext context) =>
        new CallExpression(NameOf(context.name()), [.. context.argument().Select(Argument)], Span(context));

    public override Expression VisitNameUse(FlowParser.NameUseContext context) => new NameExpression(NameOf(context.name()));

    public override Expression VisitNumber(FlowParser.NumberContext context) => Number(context.quantity());

    public override Expression VisitTextValue(FlowParser.TextValueContext context) => Text(context.text());

    public override Expression VisitTruth(FlowParser.TruthContext context) => new TruthExpression(context.TRUE() is not null, Span(context));

    public override Expression VisitGroup(FlowParser.GroupContext context) => Visit(context.expression());

    public override Expression VisitListValue(FlowParser.ListValueContext context) => new ListExpression([.. context.expression().Select(Visit)], Span(context));

    public override Expression VisitBlockValue(FlowParser.BlockValueContext context) =>
        context.block() is FlowParser.RecordBlockContext record ? Record(record) : new BlockExpression(Block(context.block()));

    public override Expression VisitChoice(FlowParser.ChoiceContext context) => If(context.conditional());

    public override Expression VisitMatchOf(FlowParser.MatchOfContext context) =>
        new MatchExpression(Visit(context.expression()), [.. context.arm().Select(Arm)], Span(context));

    public override Expression VisitForEach(FlowParser.ForEachContext context) => new ForExpression(
        NameOf(context.name()), Visit(context.expression()), context.ORDER() is not null,
        context.quantity() is { } bound ? Number(bound) : null, Block(context.block()), Span(context));

    public override Expression VisitRepeatUntil(FlowParser.RepeatUntilContext context) => new RepeatExpression(
        Visit(context.expression()), NameOf(context.name()), Number(context.quantity()), Block(context.block()), Span(context));

    public override Expression VisitRace(FlowParser.RaceContext context) => new RaceExpression([.. context.expression().Select(Visit)], Span(context));

    public override Expression VisitGather(FlowParser.GatherContext context) => new GatherExpression(
        Number(context.quantity(0)), Number(context.quantity(1)), context.quantity(2) is { } time ? Number(time) : null, Block(context.block()), Span(context));

    public override Expression VisitBestOf(FlowParser.BestOfContext context) => new BestExpression(
        Number(context.quantity()), NameOf(context.name()), context.expression() is { } score ? Visit(score) : null, Block(context.block()), Span(context));

    public override Expression VisitPerson(FlowParser.PersonContext context) => new HumanExpression(
        Visit(context.postfix()), context.typeReference() is { } type ? Type(type) : null,
        context.quantity() is { } time ? Number(time) : null, context.expression() is { } other ? Visit(other) : null, Span(context));

    public override Expression VisitAttempt(FlowParser.AttemptContext context) =>
        new TryExpression(Block(context.block(0)), Block(context.block(1)), Span(context));

    // Left to right; one part alone is itself.
    private Expression Chain(ParserRuleContext[] parts, Func<int, string> operatorAt)
    {
        Expression value = Visit(parts[0]);
        for (int i = 1; i < parts.Length; i++)
        {
            Expression right = Visit(parts[i]);
            value = new BinaryExpression(operatorAt(i - 1), value, right, Join(value.Span, right.Span));
        }

        return value;
    }

    private Expression Prefixed(ParserRuleContext context, int count, string sign, Expression value)
    {
        for (int i = 0; i < count; i++)
        {
            value = new UnaryExpression(sign, value, Span(context));
        }

        return value;
    }

    private Expression If(FlowParser.ConditionalContext context)
    {
        // A chain of 'else if' is walked from its end, so that its length costs no stack.
        var chain = new Stack<FlowParser.ConditionalContext>();
        for (FlowParser.ConditionalContext? c = context; c is not null; c = c.conditional())
        {
            chain.Push(c);
        }

        Block? otherwise = chain.Peek().block(1) is { } last ? Block(last) : null;
        while (true)
        {
            FlowParser.ConditionalContext c = chain.Pop();
            var made = new IfExpression(
                Visit(c.expression()), Block(c.block(0)), c.likelihood() is { } likelihood ? Number(likelihood.quantity()) : null, otherwise, Span(c));
            if (chain.Count == 0)
            {
                return made;
            }

            otherwise = new Block([], [], made, made.Span);
        }
    }

    private RecordExpression Record(FlowParser.RecordBlockContext context) =>
        new([.. context.entry().Select(e => new RecordEntry(NameOf(e.label()), Visit(e.expression()), Span(e)))], Span(context));

    private Statement Statement(FlowParser.StatementContext context) => context switch
    {
        FlowParser.AssignmentContext c => new AssignStatement(NameOf(c.name()), Visit(c.expression()), Span(c)),
        FlowParser.UntilStatementContext c => new UntilStatement(Visit(c.expression()), Span(c)),
        FlowParser.ExpressionStatementContext c => new ExpressionStatement(Visit(c.expression())),
        _ => throw new InvalidOperationException($"no statement is built from {context.GetType().Name}"),
    };

    private Sequence<PromiseItem> Promises(FlowParser.PromiseBlockContext? context) => context is null
        ? []
        : [.. context.promiseItem().Select(p => new PromiseItem(
            [.. p.promiseWord().Select(NameOf)], p.compare()?.GetText(),
            p.promiseValue().quantity() is { } number ? Number(number) : Text(p.promiseValue().text()), Span(p)))];

    private MatchArm Arm(FlowParser.ArmContext context)
    {
        Expression value = Visit(context.expression());
        NumberExpression? likelihood = null;
        if (value is ModifiedExpression { Modifiers: [.., { Kind: "expect", First: { } share }] } modified)
        {
            // 'expect 20 %' at the end of a case says how often the case is taken.
            likelihood = share;
            Modifier[] rest = [.. modified.Modifiers.SkipLast(1)];
            value = rest.Length == 0 ? modified.Target : modified with { Modifiers = [.. rest] };
        }

        return new MatchArm(context.pattern() is { } pattern ? Pattern(pattern) : null, value, likelihood, Span(context));
    }

    private Expression Pattern(FlowParser.PatternContext context)
    {
        Expression value = context switch
        {
            _ when context.text() is { } text => Text(text),
            _ when context.quantity() is { } number => Number(number),
            _ when context.name() is { } name => new NameExpression(NameOf(name)),
            _ => new TruthExpression(context.TRUE() is not null, Span(context)),
        };
        if (context.label() is { } label)
        {
            value = new FieldExpression(value, NameOf(label), Span(context));
        }

        return context.NEGATE() is null ? value : new UnaryExpression("-", value, Span(context));
    }

    private Argument Argument(FlowParser.ArgumentContext context) => context switch
    {
        FlowParser.TypeArgumentContext c => new Argument(new Name("as", Span(c.AS().Symbol)), null, Type(c.typeReference()), Span(c)),
        FlowParser.NamedArgumentContext c => new Argument(NameOf(c.label()), Visit(c.expression()), null, Span(c)),
        FlowParser.PlainArgumentContext c => new Argument(null, Visit(c.expression()), null, Span(c)),
        _ => throw new InvalidOperationException($"no argument is built from {context.GetType().Name}"),
    };

    private Modifier Modifier(FlowParser.ModifierContext context) => context switch
    {
        FlowParser.WithinModifierContext c => new Modifier("within", Number(c.quantity()), null, null, null, Span(c)),
        FlowParser.RetryModifierContext c => new Modifier("retry", Number(c.quantity()), null, null, null, Span(c)),
        FlowParser.OnModifierContext c => new Modifier("on", null, null, NameOf(c.name()), null, Span(c)),
        FlowParser.NearModifierContext c => new Modifier("near", null, null, NameOf(c.name()), null, Span(c)),
        FlowParser.ApartModifierContext c => new Modifier("apart", null, null, NameOf(c.name()), null, Span(c)),
        FlowParser.NeverModifierContext c => new Modifier("never", null, null, NameOf(c.name()), Text(c.text()), Span(c)),
        FlowParser.ExpectModifierContext c => new Modifier(
            "expect" + (c.IN() is null ? "" : " in") + (c.OUT() is null ? "" : " out"),
            Number(c.quantity(0)), c.quantity(1) is { } second ? Number(second) : null, null, null, Span(c)),
        _ => throw new InvalidOperationException($"no modifier is built from {context.GetType().Name}"),
    };
}
