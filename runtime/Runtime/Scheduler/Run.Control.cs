using System.Globalization;
using Orchestrator.Plan;

namespace Orchestrator.Runtime;

/// <summary>Control steps: each executes its regions and gives one value. <see cref="Engine"/> states what each means.</summary>
internal sealed partial class Run
{
    private ValueTask<Datum> ControlAsync(StepPlan step, Frame frame, Scope scope) => step.Step.Kind switch
    {
        StepKind.If => RegionAsync(step.Regions[Condition(step, frame.Read(step.Operands[0])) ? 0 : 1], frame, scope),
        StepKind.Match => RegionAsync(step.Regions[MatchingPattern(step, frame.Read(step.Operands[0]))], frame, scope),
        StepKind.Block => RegionAsync(step.Regions[0], frame, scope),
        StepKind.Map => MapAsync(step, frame, scope),
        StepKind.Loop => LoopAsync(step, frame, scope),
        StepKind.Race => RaceAsync(step, frame, scope),
        StepKind.Gather => GatherAsync(step, frame, scope),
        StepKind.Best => BestAsync(step, frame, scope),
        StepKind.Try => TryAsync(step, frame, scope),
        _ => throw new InvalidOperationException($"{step.Step.Kind} is not executed here"),
    };

    private ValueTask<Datum> RegionAsync(RegionPlan region, Frame outer, Scope scope, Datum? argument = null)
    {
        var frame = new Frame(this, region, outer, scope);
        if (argument is not null && region.Arguments > 0)
        {
            frame.SetArgument(0, argument);
        }

        return frame.ExecuteAsync();
    }

    private static bool Condition(StepPlan step, Datum value) => value is BoolDatum truth
        ? truth.Value
        : throw Faults.At("ORC5014", step.Step, $"{DatumType.KindOf(value)} is not a condition", "compare it with something");

    private static int MatchingPattern(StepPlan step, Datum subject)
    {
        for (int i = 0; i < step.Patterns.Length; i++)
        {
            if (DatumEquality.AreEqual(subject, step.Patterns[i]))
            {
                return i;
            }
        }

        return step.Patterns.Length;
    }

    private static ListDatum Elements(StepPlan step, Frame frame, int bound)
    {
        Datum value = frame.Read(step.Operands[0]);
        if (value is not ListDatum list)
        {
            throw Faults.At("ORC5014", step.Step, $"{DatumType.KindOf(value)} has no elements to go over", "give a list");
        }

        return list.Items.Length <= bound ? list : throw Faults.At("ORC5017", step.Step,
            string.Create(CultureInfo.InvariantCulture, $"the list has {list.Items.Length} elements and at most {bound} are allowed"), "raise the bound ('at most'), or shorten the list");
    }

    private async ValueTask<Datum> MapAsync(StepPlan step, Frame frame, Scope scope)
    {
        ListDatum list = Elements(step, frame, step.AtMost ?? _options.MaxItems);
        var results = new Datum[list.Items.Length];
        int next = 0;
        var workers = new Task[Math.Min(results.Length, step.InOrder ? 1 : _options.MapDegree)];
        for (int i = 0; i < workers.Length; i++)
        {
            workers[i] = WorkAsync();
        }

        await Task.WhenAll(workers);
        return Bounded(step.Step, new ListDatum(System.Runtime.InteropServices.ImmutableCollectionsMarshal.AsImmutableArray(results)));

        async Task WorkAsync()
        {
            while (next < results.Length)
            {
                int at = next++;
                results[at] = await RegionAsync(step.Regions[0], frame, scope, list.Items[at]);
            }
        }
    }

    private async ValueTask<Datum> LoopAsync(StepPlan step, Frame frame, Scope scope)
    {
        Datum state = frame.Read(step.Operands[0]);
        for (int round = 0; round < step.AtMost; round++)
        {
            var test = new Frame(this, step.Regions[0], frame, scope);
            test.SetArgument(0, state);
            if (Condition(step, await test.ExecuteAsync()))
            {
                return state;
            }

            state = await RegionAsync(step.Regions[1], test, scope, state);
        }

        return state;
    }

    private async ValueTask<Datum> RaceAsync(StepPlan step, Frame frame, Scope scope)
    {
        using var contest = new Contest(step.Regions.Length, 1, scope.Token);
        foreach (RegionPlan branch in step.Regions)
        {
            if (contest.IsDecided)
            {
                break;
            }

            contest.Enter(AttemptAsync(s => RegionAsync(branch, frame, s), contest.Token));
        }

        await contest.DecideAsync(null, _clock);
        if (contest.Winners.Count > 0)
        {
            return contest.Winners[0].Value;
        }

        throw Faults.At("ORC5018", step.Step, $"no branch of the race gave a value; the first to fail said: {contest.FirstFailure?.Message}", "correct the branches, or wrap the race: try { … } else { … }",
            contest.FirstFailure?.IsTransient ?? false);
    }

    private async ValueTask<Datum> GatherAsync(StepPlan step, Frame frame, Scope scope)
    {
        ListDatum list = Elements(step, frame, step.N > 0 ? step.N : _options.MaxItems);
        using var contest = new Contest(list.Items.Length, step.K, scope.Token);
        if (list.Items.Length >= step.K)
        {
            foreach (Datum item in list.Items)
            {
                if (contest.IsDecided)
                {
                    break;
                }

                contest.Enter(AttemptAsync(s => RegionAsync(step.Regions[0], frame, s, item), contest.Token));
            }

            await contest.DecideAsync(step.Deadline, _clock);
        }

        if (contest.Winners.Count >= step.K)
        {
            return Bounded(step.Step, new ListDatum([.. contest.Winners.Take(step.K).OrderBy(w => w.Index).Select(w => w.Value)]));
        }

        string when = contest.IsLate ? $" within {new Seconds(step.Deadline?.TotalSeconds ?? 0)}" : "";
        string why = contest.FirstFailure is { } failure ? $"; the first to fail said: {failure.Message}" : "";
        throw Faults.At("ORC5019", step.Step, string.Create(CultureInfo.InvariantCulture, $"{contest.Winners.Count} of {list.Items.Length} answered{when}, {step.K} are needed{why}"),
            "ask more, wait longer, or be content with fewer", transient: true);
    }

    private async ValueTask<Datum> BestAsync(StepPlan step, Frame frame, Scope scope)
    {
        if (step.N > _options.MaxItems)
        {
            throw Faults.At("ORC5017", step.Step, string.Create(CultureInfo.InvariantCulture, $"{step.N} candidates and at most {_options.MaxItems} are allowed"), "ask for fewer");
        }

        var scores = new decimal[step.N];
        using var contest = new Contest(step.N, step.N, scope.Token);
        for (int i = 0; i < step.N; i++)
        {
            int at = i;
            contest.Enter(AttemptAsync(s => ScoredAsync(at, s), contest.Token));
        }

        await contest.DecideAsync(null, _clock);
        if (contest.Winners.Count == 0)
        {
            throw Faults.At("ORC5018", step.Step, $"no candidate could be scored; the first to fail said: {contest.FirstFailure?.Message}", "correct the candidate or the score", contest.FirstFailure?.IsTransient ?? false);
        }

        return contest.Winners.OrderByDescending(w => scores[w.Index]).ThenBy(w => w.Index).First().Value;

        async ValueTask<Datum> ScoredAsync(int at, Scope attempt)
        {
            Datum candidate = await RegionAsync(step.Regions[0], frame, attempt);
            Datum score = await RegionAsync(step.Regions[1], frame, attempt, candidate);
            scores[at] = score is IntDatum or DecimalDatum ? DatumEquality.Number(score)
                : throw Faults.At("ORC5014", step.Step, $"{DatumType.KindOf(score)} is not a score", "let the score be a number");
            return candidate;
        }
    }

    private async ValueTask<Datum> TryAsync(StepPlan step, Frame frame, Scope scope)
    {
        Outcome outcome = await AttemptAsync(s => RegionAsync(step.Regions[0], frame, s), scope.Token);
        if (outcome.Value is { } value)
        {
            return value;
        }

        Note($"'{step.Step.Name}': {outcome.Failure?.Message}; the alternative was used");
        return await RegionAsync(step.Regions[1], frame, scope);
    }
}
