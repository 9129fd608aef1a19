using System.Collections.Immutable;
using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Orchestrator.Compiler.Emit;
using Orchestrator.Compiler.Operators;
using Orchestrator.Compiler.Stages;
using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.Frontend.Importers.Onnx;
using Orchestrator.IR;
using Orchestrator.Plan;

namespace Orchestrator.Cli;

/// <summary>A model that is planned operator by operator: an <c>.onnx</c> file, a <c>config.json</c>, or a folder that holds the latter and no workflow.</summary>
internal static class OperatorModel
{
    private const int MostTokens = 1 << 20;

    /// <summary>Refuses options that only workflows have.</summary>
    public static void OnlyForWorkflows(ParseResult parsed, params ReadOnlySpan<Option> options)
    {
        foreach (Option option in options)
        {
            if (parsed.GetResult(option) is { Implicit: false })
            {
                throw SourceFile.Mistake("ORC6053", $"{option.Name} does not go with a model whose operators are placed", "leave it out; --fleet, --sla, --json and the sizes of one inference do");
            }
        }
    }

    /// <summary>The model's file that paths mean, or null when they mean workflows.</summary>
    public static string? Find(string[] paths)
    {
        string? model = paths.Select(Find).FirstOrDefault(m => m is not null);
        return model is null || paths.Length == 1
            ? model
            : throw SourceFile.Mistake("ORC6055", $"'{model}' is a model, and a model is planned by itself", "plan it without other files");
    }

    private static string? Find(string path)
    {
        if (Directory.Exists(path))
        {
            string inside = Path.Combine(path, "config.json");
            return File.Exists(inside) && !File.Exists(Path.Combine(path, "workflow.flow")) ? inside : null;
        }

        string ending = Path.GetExtension(path).ToLowerInvariant();
        return ending == ".onnx" || (ending == ".json" && (Path.GetFileName(path) == "config.json" || IsConfiguration(path))) ? path : null;
    }

    // Other JSON files are texts of stages.
    private static bool IsConfiguration(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(SourceFile.ReadText(path).Text);
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("model_type", out _);
        }
        catch (JsonException)
        {
            return false;
        }
    }

    /// <summary>Plans and prints; gives the exit code.</summary>
    /// <param name="path">The model's file.</param>
    /// <param name="fleet">The fleet's file, or null for <c>fleet.yaml</c> beside the model.</param>
    /// <param name="sla">What is promised.</param>
    /// <param name="size">What a model of a <c>config.json</c> reads.</param>
    /// <param name="inputs">Sizes of inputs of an ONNX file.</param>
    /// <param name="stop">A stage to stop after, of which only the first has a text.</param>
    /// <param name="json">Whether to print JSON.</param>
    public static int Plan(string path, string? fleet, string? sla, InferenceSize size, string[] inputs, string? stop, bool json)
    {
        if (stop is not (null or "parse"))
        {
            throw SourceFile.Mistake("ORC6054", $"a model's operators have no text after '{stop}'", "stop after parse, or print the plan with --json");
        }

        var mistakes = new DiagnosticBag();
        Operation? module = Module(path, size, inputs, mistakes);
        Stop(mistakes);
        if (stop is not null)
        {
            Terminal.Out.Write(IRPrinter.Print(module!) + "\n"); // without mistakes there is a module
            return Exit.Fine;
        }

        OperatorGraph graph = FreezeOperators.Run(module!); // without mistakes there is a module
        Fleet machine = FleetSource.Find(fleet, new WorkflowFile(path, Path.GetDirectoryName(Path.GetFullPath(path)) ?? "/"), needed: true)!; // needed, so it is there
        Objective objective = Promised(sla, mistakes);
        Stop(mistakes);
        OperatorPlan? plan = PlaceOperators.Run(graph, machine, objective, mistakes, out string whyNot, CancellationToken.None);
        Stop(mistakes);
        if (plan is null)
        {
            Terminal.Out.Write(json
                ? new JsonObject { ["why_not"] = whyNot }.ToJsonString(Terminal.Json) + "\n"
                : NoPlanText.Write(new PlacementFailure("memory", whyNot, ["fewer kept tokens (--context), a smaller number format, or more memory"], null, ""), Terminal.Width));
            return Exit.NoPlan;
        }

        Terminal.Out.Write(json ? OperatorPlanText.Json(plan).ToJsonString(Terminal.Json) + "\n" : OperatorPlanText.Write(plan, Terminal.Width));
        return plan.Missed.Length == 0 ? Exit.Fine : Exit.NoPlan;
    }

    private static Dictionary<string, ImmutableArray<long>> Sizes(string[] inputs)
    {
        var sizes = new Dictionary<string, ImmutableArray<long>>(StringComparer.Ordinal);
        foreach (string input in inputs)
        {
            int equals = input.LastIndexOf('=');
            long[] shape = equals > 0 ? [.. input[(equals + 1)..].Split('x').Select(d => long.TryParse(d, NumberStyles.None, CultureInfo.InvariantCulture, out long n) ? n : 0)] : [];
            sizes[equals > 0 ? input[..equals] : input] = shape.Length > 0 && shape.All(d => d is > 0 and <= int.MaxValue)
                ? [.. shape]
                : throw SourceFile.Mistake("ORC6052", $"'{input}' is not an input with its size", "write NAME=1x3x640x640");
        }

        return sizes;
    }

    private static Operation? Module(string path, InferenceSize size, string[] inputs, DiagnosticBag mistakes)
    {
        foreach ((string name, int value, int least) in new[] { ("--tokens", size.Tokens, 1), ("--context", size.Context, 0), ("--batch", size.Batch, 1) })
        {
            if (value < least || value > MostTokens)
            {
                throw SourceFile.Mistake("ORC6050", $"{name} {value} cannot be", $"give a whole number from {least} to {MostTokens}");
            }
        }

        return Path.GetExtension(path).Equals(".onnx", StringComparison.OrdinalIgnoreCase)
            ? OnnxImporter.Import(path, SourceFile.ReadBytes(path).Utf8.Span, Sizes(inputs), DialectSet.NewContext(), mistakes)
            : ConfigOperators.Read(SourceFile.ReadText(path), DialectSet.NewContext(), size, mistakes);
    }

    // Operators have neither a first token nor a price of their own.
    private static Objective Promised(string? sla, DiagnosticBag mistakes)
    {
        Objective objective = Promise.From(new TaskGraph { Name = "", ResultType = "" }, sla, rate: null, mistakes);
        return objective.FirstTokenLimits.Count == 0 && objective.BudgetPerRun is null
            ? objective
            : throw SourceFile.Mistake("ORC6051", "operators of one inference have no first token and no budget", "promise p50, p95 or p99 <= a time");
    }

    private static void Stop(DiagnosticBag mistakes)
    {
        if (mistakes.HasErrors)
        {
            throw new DiagnosticException(mistakes.Items);
        }
    }
}
