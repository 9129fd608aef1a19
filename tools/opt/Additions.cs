using System.Collections.Immutable;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Cli;

/// <summary>Dialects and passes beside those of this program.</summary>
internal sealed record Additions(ImmutableArray<Func<Dialect>> Dialects, ImmutableArray<PassInfo> Passes)
{
    public static Additions None { get; } = new([], []);

    /// <summary>What plugins add; <paramref name="load"/> is null where nothing can be loaded at run time.</summary>
    /// <exception cref="DiagnosticException">A plugin is asked for and cannot be loaded.</exception>
    public static Additions Load(IReadOnlyList<string> plugins, Func<IReadOnlyList<string>, Additions>? load) =>
        plugins.Count == 0 ? None
        : load is not null ? load(plugins)
        : throw SourceFile.Mistake("ORC6065", "this build of orc opt is machine code, which loads no plugins", "start it as 'orc opt --plugin …', which uses the other build");

    public Additions With(Additions more) => new(Dialects.AddRange(more.Dialects), Passes.AddRange(more.Passes));

    /// <summary>All dialects for one context: those of this program and those added.</summary>
    /// <exception cref="DiagnosticException">Two have one name.</exception>
    public IEnumerable<Dialect> Create(IEnumerable<Dialect> builtIn)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (Dialect dialect in builtIn.Concat(Dialects.Select(d => d())))
        {
            yield return names.Add(dialect.Name)
                ? dialect
                : throw SourceFile.Mistake("ORC6064", $"a plugin brings dialect '{dialect.Name}', which is there already", "leave the plugin out, or rename its dialect");
        }
    }

    /// <summary>All passes: <paramref name="builtIn"/> and those added.</summary>
    /// <exception cref="DiagnosticException">Two have one name.</exception>
    public PassRegistry PassesWith(IEnumerable<PassInfo> builtIn)
    {
        HashSet<string> names = [.. new PassRegistry(builtIn).Passes.Select(p => p.Name)];
        return Passes.FirstOrDefault(p => !names.Add(p.Name)) is { } twice
            ? throw SourceFile.Mistake("ORC6064", $"a plugin brings pass '{twice.Name}', which is there already", "leave the plugin out, or rename its pass")
            : new PassRegistry(builtIn.Concat(Passes));
    }
}
