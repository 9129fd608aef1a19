using Orchestrator.Runtime;

namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>Finds the folder of a model bundle: under the plan's model folder, <c>$ORC_MODELS</c>, <c>artifacts/models</c> of this or an outer folder, or the user's cache.</summary>
internal static class ModelFiles
{
    /// <summary>The folder that holds all of <paramref name="files"/> for <paramref name="bundle"/>, or null with the places that were tried.</summary>
    public static string? Find(string bundle, IReadOnlyList<string> files, TargetEnvironment environment, out string why)
    {
        var tried = new List<string>();
        foreach (string root in Roots(environment).Distinct(StringComparer.Ordinal))
        {
            string folder = Path.Combine(root, bundle);
            string[] missing = [.. files.Where(f => !File.Exists(Path.Combine(folder, f)))];
            if (missing.Length == 0)
            {
                why = "";
                return folder;
            }

            if (missing.Length < files.Count)
            {
                why = $"the model '{bundle}' in {folder} lacks {string.Join(", ", missing)}; run tools/fetch-models/run";
                return null;
            }

            tried.Add(root);
        }

        why = $"the files of the model '{bundle}' ({string.Join(", ", files)}) are not under {string.Join(", ", tried)}; run tools/fetch-models/run";
        return null;
    }

    private static IEnumerable<string> Roots(TargetEnvironment environment)
    {
        if (environment.Variable("ORC_MODELS") is { Length: > 0 } named)
        {
            yield return Path.GetFullPath(named);
        }

        if (environment.ModelDirectory is { } kept)
        {
            yield return Path.GetFullPath(kept);
        }

        foreach (string start in new[] { AppContext.BaseDirectory, environment.BaseDirectory })
        {
            for (string? folder = Path.GetFullPath(start); folder is not null; folder = Path.GetDirectoryName(folder))
            {
                if (File.Exists(Path.Combine(folder, "Orchestrator.sln")))
                {
                    yield return Path.Combine(folder, "artifacts", "models");
                }
            }
        }

        if (environment.Variable("HOME") is { Length: > 0 } home)
        {
            yield return Path.Combine(home, ".cache", "orchestrator", "models");
        }
    }
}
