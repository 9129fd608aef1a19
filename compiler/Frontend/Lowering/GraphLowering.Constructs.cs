using Orchestrator.Frontend.Checking;
using Orchestrator.Frontend.Syntax;
using Orchestrator.IR;
using Block = Orchestrator.Frontend.Syntax.Block;

namespace Orchestrator.Frontend.Lowering;

// Constructs with regions.
internal sealed partial class GraphLowering
{
    private Value Construct(Expression expression) => expression switch
    {
        IfExpression e => If(e),
        MatchExpression e => Match(e),
        ForExpression e => For(e),
        RepeatExpression e => Repeat(e),
        RaceExpression e => Emit("agent.race", program.TypeOf(e), e.Span, [], [], [.. e.Branches.Select(Inside)]),
        GatherExpression e => Gather(e),
        BestExpression e => Best(e),
        HumanExpression e => Human(e),
        TryExpression e => Emit("agent.try", program.TypeOf(e), e.Span, [], Expected(e, "probability"), [Inside(e.Body), Inside(e.Else)]),
        _ => throw new InvalidOperationException($"{expression.GetType().Name} has no form in the dialect"),
    };

    // 'expect' after a construct.
    private NamedAttr[] Expected(Expression expression, string name) =>
        _modifiers.GetValueOrDefault(expression).FirstOrDefault(m => m.Kind == "expect")?.First is { } number ? [new(name, context.Double(Amounts.Real(number)))] : [];

    private Value If(IfExpression choice)
    {
        Value condition = Value(choice.Condition);
        NamedAttr[] probability = choice.Likelihood is { } share ? [new("probability", context.Double(Amounts.Real(share)))] : [];
        Block other = choice.Else ?? throw new InvalidOperationException("the checker lets 'if' with 'else' through only");
        return Emit("agent.if", program.TypeOf(choice), choice.Span, [condition], probability, [Inside(choice.Then), Inside(other)]);
    }

    private Value Match(MatchExpression match)
    {
        Value subject = Value(match.Subject);
        int afterElse = match.Arms.ToList().FindIndex(a => a.Pattern is null);
        MatchArm[] arms = [.. match.Arms.Take(afterElse < 0 ? match.Arms.Count : afterElse + 1)];

        // The last region is for everything else: 'else', or the last case of those that cover a type.
        var attributes = new List<NamedAttr> { new("patterns", context.Array([.. arms.SkipLast(1).Select(a => Constant(a.Pattern!))])) };
        if (arms.Any(a => a.Likelihood is not null))
        {
            attributes.Add(new("probabilities", Probabilities(arms)));
        }

        return Emit("agent.match", program.TypeOf(match), match.Span, [subject], attributes.ToArray(), [.. arms.Select(a => Inside(a.Value))]);
    }

    // Cases without a share divide what the others leave.
    private ArrayAttr Probabilities(MatchArm[] arms)
    {
        decimal given = arms.Sum(a => a.Likelihood is { } share ? share.Value / 100 : 0);
        int open = arms.Count(a => a.Likelihood is null);
        decimal rest = open == 0 ? 0 : (1 - given) / open;
        return context.Array([.. arms.Select(a => context.Double((double)(a.Likelihood is { } share ? share.Value / 100 : rest)))]);
    }

    private Value For(ForExpression loop)
    {
        var attributes = new List<NamedAttr>(Expected(loop, "expect"));
        if (loop.InOrder)
        {
            attributes.Add(new("in_order", context.Unit));
        }

        if (loop.AtMost is { } bound)
        {
            attributes.Add(new("at_most", context.Int(Amounts.Whole(bound))));
        }

        return Each("agent.map", loop, loop, attributes);
    }

    private Value Each(string name, Expression whole, ForExpression loop, List<NamedAttr> attributes)
    {
        Value list = Value(loop.List);
        Region body = Inside(() => Fill(loop.Body), program.TypeOf(loop.List) is Checking.ListType type ? type.Element : FlowType.Json, loop.Item);
        return Emit(name, program.TypeOf(whole), whole.Span, [list], attributes.ToArray(), [body]);
    }

    private Value Gather(GatherExpression gather)
    {
        var attributes = new List<NamedAttr> { new("k", context.Int(Amounts.Whole(gather.Wanted))), new("n", context.Int(Amounts.Whole(gather.Asked))) };
        if (gather.Deadline is { } deadline)
        {
            attributes.Add(new("deadline_us", context.Int(Amounts.Whole(deadline))));
        }

        return Each("agent.gather", gather, (ForExpression)gather.Body.Value!, attributes); // The checker lets one 'for' through only.
    }

    private Value Repeat(RepeatExpression loop)
    {
        Value start = Value(loop.Start);
        FlowType type = program.TypeOf(loop);
        Statement[] before = [.. loop.Body.Statements.TakeWhile(s => s is not UntilStatement)];
        var until = (UntilStatement)loop.Body.Statements[before.Length];
        Statement[] after = [.. loop.Body.Statements.Skip(before.Length + 1)];
        Region round = Inside(() =>
        {
            foreach (PromiseItem promise in loop.Body.Promises)
            {
                Promise(promise);
            }

            foreach (Statement statement in before)
            {
                Step(statement);
            }

            Value done = Value(until.Condition);
            Region rest = Inside(() => Fill(loop.Body with { Promises = [], Statements = [.. after] }));
            _builder.Create("agent.until", [done], regions: [rest], span: until.Span);
        }, type, loop.Item);
        return Emit("agent.loop", type, loop.Span, [start], [new("at_most", context.Int(Amounts.Whole(loop.AtMost))), .. Expected(loop, "expect")], [round]);
    }

    private Value Best(BestExpression best)
    {
        FlowType candidate = program.TypeOf(best);
        Region tries = Inside(best.Body);
        Region score = best.Score is { } expression
            ? Inside(() => Yield(Value(expression), expression.Span), candidate, best.By)
            : Inside(() => Yield(Scored(best), best.By.Span), candidate);
        return Emit("agent.best", candidate, best.Span, [], [new("n", context.Int(Amounts.Whole(best.Tries)))], [tries, score]);
    }

    // 'by name': the tool or workflow is called with the candidate.
    private Value Scored(BestExpression best)
    {
        Value candidate = _builder.Block!.Arguments[0]; // The region of the score has one argument.
        (string operation, string symbol, Parameter parameter, TypeSyntax result) = program.Scorers[best] switch
        {
            ToolDeclaration t => ("agent.tool", "tool", t.Parameters[0], t.Result),
            WorkflowDeclaration w => ("agent.invoke", "graph", w.Parameters[0], w.Result),
            NamedDeclaration other => throw new InvalidOperationException($"'{other.Name.Text}' does not score"),
        };
        NamedAttr[] attributes = [new(symbol, context.Symbol(best.By.Text)), new("arg_names", context.Strings([parameter.Name.Text]))];
        return Emit(operation, program.Meaning(result), best.By.Span, [candidate], attributes);
    }

    private Value Human(HumanExpression human)
    {
        Value prompt = Value(human.Prompt);
        FlowType type = program.TypeOf(human);
        var attributes = new List<NamedAttr>();
        if (human.As is not null)
        {
            attributes.Add(new("as", context.TypeOf(TypeLowering.Lower(context, type))));
            AddChoices(attributes, type);
        }

        if (human.Timeout is { } timeout)
        {
            attributes.Add(new("timeout_us", context.Int(Amounts.Whole(timeout))));
        }

        AddModifiers(attributes, human);
        return Emit("agent.human", type, human.Span, [prompt], attributes.ToArray(), human.Else is { } other ? [Inside(other)] : []);
    }
}
