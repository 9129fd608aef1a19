using System.Runtime.InteropServices;
using Microsoft.Extensions.Logging;
using Orchestrator.Daemon;
using Orchestrator.Diagnostics;

const string Usage = "orcd serve DIR… [--port 8417] [--host 127.0.0.1] [--runs 16]\n  serves the plans in the directories (each holds a plan.json) over HTTP";

if (ServeOptions.Read(args, out string mistake) is not { } options)
{
    await Console.Error.WriteLineAsync(mistake.Length > 0 ? $"orcd: {mistake}\n{Usage}" : Usage);
    return mistake.Length > 0 ? 2 : 0;
}

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    stop.Cancel();
}

using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var lines = new LineLoggerProvider(Console.Error, TimeProvider.System);
using ILoggerFactory logs = LoggerFactory.Create(builder => builder.AddProvider(lines));
try
{
    await using var daemon = new Daemon(options, [.. options.Directories.Select(ServedPlan.Open)], logs.CreateLogger<Daemon>());
    await daemon.ServeAsync(stop.Token);
    return 0;
}
catch (DiagnosticException e)
{
    foreach (Diagnostic diagnostic in e.Diagnostics)
    {
        await Console.Error.WriteAsync(DiagnosticText.Render(diagnostic));
    }

    return 1;
}
