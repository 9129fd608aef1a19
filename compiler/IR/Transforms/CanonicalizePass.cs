using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>Folds what is known, drops what is unused and applies the simplifications of all dialects until nothing changes.</summary>
[Pass("canonicalize")]
public sealed partial class CanonicalizePass : Pass
{
    /// <summary>Whether outer and earlier operations are looked at first.</summary>
    [PassOption("top-down")]
    public bool TopDown { get; set; } = true;

    /// <summary>What is done to control flow: disabled, normal or aggressive.</summary>
    [PassOption("region-simplify")]
    public string RegionSimplify { get; set; } = "normal";

    /// <summary>The most rounds over everything; -1 for no limit.</summary>
    [PassOption("max-iterations")]
    public long IterationsMax { get; set; } = 10;

    /// <summary>The most rewrites in a round; -1 for no limit.</summary>
    [PassOption("max-num-rewrites")]
    public long RewritesMax { get; set; } = GreedyOptions.Unlimited;

    /// <summary>Whether it is an error when the last allowed round still changed something.</summary>
    [PassOption("test-convergence")]
    public bool TestConvergence { get; set; }

    /// <summary>Names of patterns that are left out, with commas between them.</summary>
    [PassOption("disable-patterns")]
    public string DisabledPatterns { get; set; } = "";

    /// <summary>Names of the only patterns that are used, with commas between them; empty for all.</summary>
    [PassOption("enable-patterns")]
    public string EnabledPatterns { get; set; } = "";

    /// <summary>Rewrites per operation before patterns are said to undo each other, 1 or more.</summary>
    [PassOption("max-rewrites-per-op")]
    public int RewritesPerOperation { get; set; } = GreedyRewrite.RewritesPerOperation;

    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        if (!Simplify(root, context))
        {
            context.PreserveAll();
        }
    }

    /// <summary>Does it as part of another pass, which says itself what that changed; true when anything is other than before.</summary>
    internal bool Simplify(Operation root, PassContext context)
    {
        if (!Enum.TryParse(RegionSimplify, ignoreCase: true, out RegionSimplify regions) || !Enum.IsDefined(regions))
        {
            context.Diagnostics.Error(IRCodes.OptionValue, $"'{RegionSimplify}' is no way to simplify regions", SourceSpan.None,
                "write region-simplify=disabled, normal or aggressive");
            return false;
        }

        var all = new List<RewritePattern>();
        foreach (Dialect dialect in root.Context.Dialects)
        {
            all.AddRange(dialect.Simplifications);
        }

        string[] only = Names(EnabledPatterns);
        string[] except = Names(DisabledPatterns);
        if (!AreKnown(only, all, context.Diagnostics) || !AreKnown(except, all, context.Diagnostics))
        {
            return false;
        }

        var options = new GreedyOptions
        {
            TopDown = TopDown,
            Regions = regions,
            IterationsMax = IterationsMax,
            RewritesMax = RewritesMax,
            RewritesPerOperation = Math.Max(1, RewritesPerOperation),
            MayAct = context.Counters is null ? null : () => context.MayAct(Name),
        };
        GreedyResult result = GreedyRewrite.Run(root, new PatternSet(PatternSet.Choose(all, only, except)), context.Diagnostics, options, context.Cancellation);
        context.Count(this, "rewrites", result.Rewrites);
        context.Count(this, "iterations", result.Iterations);
        if (TestConvergence && !result.Converged && !context.Diagnostics.HasErrors)
        {
            context.Diagnostics.Error(IRCodes.NotConverged, $"'{Name}' still found something to do after {result.Iterations} rounds", root.Span,
                "allow more with max-iterations or max-num-rewrites");
        }

        return result.Changed;
    }

    private static string[] Names(string list) => list.Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool AreKnown(string[] names, List<RewritePattern> patterns, DiagnosticBag diagnostics)
    {
        bool good = true;
        foreach (string name in names)
        {
            if (!patterns.Exists(p => p.Name == name))
            {
                diagnostics.Error(IRCodes.UnknownPattern, $"there is no pattern '{name}'", SourceSpan.None,
                    NearestName.Suggest(name, patterns.Select(p => p.Name)) ?? "leave it out");
                good = false;
            }
        }

        return good;
    }
}
