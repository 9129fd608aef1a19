using Microsoft.ML.OnnxRuntime;
using Orchestrator.Diagnostics;
using Orchestrator.Runtime;

namespace Orchestrator.Targets.OnnxRuntime;

/// <summary>One loaded ONNX model with one input and one output, both of floats. Thread-safe.</summary>
internal sealed class OnnxModel : IDisposable
{
    private readonly InferenceSession _session;
    private readonly string[] _inputs;
    private readonly string[] _outputs;

    /// <summary>Loads a file. <paramref name="threads"/> work on one execution.</summary>
    public OnnxModel(string path, int threads)
    {
        using var options = new SessionOptions
        {
            IntraOpNumThreads = threads,
            InterOpNumThreads = 1,
            // Every line has a width of its own: arenas and patterns that learn shapes only keep memory.
            EnableCpuMemArena = false,
            EnableMemoryPattern = false,
            LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR,
        };
        options.AddSessionConfigEntry("session.intra_op.allow_spinning", "0");
        try
        {
            _session = new InferenceSession(path, options);
        }
        catch (OnnxRuntimeException e)
        {
            throw new StepFailedException(Diagnostic.Error("ORC5204", $"the model file {path} cannot be loaded: {e.Message}", SourceSpan.None,
                "delete its folder and run tools/fetch-models/run"));
        }

        _inputs = [.. _session.InputNames];
        _outputs = [_session.OutputNames[0]];
    }

    /// <summary>Runs the model and hands its output, with its shape, to <paramref name="read"/>. Stops soon after cancellation.</summary>
    public T Run<T>(float[] input, long[] shape, Func<OrtValue, long[], T> read, CancellationToken cancellationToken)
    {
        using var run = new RunOptions();
        using CancellationTokenRegistration stop = cancellationToken.Register(() => run.Terminate = true);
        using var value = OrtValue.CreateTensorValueFromMemory(input, shape);
        try
        {
            using IDisposableReadOnlyCollection<OrtValue> outputs = _session.Run(run, _inputs, [value], _outputs);
            return read(outputs[0], outputs[0].GetTensorTypeAndShape().Shape);
        }
        catch (OnnxRuntimeException) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException(cancellationToken);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _session.Dispose();
}
