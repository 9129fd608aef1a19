using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.Loader;
using Orchestrator.Diagnostics;
using Orchestrator.IR;

namespace Orchestrator.Cli;

/// <summary>
/// Dialects and passes of assemblies that were built elsewhere, each with the generator, which lists them in one static table. Reflection
/// finds that table and nothing else. This class is the only one that loads code at run time; a program compiled ahead of time has none.
/// </summary>
internal static class Plugins
{
    private const string Table = "GeneratedRegistry";

    /// <summary>What the assemblies at <paramref name="paths"/> add.</summary>
    /// <exception cref="DiagnosticException">One is missing, is no assembly, or has nothing to add.</exception>
    public static Additions Load(IReadOnlyList<string> paths)
    {
        Additions all = Additions.None;
        foreach (string path in paths)
        {
            all = all.With(LoadOne(path));
        }

        return all;
    }

    private static Additions LoadOne(string path)
    {
        if (!File.Exists(path))
        {
            throw SourceFile.Mistake("ORC6060", $"there is no plugin '{path}'", "build it, and name its .dll; the path is relative to the current folder");
        }

        try
        {
            Assembly assembly = new PluginContext(Path.GetFullPath(path)).Load();
            Type table = assembly.GetType($"{assembly.GetName().Name}.{Table}")
                ?? throw SourceFile.Mistake("ORC6062", $"plugin '{path}' has no table of dialects and passes",
                    "reference Orchestrator.IR.Generator as an analyzer in its project, and mark classes with [Dialect], [Op] or [Pass]");
            return new Additions(Read<Func<Dialect>>(table, "Dialects", path), Read<PassInfo>(table, "Passes", path));
        }
        catch (BadImageFormatException)
        {
            throw SourceFile.Mistake("ORC6061", $"plugin '{path}' is no .NET assembly", "name the .dll that 'dotnet build' makes");
        }
        catch (Exception e) when (e is FileLoadException or FileNotFoundException or TypeLoadException or MissingMethodException or TargetInvocationException or TypeInitializationException)
        {
            Exception reason = (e as TargetInvocationException)?.InnerException ?? e;
            throw SourceFile.Mistake("ORC6063", $"plugin '{path}' does not fit this orc: {(reason.InnerException ?? reason).Message}", "build it again against the assemblies beside this orc");
        }
    }

    private static ImmutableArray<T> Read<T>(Type table, string name, string path) => table.GetProperty(name)?.GetValue(null) switch
    {
        null => [],
        ImmutableArray<T> entries => entries,
        _ => throw SourceFile.Mistake("ORC6063", $"plugin '{path}' was built against another version of Orchestrator.IR", "build it again against the assemblies beside this orc"),
    };

    // A plugin sees our assemblies as this program has them, and brings its own others.
    private sealed class PluginContext(string path) : AssemblyLoadContext(Path.GetFileNameWithoutExtension(path))
    {
        private readonly AssemblyDependencyResolver _resolver = new(path);

        public Assembly Load() => LoadFromAssemblyPath(path);

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (File.Exists(Path.Combine(AppContext.BaseDirectory, assemblyName.Name + ".dll")))
            {
                return null;
            }

            return _resolver.ResolveAssemblyToPath(assemblyName) is { } found ? LoadFromAssemblyPath(found) : null;
        }
    }
}
