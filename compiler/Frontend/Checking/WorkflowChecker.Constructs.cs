using Orchestrator.Diagnostics;
using Orchestrator.Frontend.Parsing;
using Orchestrator.Frontend.Syntax;

namespace Orchestrator.Frontend.Checking;

// Everything with blocks.
internal sealed partial class WorkflowChecker
{
    private const decimal CountMax = 1_000_000;

    private FlowType Construct(Expression expression, Scope scope, FlowType? expected) => expression switch
    {
        IfExpression e => If(e, scope, expected),
        MatchExpression e => Match(e, scope, expected),
        ForExpression e => For(e, scope, expected),
        RepeatExpression e => Repeat(e, scope),
        RaceExpression e => Race(e, scope, expected),
        GatherExpression e => Gather(e, scope, expected),
        BestExpression e => Best(e, scope, expected),
        HumanExpression e => Human(e, scope),
        TryExpression e => Both(Body(e.Body, scope, expected), e.Body, Body(e.Else, scope, expected), e.Else, scope, "both parts of 'try' have one type"),
        BlockExpression e => Plain(e, scope, expected),
        _ => throw new InvalidOperationException($"no type is inferred for {expression.GetType().Name}"),
    };

    private FlowType Plain(BlockExpression block, Scope scope, FlowType? expected)
    {
        if (block.Body.Promises.Count > 0)
        {
            diagnostics.Error(FlowCodes.Promise, "a promise belongs to a workflow, or to the block of 'if', 'for', 'repeat', 'try' and their kin", block.Body.Promises[0].Span, "make this block a workflow of its own and call it");
        }

        return Body(block.Body, scope, expected);
    }

    private FlowType If(IfExpression choice, Scope scope, FlowType? expected)
    {
        Expect(choice.Condition, Infer(choice.Condition, scope, FlowType.Bool), FlowType.Bool, choice.Span with { Length = 2 }, "'if' asks a bool", scope);
        if (choice.Condition is TruthExpression)
        {
            diagnostics.Warning(FlowCodes.Unreachable, "this condition never changes: one branch is never taken", choice.Condition.Span, "remove the 'if'");
        }

        Share(choice.Likelihood);
        FlowType then = Body(choice.Then, scope, expected);
        if (choice.Else is not { } other)
        {
            diagnostics.Error(FlowCodes.Shape, "this 'if' has no 'else', so it has no value when the condition does not hold", choice.Span, "add else { … }");
            return then;
        }

        return Both(then, choice.Then, Body(other, scope, expected), other, scope, "both branches of 'if' have one type");
    }

    private void Share(NumberExpression? likelihood)
    {
        if (likelihood is not null)
        {
            _quantities.Check(likelihood, Measure.Share, "'expect'", 0, 1);
        }
    }

    private FlowType Both(FlowType first, Block firstBlock, FlowType second, Block secondBlock, Scope scope, string why) =>
        Both(first, firstBlock.Value ?? new TruthExpression(true, firstBlock.Span), second, secondBlock.Value ?? new TruthExpression(true, secondBlock.Span), scope, why);

    private FlowType Both(FlowType first, Expression firstValue, FlowType second, Expression secondValue, Scope scope, string why)
    {
        if (FlowType.Join(first, second) is { } joined)
        {
            return joined;
        }

        diagnostics.Add(WithOrigin(Diagnostic.Error(FlowCodes.TypeMismatch, $"this is {second}, and the value before it is {first}", secondValue.Span, why + ": make them agree"), secondValue, scope, second)
            .WithNote($"this is {first}", firstValue.Span));
        return FlowType.Unknown;
    }

    private FlowType Match(MatchExpression match, Scope scope, FlowType? expected)
    {
        FlowType subject = Infer(match.Subject, scope, null);
        FlowType? result = null;
        Expression? before = null;
        decimal shares = 0;
        var seen = new HashSet<Node>();
        bool hasElse = false;
        foreach (MatchArm arm in match.Arms)
        {
            Pattern(arm, subject, match.Subject, seen, hasElse, scope);
            hasElse |= arm.Pattern is null;
            Share(arm.Likelihood);
            shares += arm.Likelihood?.Value ?? 0;
            FlowType type = Infer(arm.Value, scope, expected);
            result = before is null ? type : Both(result!, before, type, arm.Value, scope, "all cases of 'match' have one type"); // Set with 'before'.
            before = arm.Value;
        }

        if (shares > 100 || (shares != 100 && match.Arms.All(a => a.Likelihood is not null)))
        {
            diagnostics.Error(FlowCodes.OutOfRange, $"the cases are expected {shares.ToString("0.##", System.Globalization.CultureInfo.InvariantCulture)} % of the time", match.Span with { Length = 5 }, "make the shares add up to 100 %; a case without one takes what is left");
        }

        bool covers = subject is CasesType cases && cases.Cases.All(c => seen.Contains(Text(c)));
        if (!hasElse && !covers)
        {
            string missing = subject is CasesType all ? $"{all.Cases.First(c => !seen.Contains(Text(c)))}" : "";
            diagnostics.Error(FlowCodes.Choice, missing.Length > 0 ? $"'match' has no case for '{missing}'" : "'match' says nothing about other values", match.Span with { Length = 5 }, "add a case, or else => value");
        }

        return result ?? FlowType.Unknown;
    }

    private static TextExpression Text(string literal) => new(literal.Length == 0 ? [] : [new TextPart(literal, null, SourceSpan.None)], SourceSpan.None);

    private void Pattern(MatchArm arm, FlowType subject, Expression value, HashSet<Node> seen, bool afterElse, Scope scope)
    {
        if (afterElse)
        {
            diagnostics.Warning(FlowCodes.Unreachable, "this case comes after 'else' and is never taken", arm.Span, "move 'else' to the end");
        }

        if (arm.Pattern is not { } pattern)
        {
            return;
        }

        if (pattern is TextExpression { Literal: null })
        {
            diagnostics.Error(FlowCodes.Shape, "a case is a fixed value", pattern.Span, "compare with if and '==' instead");
            return;
        }

        FlowType type = pattern is NameExpression name && subject is CasesType ofName && ofName.Cases.Contains(name.Name.Text) ? subject : Infer(pattern, new Scope(null), subject);
        program.Types[pattern] = type;
        string? word = pattern switch { FieldExpression f => f.Field.Text, NameExpression n => n.Name.Text, TextExpression t => t.Literal, _ => null };
        if (subject is CasesType cases && word is not null && pattern is TextExpression && !cases.Cases.Contains(word))
        {
            diagnostics.Error(FlowCodes.UnknownField, $"'{cases}' has no case '{word}'", pattern.Span, NearestName.Suggest(word, cases.Cases) ?? $"it has {string.Join(", ", cases.Cases)}");
        }
        else if (!(subject is CasesType && type == FlowType.Text) && !type.Fits(subject) && subject != FlowType.Json && !subject.IsUnknown)
        {
            Mismatch(pattern, scope, type, subject.ToString(), value.Span, $"this is compared, and it is {subject}", $"write a case that is {subject}");
        }

        if (!seen.Add(word is null ? pattern : Text(word)))
        {
            diagnostics.Error(FlowCodes.Choice, "this case is there already", pattern.Span, "remove one of them");
        }
    }

    private FlowType For(ForExpression loop, Scope scope, FlowType? expected)
    {
        FlowType list = Infer(loop.List, scope, null);
        Count(loop.AtMost, "'at most'");
        var inner = new Scope(scope);
        Define(inner, loop.Item, Element(loop.List, list, scope), "item", false);
        FlowType value = Body(loop.Body, inner, (expected as ListType)?.Element);
        ReportUnused(inner);
        return new ListType(value);
    }

    private FlowType Element(Expression value, FlowType type, Scope scope)
    {
        switch (type)
        {
            case ListType list:
                return list.Element;
            case OptionalType { Inner: ListType }:
                Mismatch(value, scope, type, "list", value.Span, "its elements are visited", "say what stands in when it is missing: value ?? []");
                return FlowType.Unknown;
            default:
                if (type != FlowType.Json)
                {
                    Mismatch(value, scope, type, "list", value.Span, "its elements are visited", "give a list: [a, b]");
                }

                return type == FlowType.Json ? type : FlowType.Unknown;
        }
    }

    private void Count(NumberExpression? number, string place)
    {
        if (number is not null)
        {
            _quantities.Check(number, Measure.None, place, 1, CountMax, whole: true);
        }
    }

    private FlowType Repeat(RepeatExpression loop, Scope scope)
    {
        FlowType start = Infer(loop.Start, scope, null);
        Count(loop.AtMost, "'at most'");
        var inner = new Scope(scope);
        Define(inner, loop.Item, start, "value", false);
        var round = new Scope(inner);
        FlowType next = Steps(loop.Body, round, start, isRound: true);
        ReportUnused(round);
        ReportUnused(inner);
        if (loop.Body.Value is { } value)
        {
            Expect(value, next, start, loop.Start.Span, $"'{loop.Item.Text}' begins as {start}, and each round gives the next one", round);
        }

        return start;
    }

    private FlowType Race(RaceExpression race, Scope scope, FlowType? expected)
    {
        FlowType result = Infer(race.Branches[0], scope, expected);
        for (int i = 1; i < race.Branches.Count; i++)
        {
            result = Both(result, race.Branches[i - 1], Infer(race.Branches[i], scope, expected), race.Branches[i], scope, "all branches of 'first of' have one type");
        }

        if (race.Branches.Count == 1)
        {
            diagnostics.Warning(FlowCodes.Unreachable, "a race of one has nobody to win against", race.Span, "add a branch, or leave 'first of' out");
        }

        return result;
    }

    private FlowType Gather(GatherExpression gather, Scope scope, FlowType? expected)
    {
        Count(gather.Wanted, "the number of answers");
        Count(gather.Asked, "the number of those asked");
        if (gather.Wanted.Value > gather.Asked.Value)
        {
            diagnostics.Error(FlowCodes.OutOfRange, $"{gather.Wanted.Value} of {gather.Asked.Value} can never come", gather.Wanted.Span, "ask at least as many as you want");
        }

        if (gather.Deadline is { } deadline)
        {
            _quantities.Check(deadline, Measure.Time, "'within'", 1);
        }

        if (gather.Body is { Statements.Count: 0, Value: ForExpression { InOrder: false, AtMost: null } loop })
        {
            return Infer(loop, scope, expected);
        }

        diagnostics.Error(FlowCodes.Shape, "'any … of …' gathers the values of one plain 'for'", gather.Body.Span, "write any 3 of 5 within 2 s { for p in peers { ask(p) } }");
        return Body(gather.Body, scope, expected);
    }

    private FlowType Best(BestExpression best, Scope scope, FlowType? expected)
    {
        Count(best.Tries, "the number of tries");
        FlowType candidate = Body(best.Body, scope, expected);
        if (best.Score is { } score)
        {
            var inner = new Scope(scope);
            Define(inner, best.By, candidate, "candidate", false);
            Expect(score, Infer(score, inner, FlowType.Decimal), FlowType.Decimal, best.By.Span, "a score is a number", inner);
            ReportUnused(inner);
            return candidate;
        }

        Scorer(best, candidate);
        return candidate;
    }

    private void Scorer(BestExpression best, FlowType candidate)
    {
        NamedDeclaration? declared = program.Names.GetValueOrDefault(best.By.Text);
        (Sequence<Parameter> parameters, TypeSyntax? result) = declared switch
        {
            ToolDeclaration t => (t.Parameters, t.Result),
            WorkflowDeclaration w => (w.Parameters, w.Result),
            _ => ([], null),
        };
        if (declared is null || result is null)
        {
            IEnumerable<string> known = program.Names.Values.Where(d => d is ToolDeclaration or WorkflowDeclaration).Select(d => d.Name.Text);
            diagnostics.Error(declared is null ? FlowCodes.UnknownName : FlowCodes.WrongKind, $"no tool or workflow is called '{best.By.Text}'", best.By.Span,
                NearestName.Suggest(best.By.Text, known) ?? $"name a tool or workflow that scores, or write by {best.By.Text} => score");
            return;
        }

        program.Scorers[best] = declared;
        if (declared is WorkflowDeclaration workflow)
        {
            program.WorkflowCalls.Add((_workflow, workflow, best.By.Span));
        }

        bool fits = parameters.Count(p => p.Default is null && program.Meaning(p.Type) is not OptionalType) <= 1 && parameters.Count > 0
            && candidate.Fits(program.Meaning(parameters[0].Type)) && program.Meaning(result).Fits(FlowType.Decimal);
        if (!fits)
        {
            diagnostics.Add(Diagnostic.Error(FlowCodes.TypeMismatch, $"'{best.By.Text}' does not score a {candidate}: it must take one and give a decimal", best.By.Span, $"write by c => {best.By.Text}(…)")
                .WithNote("it is declared here", declared.Name.Span));
        }
    }

    private FlowType Human(HumanExpression human, Scope scope)
    {
        FlowType prompt = Infer(human.Prompt, scope, FlowType.Text);
        Expect(human.Prompt, prompt, FlowType.Text, human.Span with { Length = 5 }, "'human' asks a text", scope);
        FlowType answer = human.As is { } written ? types.Resolve(written) : FlowType.Text;
        if (human.Timeout is { } timeout)
        {
            _quantities.Check(timeout, Measure.Time, "'within'", 1);
        }

        if ((human.Timeout is null) != (human.Else is null))
        {
            diagnostics.Error(FlowCodes.Shape, human.Else is null ? "'human' says how long to wait, and not what holds when nobody answers" : "'human' has an 'else' and no time to wait for", human.Span,
                "write human \"…\" within 2 days else value");
        }

        if (human.Else is { } other)
        {
            Expect(other, Infer(other, scope, answer), answer, human.As?.Span ?? human.Span, $"'human' gives {answer}", scope);
        }

        return answer;
    }

    private void Promise(PromiseItem item) => new PromiseReader(diagnostics).Read(item);
}
