using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Tests.IR.Passes;

/// <summary>Erases what is called <c>t.dead</c>, as often as it may.</summary>
[Pass("test-erase")]
public sealed partial class TestErase : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        Operation[] dead = [.. root.Walk().Where(op => op.Name.Text == "t.dead").Where(_ => context.MayAct("test-erase"))];
        Array.ForEach(dead, op => op.Erase());
        context.Count(this, "erased", dead.Length);
        if (dead.Length == 0)
        {
            context.PreserveAll();
        }
    }
}

/// <summary>Throws where something is called <c>t.boom</c>.</summary>
[Pass("test-throw")]
public sealed partial class TestThrow : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        if (root.Walk().Any(op => op.Name.Text == "t.boom"))
        {
            throw new InvalidOperationException("boom");
        }

        context.PreserveAll();
    }
}

/// <summary>Puts what is called <c>t.use</c> before what it uses.</summary>
[Pass("test-break")]
public sealed partial class TestBreak : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        foreach (Operation op in root.Walk().Where(op => op.Name.Text == "t.use").ToArray())
        {
            op.MoveBefore(op.GetOperand(0).DefiningOp!); // The tests give it one.
        }
    }
}

/// <summary>Changes something and says that it did not.</summary>
[Pass("test-lie")]
public sealed partial class TestLie : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        root.Attributes = root.Context.Dictionary([new NamedAttr("t.lie", root.Context.Unit)]);
        context.PreserveAll();
    }
}

/// <summary>Warns about what is called <c>t.warn</c>, and gives an error for <c>t.fail</c>.</summary>
[Pass("test-report")]
public sealed partial class TestReport : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        context.PreserveAll();
        foreach (Operation op in root.Walk())
        {
            context.Count(this, "seen");
            if (op.Name.Text == "t.warn")
            {
                context.Diagnostics.Warning("ORC2079", "warned", op.Span);
            }
            else if (op.Name.Text == "t.remark")
            {
                context.Diagnostics.Add(Diagnostic.Remark("ORC2079", "remarked", op.Span));
            }
            else if (op.Name.Text == "t.fail")
            {
                context.Diagnostics.Error("ORC2079", "failed", op.Span, "do not");
            }
        }
    }
}

/// <summary>Waits until another operation is being worked on too, but not for ever.</summary>
[Pass("test-meet")]
public sealed partial class TestMeet : Pass
{
    private static readonly Barrier Both = new(2);

    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        context.PreserveAll();
        context.Count(this, "met", Both.SignalAndWait(TimeSpan.FromSeconds(30), context.Cancellation) ? 1 : 0);
    }
}

/// <summary>Notes how many of its kind run at the same time; must run alone.</summary>
[Pass("test-alone", Parallel = false)]
public sealed partial class TestAlone : Pass
{
    private static int _running;

    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
        context.PreserveAll();
        context.Count(this, "together", Interlocked.Increment(ref _running) - 1);
        Thread.SpinWait(10_000);
        Interlocked.Decrement(ref _running);
    }
}

/// <summary>How much.</summary>
public enum Amount
{
    /// <summary>None.</summary>
    Nothing,

    /// <summary>Some.</summary>
    ALittle,
}

/// <summary>Has an option of every kind.</summary>
[Pass("test-options", Anchor = "builtin.module")]
public sealed partial class TestOptions : Pass
{
    [PassOption("flag")] public bool Flag { get; set; }

    [PassOption("int")] public int Int { get; set; } = 1;

    [PassOption("long")] public long Long { get; set; }

    [PassOption("double")] public double Double { get; set; } = 0.5;

    [PassOption("text")] public string Text { get; set; } = "";

    [PassOption("amount")] public Amount Amount { get; set; }

    [PassOption("words")] public IReadOnlyList<string> Words { get; set; } = [];

    [PassOption("numbers")] public IReadOnlyList<int> Numbers { get; set; } = [1, 2];

    [PassOption("amounts")] public IReadOnlyList<Amount> Amounts { get; set; } = [];

    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context)
    {
    }
}

/// <summary>Makes the IR <c>ready</c>.</summary>
[Pass("test-ready", Establishes = ["ready"])]
public sealed partial class TestReady : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context) => context.PreserveAll();
}

/// <summary>Needs IR that is <c>ready</c> and leaves it so no more.</summary>
[Pass("test-consume", Requires = ["ready"], Destroys = ["ready"])]
public sealed partial class TestConsume : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context) => context.PreserveAll();
}

/// <summary>Must come before the IR is <c>ready</c>.</summary>
[Pass("test-early", Forbids = ["ready"])]
public sealed partial class TestEarly : Pass
{
    /// <inheritdoc/>
    public override void Run(Operation root, PassContext context) => context.PreserveAll();
}

/// <summary>Runs of the tests' passes.</summary>
internal static class PassRuns
{
    public static PassRegistry Registry { get; } = new(GeneratedRegistry.Passes);

    public static Context NewContext() => global::Orchestrator.Dialects.DialectSet.NewContext();

    public static OptResult Run(string text, OptOptions options) =>
        OptRun.Run(new SourceText("x", text), Registry, NewContext, options, Xunit.TestContext.Current.CancellationToken);

    public static OptResult Run(string text, string pipeline, PassRunOptions? passes = null) =>
        Run(text, new OptOptions { Pipeline = pipeline, Passes = passes ?? new PassRunOptions() });

    /// <summary>So many isolated operations, each around its part of <paramref name="inside"/>, which is used over and over.</summary>
    public static string Modules(int count, params string[] inside) => string.Concat(Enumerable.Range(0, count).Select(i =>
        FormattableString.Invariant($"\"builtin.module\"() <{{sym_name = \"m{i}\"}}> ({{\n  {inside[i % inside.Length]}\n}}) : () -> ()\n")));
}
