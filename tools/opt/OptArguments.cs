using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Cli.Opt;

/// <summary>
/// Reads the command line of <c>orc opt</c>, which is mlir-opt's: one or two dashes, <c>mlir-</c> or not, and every pass is a flag of its own
/// that takes its options: <c>--cse --canonicalize="max-iterations=3"</c>. It uses nothing but the IR library, so that any program can have it.
/// </summary>
internal sealed class OptArguments(PassRegistry registry)
{
    private readonly Dictionary<string, OptFlag> _flags = OptFlag.All.ToDictionary(f => f.Name, StringComparer.Ordinal);
    private readonly List<string> _mistakes = [];

    /// <summary>What is wrong with the command line, a line each.</summary>
    public IReadOnlyList<string> Mistakes => _mistakes;

    /// <summary>Reads it; when something is wrong, <see cref="Mistakes"/> says what.</summary>
    public OptInvocation Read(IReadOnlyList<string> arguments)
    {
        var invocation = new OptInvocation();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument is "-" || !argument.StartsWith('-'))
            {
                SetFile(invocation, argument);
            }
            else if (argument != "--")
            {
                i += ReadFlag(invocation, argument, i + 1 < arguments.Count ? arguments[i + 1] : null) ? 1 : 0;
            }
        }

        Check(invocation);
        return invocation;
    }

    /// <summary>The plugins that a command line names, read before its passes are known.</summary>
    public static IReadOnlyList<string> PluginsIn(IReadOnlyList<string> arguments)
    {
        var plugins = new List<string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string flag = arguments[i].TrimStart('-');
            if (arguments[i].StartsWith('-') && flag == "plugin" && i + 1 < arguments.Count)
            {
                plugins.Add(arguments[++i]);
            }
            else if (arguments[i].StartsWith('-') && flag.StartsWith("plugin=", StringComparison.Ordinal))
            {
                plugins.Add(flag["plugin=".Length..]);
            }
        }

        return plugins;
    }

    // True when the flag took the next argument as its value.
    private bool ReadFlag(OptInvocation invocation, string argument, string? next)
    {
        int equals = argument.IndexOf('=', StringComparison.Ordinal);
        string written = equals < 0 ? argument : argument[..equals];
        string? value = equals < 0 ? null : argument[(equals + 1)..];
        string name = written.TrimStart('-');
        if (Find(name) is not { } flag)
        {
            ReadPass(invocation, written, name, value ?? "");
            return false;
        }

        bool takesNext = flag.Value == FlagValue.Required && value is null && next is not null;
        if (flag.Value == FlagValue.Required && value is null && next is null)
        {
            _mistakes.Add($"'{written}' takes a value: {written}={flag.Shape}");
        }
        else if (flag.Apply(invocation, value ?? (takesNext ? next! : "")) is { } wrong) // Not null: takesNext says so.
        {
            _mistakes.Add($"'{value ?? next}' cannot be the value of '{written}': {wrong}");
        }

        return takesNext;
    }

    private OptFlag? Find(string name)
    {
        string plain = name.StartsWith("mlir-", StringComparison.Ordinal) ? name["mlir-".Length..] : name;
        return _flags.GetValueOrDefault(OptFlag.OtherNames.GetValueOrDefault(plain, plain));
    }

    private void ReadPass(OptInvocation invocation, string written, string name, string options)
    {
        if (registry.Find(name) is not { } pass)
        {
            IEnumerable<string> known = _flags.Keys.Concat(registry.Passes.Select(p => p.Name));
            string remedy = NearestName.Find(name, known) is { } near ? $"did you mean '--{near}'?" : "--help lists the flags, --list-passes the passes";
            _mistakes.Add($"there is no flag or pass '{written}'; {remedy}");
            return;
        }

        string text = options.Length == 0 ? name : $"{name}{{{options}}}";
        invocation.Passes.Add(pass.Anchor is "" or "builtin.module" ? text : $"{pass.Anchor}({text})");
    }

    private void SetFile(OptInvocation invocation, string path)
    {
        if (invocation.File is { } first)
        {
            _mistakes.Add($"one file is read at a time, found '{first}' and '{path}'");
        }

        invocation.File = path;
    }

    private void Check(OptInvocation invocation)
    {
        if (invocation.Pipeline is not null && invocation.Passes.Count > 0)
        {
            _mistakes.Add("passes are given by -p or by flags of their own, not by both");
        }

        if (invocation.RunReproducer && (invocation.Pipeline is not null || invocation.Passes.Count > 0))
        {
            _mistakes.Add("--run-reproducer runs the passes that the file names; leave the others out");
        }

        if (invocation.SmallestReproducer && invocation.ReproducerKind != ReproducerKind.OnFailure)
        {
            _mistakes.Add("--crash-reproducer-local needs --crash-reproducer=FILE");
        }

        foreach (string pass in invocation.PrintBefore.Concat(invocation.PrintAfter).Where(p => p is not ("all" or "*") && registry.Find(p) is null))
        {
            string remedy = NearestName.Suggest(pass, registry.Passes.Select(p => p.Name)) ?? "--list-passes lists the passes";
            _mistakes.Add($"IR is to be shown around pass '{pass}', which does not exist; {remedy}");
        }
    }
}
