using Orchestrator.IR;
using Orchestrator.IR.Testing;

namespace Orchestrator.Compiler.Testing;

/// <summary>The flags of RUN lines. One dash and two are the same, a value follows <c>=</c> or a blank.</summary>
internal sealed class RunFlags(PassRegistry passes)
{
    /// <summary>The options that the flags of <c>orc opt</c> make, or null with the reason.</summary>
    public OptOptions? Opt(IReadOnlyList<string> words, out string? problem)
    {
        problem = null;
        var pipeline = new List<string>();
        (bool split, bool verify, bool locations, bool generic) = (false, false, false, false);
        for (int i = 0; i < words.Count && problem is null; i++)
        {
            (string name, string? value) = Split(words[i]);
            switch (name)
            {
                case "p" or "passes" or "pass-pipeline":
                    pipeline.Add(value ?? (++i < words.Count ? words[i] : ""));
                    break;
                case "split-input-file":
                    split = true;
                    break;
                case "verify-diagnostics":
                    verify = true;
                    break;
                case "print-debuginfo" or "mlir-print-debuginfo":
                    locations = true;
                    break;
                case "print-generic" or "mlir-print-op-generic" or "print-op-generic":
                    generic = true;
                    break;
                case "allow-unregistered-dialect" or "verify-each":
                    break;
                default:
                    problem = Pass(words[i], name, value, pipeline);
                    break;
            }
        }

        return problem is not null ? null : new OptOptions
        {
            Pipeline = string.Join(',', pipeline.Where(p => p.Length > 0)),
            SplitInputFile = split,
            VerifyDiagnostics = verify,
            Print = new PrintOptions(locations, Pretty: !generic),
        };
    }

    // A pass as a flag of its own, as mlir-opt has them: -cse, -canonicalize="max-rewrites-per-op=3".
    private string? Pass(string word, string name, string? value, List<string> pipeline)
    {
        if (!word.StartsWith('-') || passes.Find(name) is null)
        {
            return $"'{word}' is no flag that is known here";
        }

        pipeline.Add(string.IsNullOrEmpty(value) ? name : $"{name}{{{value.Trim('{', '}')}}}");
        return null;
    }

    /// <summary>The options that FileCheck's flags make, or null with the reason.</summary>
    public static CheckOptions? FileCheck(IReadOnlyList<string> words, out string? problem)
    {
        problem = null;
        var options = new CheckOptions { Prefixes = [] };
        for (int i = 0; i < words.Count; i++)
        {
            if (words[i] == "%s")
            {
                continue;
            }

            (string name, string? value) = Split(words[i]);
            bool takesValue = name is "check-prefix" or "check-prefixes" or "comment-prefixes" or "implicit-check-not" or "dump-input";
            value ??= takesValue && i + 1 < words.Count ? words[++i] : null;
            string[] list = (value ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries);
            if (Apply(options, name, value, list) is not { } changed)
            {
                problem = $"'{words[i]}' is no flag of FileCheck that is known here";
                return null;
            }

            options = changed;
        }

        return options.Prefixes.Count > 0 ? options : options with { Prefixes = new CheckOptions().Prefixes };
    }

    private static CheckOptions? Apply(CheckOptions options, string name, string? value, string[] list) => name switch
    {
        "check-prefix" or "check-prefixes" when list.Length > 0 =>
            options with { Prefixes = [.. options.Prefixes, .. list.Except(options.Prefixes)] },
        "comment-prefixes" when list.Length > 0 => options with { CommentPrefixes = list },
        "strict-whitespace" => options with { StrictWhitespace = true },
        "match-full-lines" => options with { MatchFullLines = true },
        "ignore-case" => options with { IgnoreCase = true },
        "allow-empty" => options with { AllowEmpty = true },
        "enable-var-scope" => options with { EnableVarScope = true },
        "implicit-check-not" when value is not null => options with { ImplicitCheckNot = [.. options.ImplicitCheckNot, value] },
        "dump-input" or "v" or "vv" or "color" or "dump-input-context" => options,
        ['D', ..] => options with { Defines = [.. options.Defines, name[1..] + (value is null ? "" : "=" + value)] },
        _ => null,
    };

    private static (string Name, string? Value) Split(string word)
    {
        string bare = word.StartsWith("--", StringComparison.Ordinal) ? word[2..] : word.StartsWith('-') ? word[1..] : "?" + word;
        int equals = bare.IndexOf('=', StringComparison.Ordinal);
        return equals < 0 ? (bare, null) : (bare[..equals], bare[(equals + 1)..]);
    }
}
