using System.Collections.Immutable;
using System.ComponentModel;
using System.Diagnostics;
using System.Text;
using Orchestrator.Plan;
using Orchestrator.Runtime;
using OsProcess = System.Diagnostics.Process;

namespace Orchestrator.Targets.Process;

/// <summary>
/// Tools that are programs. The command is split into words without a shell and run in the workflow's directory. Standard input: one JSON object with the
/// arguments by name (bytes, images and audio as base64 text). Standard output: the result as JSON, or as plain text where the result is <c>text</c>; at most
/// <see cref="OutputLimit"/> bytes. An exit code other than 0 is a failure that quotes the end of the error output. When the call is cancelled or its time
/// is up, the program and all that it started are killed.
/// </summary>
[Target("process")]
public sealed class ProcessTarget : ITarget
{
    /// <summary>Most bytes that a program may write.</summary>
    public const int OutputLimit = 16 << 20;

    private const int ErrorTail = 4096;
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    public string? WhyUnavailable(Declaration service, TargetEnvironment environment)
    {
        if (CommandLine.Split(service.Target) is not [string program, ..])
        {
            return $"the command of '{service.Symbol}' is empty or has a quote that is not closed";
        }

        return CommandLine.FindProgram(program, environment.BaseDirectory, environment.Variable("PATH")) is null
            ? program.Contains('/', StringComparison.Ordinal)
                ? $"there is no program '{program}' in {environment.BaseDirectory}"
                : $"the program '{program}' is not installed (not found on PATH)"
            : null;
    }

    /// <inheritdoc/>
    public async ValueTask<StepResult> ExecuteAsync(StepRequest request, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using OsProcess process = Start(request);
        var errors = new StringBuilder();
        bool ended = false;
        try
        {
            Task write = WriteAsync(process, StepArguments.Json(request), cancellationToken);
            Task<string?> output = BoundedReader.ReadAsync(process.StandardOutput.BaseStream, OutputLimit, cancellationToken);
            Task error = BoundedReader.ReadTailAsync(process.StandardError.BaseStream, errors, ErrorTail, cancellationToken);

            // Too much output ends the reading before the program ends.
            if (await Task.WhenAny(output, process.WaitForExitAsync(cancellationToken)).ConfigureAwait(false) == output && await output.ConfigureAwait(false) is null)
            {
                throw Faults.At("ORC5103", request.Step, $"the program wrote more than {new Bytes(OutputLimit)}", "let it write less, or write a file and give its name");
            }

            await process.WaitForExitAsync(cancellationToken).ConfigureAwait(false);
            ended = true;
            return new StepResult(await FinishAsync(process, request, write, output, error, errors, cancellationToken).ConfigureAwait(false));
        }
        finally
        {
            if (!ended)
            {
                await KillAsync(process).ConfigureAwait(false);
            }
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private static OsProcess Start(StepRequest request)
    {
        ImmutableArray<string> words = CommandLine.Split(request.Service?.Target ?? "") ?? [];
        string program = words.IsEmpty ? "" : words[0];
        string? found = CommandLine.FindProgram(program, request.Environment.BaseDirectory, request.Environment.Variable("PATH"));
        if (found is null)
        {
            throw Faults.At("ORC5101", request.Step, $"the program '{program}' was not found", "install it, or give its path relative to the workflow's directory");
        }

        var start = new ProcessStartInfo(found)
        {
            WorkingDirectory = request.Environment.BaseDirectory,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
        };
        foreach (string word in words.Skip(1))
        {
            start.ArgumentList.Add(word);
        }

        try
        {
            return OsProcess.Start(start) ?? throw new InvalidOperationException("no process was started");
        }
        catch (Win32Exception e)
        {
            throw Faults.At("ORC5101", request.Step, $"the program '{program}' cannot be started: {e.Message}", "check that it is executable");
        }
    }

    private static async Task WriteAsync(OsProcess process, string json, CancellationToken cancellationToken)
    {
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(Encoding.UTF8.GetBytes(json + "\n"), cancellationToken).ConfigureAwait(false);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It ended, or closed its input, without reading everything; its exit code tells whether that is a failure.
        }
    }

    private static async Task<Datum> FinishAsync(
        OsProcess process, StepRequest request, Task write, Task<string?> output, Task error, StringBuilder errors, CancellationToken cancellationToken)
    {
        try
        {
            // What the program left running may hold its output open for ever.
            await Task.WhenAll(write, output, error).WaitAsync(Grace, request.Environment.Clock, cancellationToken).ConfigureAwait(false);
        }
        catch (TimeoutException)
        {
            throw Faults.At("ORC5104", request.Step, "the program ended but something it started keeps its output open", "let it wait for what it starts, or give that another output");
        }

        if (process.ExitCode != 0)
        {
            string tail;
            lock (errors)
            {
                tail = Faults.Tail(errors.ToString());
            }

            throw Faults.At("ORC5102", request.Step, FormattableString.Invariant($"the program ended with code {process.ExitCode}") + (tail.Length > 0 ? ": " + tail : ""),
                $"run it by hand in {request.Environment.BaseDirectory}: {request.Service?.Target}", transient: true);
        }

        string text = await output.ConfigureAwait(false)
            ?? throw Faults.At("ORC5103", request.Step, $"the program wrote more than {new Bytes(OutputLimit)}", "let it write less, or write a file and give its name");
        return StepArguments.Read(text, request.Step.Type);
    }

    private static async Task KillAsync(OsProcess process)
    {
        try
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is InvalidOperationException or Win32Exception or NotSupportedException or AggregateException)
        {
            // It had ended already.
        }
    }
}
