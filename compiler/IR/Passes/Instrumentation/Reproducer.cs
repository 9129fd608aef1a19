using System.Globalization;
using System.Text;
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
    /// <param name="resources">The file's own resource section, which is kept, or null.</param>
    public string Write(string module, string? resources)
    {
        string mine = $$"""
              external_resources: {
                {{Key}}: {
                  pipeline: "{{Escape(Pipeline)}}",
                  disable_threading: {{(OneThread ? "true" : "false")}},
                  verify_each: {{(VerifyEach ? "true" : "false")}}
                }
              }
            """;
        string others = ResourceText.Without(resources, Key) is { } kept ? $"{kept},\n" : "";
        return $"{module.TrimEnd('\n')}\n\n{{-#\n{others}{mine}\n#-}}\n";
    }

    /// <summary>Reads it from a file's resource section; null, and <paramref name="diagnostics"/> says why, when there is none.</summary>
    public static Reproducer? Read(string? resources, SourceText file, DiagnosticBag diagnostics)
    {
        IReadOnlyDictionary<string, string> entries = ResourceText.Entries(resources, Key);
        if (!entries.TryGetValue("pipeline", out string? pipeline))
        {
            diagnostics.Error(IRCodes.Reproducer, "the file holds no reproducer: its resources have no pipeline in 'mlir_reproducer'", new SourceSpan(file, 0, 0),
                "leave out --run-reproducer and give the passes by -p");
            return null;
        }

        return new Reproducer(pipeline, entries.GetValueOrDefault("disable_threading") == "true", entries.GetValueOrDefault("verify_each") != "false");
    }

    private static string Escape(string text)
    {
        var escaped = new StringBuilder();
        foreach (byte b in Encoding.UTF8.GetBytes(text))
        {
            if (b is (byte)'"' or (byte)'\\' or < 0x20 or >= 0x7f)
            {
                escaped.Append(CultureInfo.InvariantCulture, $"\\{b:X2}");
            }
            else
            {
                escaped.Append((char)b);
            }
        }

        return escaped.ToString();
    }
}
