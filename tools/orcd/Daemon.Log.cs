using Microsoft.Extensions.Logging;

namespace Orchestrator.Daemon;

internal sealed partial class Daemon
{
    [LoggerMessage(Level = LogLevel.Information, Message = "serving {Workflows} on {Address}")]
    private partial void LogServing(string workflows, string address);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Workflow}: '{Service}' is not available: {Why}")]
    private partial void LogUnavailable(string workflow, string service, string why);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Workflow} gave a value after {Milliseconds} ms")]
    private partial void LogFinished(string workflow, double milliseconds);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Workflow} failed after {Milliseconds} ms: {Code} {Reason}")]
    private partial void LogFailed(string workflow, double milliseconds, string code, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "a bug while answering {Request}")]
    private partial void LogBug(string request, Exception bug);

    [LoggerMessage(Level = LogLevel.Information, Message = "stopping; {Count} requests under way")]
    private partial void LogStopping(int count);
}
