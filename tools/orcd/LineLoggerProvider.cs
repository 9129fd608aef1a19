using System.Globalization;
using Microsoft.Extensions.Logging;

namespace Orchestrator.Daemon;

/// <summary>Writes one line for each message: time, level, message.</summary>
internal sealed class LineLoggerProvider(TextWriter writer, TimeProvider clock) : ILoggerProvider, ILogger
{
    public ILogger CreateLogger(string categoryName) => this;

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (IsEnabled(logLevel))
        {
            string line = string.Create(CultureInfo.InvariantCulture, $"{clock.GetUtcNow():yyyy-MM-ddTHH:mm:ss.fffZ} {logLevel} {formatter(state, exception)}");
            lock (writer)
            {
                writer.WriteLine(exception is null ? line : $"{line}\n{exception}");
            }
        }
    }

    public void Dispose()
    {
    }
}
