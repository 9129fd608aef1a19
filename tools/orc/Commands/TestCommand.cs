using System.CommandLine;
using System.Text.Json.Nodes;
using Orchestrator.Compiler.Testing;
using Orchestrator.Diagnostics;
using Orchestrator.IR.Testing;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc test FILE|DIR…</c>: run <c>.mlir</c> and <c>.flow</c> tests.</summary>
internal static class TestCommand
{
    private const int MostFiles = 100_000;

    public static Command Create()
    {
        var paths = new Argument<string[]>("path") { Description = "Test files, or folders whose .mlir and .flow files are tests", Arity = ArgumentArity.OneOrMore };
        var bless = new Option<bool>("--bless") { Description = "Write the present output into the tests: expect: blocks and generated check lines, never handwritten ones" };
        var irdl = CommonOptions.Irdl();
        var plugin = CommonOptions.Plugin();
        var json = CommonOptions.Json();
        var command = new Command("test", "Run .mlir and .flow tests: RUN lines with FileCheck's checks, expected-error comments.") { paths, bless, irdl, plugin, json };
        command.SetAction((parsed, cancellation) => Exit.GuardAsync(parsed.GetValue(json), () =>
        {
            Additions additions = Additions.Load(parsed.GetValue(plugin) ?? [], Plugins.Load);
            var environment = new TestEnvironment
            {
                NewContext = ExtraDialects.Contexts(additions, parsed.GetValue(irdl)),
                Passes = additions.PassesWith(Compiler.GeneratedRegistry.Passes),
                Import = import => File.Exists(import) ? SourceFile.ReadText(import) : null,
            };
            return Task.FromResult(Run(parsed.GetRequiredValue(paths), environment, parsed.GetValue(bless), parsed.GetValue(json), cancellation));
        }));
        return command;
    }

    private static int Run(IReadOnlyList<string> paths, TestEnvironment environment, bool bless, bool json, CancellationToken cancellation)
    {
        var outcomes = new List<TestOutcome>();
        foreach (string path in paths.SelectMany(FilesOf))
        {
            cancellation.ThrowIfCancellationRequested();
            TestOutcome outcome = RunFile(path, environment, bless, cancellation);
            outcomes.Add(outcome);
            if (!json)
            {
                Show(outcome);
            }
        }

        int failed = outcomes.Count(o => !o.Ok);
        if (json)
        {
            Terminal.Out.WriteLine(ToJson(outcomes).ToJsonString(Terminal.Json));
        }
        else
        {
            Terminal.Out.WriteLine($"{outcomes.Count - failed} passed, {failed} failed");
        }

        return failed == 0 ? Exit.Fine : Exit.InputAtFault;
    }

    private static TestOutcome RunFile(string path, TestEnvironment environment, bool bless, CancellationToken cancellation)
    {
        SourceText source = SourceFile.ReadText(path);
        TestOutcome outcome = TestRun.Run(source, environment, cancellation);
        if (!bless || (outcome.Ok && outcome.Kind is not (TestKind.RunLines or TestKind.Expected)))
        {
            return outcome;
        }

        // A test that passes with handwritten checks has nothing to bless and is no failure.
        var refused = new DiagnosticBag();
        string? text = TestBless.Rewrite(source, environment, refused, cancellation);
        if (text is null)
        {
            return outcome.Ok ? outcome : outcome with { Diagnostics = [.. outcome.Diagnostics, .. refused.Items] };
        }

        if (text == source.Text)
        {
            return outcome;
        }

        LocalState.WriteAtomically(path, text);
        Terminal.Note($"wrote {path}");
        return TestRun.Run(new SourceText(path, text), environment, cancellation);
    }

    private static IEnumerable<string> FilesOf(string path)
    {
        if (!Directory.Exists(path))
        {
            return [path];
        }

        string[] files = [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            .Where(f => TestRun.Endings.Contains(Path.GetExtension(f).ToLowerInvariant()))
            .Where(f => !Path.GetRelativePath(path, f).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj" or "node_modules" || part.StartsWith('.')))
            .Take(MostFiles)
            .Order(StringComparer.Ordinal)];
        return files.Length > 0 ? files : throw SourceFile.Mistake(TestCodes.NoTests, $"the folder '{path}' holds no .mlir or .flow file", "name a folder with tests");
    }

    private static void Show(TestOutcome outcome)
    {
        Terminal.Out.WriteLine($"{(outcome.Ok ? "pass" : "FAIL")} {outcome.Path}");
        foreach (Diagnostic diagnostic in outcome.Diagnostics)
        {
            Terminal.Error.Write(DiagnosticText.Render(diagnostic, Terminal.ColourOnError));
        }
    }

    private static JsonObject ToJson(IReadOnlyList<TestOutcome> outcomes) => new()
    {
        ["passed"] = outcomes.Count(o => o.Ok),
        ["failed"] = outcomes.Count(o => !o.Ok),
        ["tests"] = new JsonArray([.. outcomes.Select(o => new JsonObject
        {
            ["path"] = o.Path,
            ["ok"] = o.Ok,
            ["kind"] = o.Kind.ToString().ToLowerInvariant(),
            ["runs"] = o.Runs,
            ["diagnostics"] = Exit.ToJson(o.Diagnostics),
        })]),
    };
}
