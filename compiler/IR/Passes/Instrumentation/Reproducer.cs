using Orchestrator.Diagnostics;

namespace Orchestrator.IR;

/// <summary>
/// A pipeline that is written into a file of IR so that running the file repeats what went wrong, as mlir-opt does:
/// <c>{-# external_resources: { mlir_reproducer: { pipeline: "builtin.module(cse)", … } } #-}</c>.
/// </summary>
/// <param name="Pipeline">The pipeline, with the module's name around it.</param>
/// <param name="OneThread">Whether it is to run on one thread.</param>
/// <param name="VerifyEach">Whether the IR is verified after each pass.</param>
public sealed record Reproducer(string Pipeline, bool OneThread, bool VerifyEach)
{
    internal const string Key = "mlir_reproducer";

    /// <summary>The text of a file that holds <paramref name="module"/> and this.</summary>
    /// <param name="module">The module's text.</param>
    /// <param name="resources">The file's own resources, which are kept, or null.</param>
    public string Write(string module, ResourceSection? resources)
    {
        ResourceSection all = resources?.Without(Key) ?? new ResourceSection();
        all.Add(Key, "pipeline", Pipeline);
        all.Add(Key, "disable_threading", OneThread);
        all.Add(Key, "verify_each", VerifyEach);
        return $"{module.TrimEnd('\n')}\n{all}";
    }

    /// <summary>Reads it from a file's resource section; null, and <paramref name="diagnostics"/> says why, when there is none.</summary>
    public static Reproducer? Read(ResourceSection? resources, SourceText file, DiagnosticBag diagnostics)
    {
        IReadOnlyDictionary<string, string> entries = (resources ?? new ResourceSection()).Group(Key);
        if (!entries.TryGetValue("pipeline", out string? pipeline))
        {
            diagnostics.Error(IRCodes.Reproducer, "the file holds no reproducer: its resources have no pipeline in 'mlir_reproducer'", new SourceSpan(file, 0, 0),
                "leave out --run-reproducer and give the passes by -p");
            return null;
        }

        return new Reproducer(pipeline, entries.GetValueOrDefault("disable_threading") == "true", entries.GetValueOrDefault("verify_each") != "false");
    }
}
