using System.Globalization;
using Orchestrator.Runtime;

namespace Orchestrator.Cli;

/// <summary>Shows on standard error, when a person watches, which steps run and the text of a model as it comes.</summary>
internal sealed class RunProgress : IDisposable
{
    private readonly Task _reading = Task.CompletedTask;
    private bool _midLine;

    public RunProgress(EngineOptions options, bool quiet)
    {
        Options = options;
        if (!quiet && Terminal.ShowsProgress)
        {
            var events = new RunEvents();
            Options = options with { Events = events };
            _reading = ShowAsync(events);
        }
    }

    /// <summary>The options with a listener, if anybody watches.</summary>
    public EngineOptions Options { get; }

    /// <summary>Waits until all is shown; call it when the run has ended.</summary>
    public void Close() => _reading.GetAwaiter().GetResult();

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_midLine)
        {
            Terminal.Error.WriteLine();
        }
    }

    private async Task ShowAsync(RunEvents events)
    {
        await foreach (RunEvent happened in events.ReadAllAsync().ConfigureAwait(false))
        {
            switch (happened.Kind)
            {
                case RunEventKind.Piece:
                    Terminal.Error.Write(happened.Text);
                    _midLine = true;
                    break;
                case RunEventKind.Retried or RunEventKind.Failed:
                    Line(happened.At, $"{happened.Name}: {happened.Text}");
                    break;
                case RunEventKind.Finished:
                    Line(happened.At, happened.Name);
                    break;
            }
        }
    }

    private void Line(TimeSpan at, string text)
    {
        if (_midLine)
        {
            Terminal.Error.WriteLine();
            _midLine = false;
        }

        Terminal.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{at.TotalSeconds,8:0.00} s  {text}"));
    }
}
