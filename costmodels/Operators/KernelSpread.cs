using Orchestrator.CostModels.Learning;

namespace Orchestrator.CostModels.Operators;

/// <summary>
/// Errors that models of a kind made on calls they had not seen, in units of their kriging deviation: shapes left out for groups that were
/// measured, groups left out for devices that were, devices left out for new ones.
/// </summary>
internal static class KernelSpread
{
    private const int ShapeFolds = 4;
    private const int GroupFolds = 4;
    private const int DeviceFolds = 5;
    private const int CallsPerGroup = 64;
    private const ulong Seed = 20260401;

    /// <summary>Intervals for a kind; of nothing when too little was measured to leave anything out.</summary>
    public static ConformalIntervals Measure(KernelTraits traits, IReadOnlyList<MeasuredCall> calls, CancellationToken token)
    {
        var errors = new List<HeldOutError>();
        errors.AddRange(LeaveOut(traits, calls, c => c.Shape, ShapeFolds, token));
        errors.AddRange(LeaveOut(traits, calls, c => c.Group, GroupFolds, token));
        errors.AddRange(LeaveOut(traits, calls, c => c.Device.Kind, DeviceFolds, token));
        return ConformalIntervals.Fit(errors, new ConformalOptions { BorrowedPairs = 24 });
    }

    private static IEnumerable<HeldOutError> LeaveOut(
        KernelTraits traits, IReadOnlyList<MeasuredCall> calls, Func<KernelCall, string> groupOf, int folds, CancellationToken token)
    {
        int[] fold = Folds.ByGroup([.. calls.Select(c => groupOf(c.Call))], folds, Seed);
        for (int f = 0; f < folds; f++)
        {
            MeasuredCall[] kept = [.. calls.Where((_, i) => fold[i] != f)];
            MeasuredCall[] left = [.. calls.Where((_, i) => fold[i] == f)];
            if (kept.Length == 0 || left.Length == 0)
            {
                continue;
            }

            KernelModel model = KernelModel.Learn(traits, kept, token);
            foreach (int i in Folds.Thinned([.. left.Select(c => c.Call.Group)], CallsPerGroup / folds))
            {
                token.ThrowIfCancellationRequested();
                KernelAnswer answer = model.Answer(left[i].Call, left[i].Grain);

                // Calls of a measured group fail each for itself, those of an unmeasured one together.
                string pair = answer.Support == KernelSupport.Group ? $"{left[i].Call.Group} {left[i].Call.Fixed} {left[i].Call.Size}" : left[i].Call.Group;
                yield return new HeldOutError(left[i].LogSeconds - answer.Log, answer.Deviation, 1, pair, answer.Levels);
            }
        }
    }
}
