using System.CommandLine;
using System.Text.Json;
using Microsoft.VisualStudio.Threading;
using Orchestrator.Cli.Lsp;
using Orchestrator.Frontend.Editing;
using Orchestrator.IR.Editing;
using StreamJsonRpc;

namespace Orchestrator.Cli.Commands;

/// <summary><c>orc lsp</c>: the language server, over standard input and output.</summary>
internal static class LspCommand
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    public static Command Create()
    {
        // Editors pass --stdio by custom; there is nothing else.
        var stdio = new Option<bool>("--stdio") { Description = "Speak over standard input and output, which is the default and all there is" };
        var irdl = CommonOptions.Irdl();
        var plugin = CommonOptions.Plugin();
        var command = new Command("lsp", "The language server for .flow and .mlir, over standard input and output.") { stdio, irdl, plugin };
        command.SetAction((parsed, cancellation) => Exit.GuardAsync(json: false, () => ServeAsync(
            Languages(Additions.Load(parsed.GetValue(plugin) ?? [], Plugins.Load), parsed.GetValue(irdl)), Console.OpenStandardInput(), Console.OpenStandardOutput(), TimeProvider.System, Pause, cancellation)));
        return command;
    }

    /// <summary>Serves one editor until it goes.</summary>
    public static async Task<int> ServeAsync(
        Func<string, ILanguageService?> languages, Stream input, Stream output, TimeProvider time, TimeSpan pause, CancellationToken cancellation)
    {
        var server = new LanguageServer(languages, time, pause);
        var formatter = new SystemTextJsonFormatter
        {
            JsonSerializerOptions = new JsonSerializerOptions { TypeInfoResolver = MessageJson.Default, PropertyNamingPolicy = JsonNamingPolicy.CamelCase },
        };
        using var rpc = new JsonRpc(new HeaderDelimitedMessageHandler(output, input, formatter))
        {
            // One message after the other, so that an answer is about the text that the editor had when it asked.
            SynchronizationContext = new NonConcurrentSynchronizationContext(sticky: false),
        };
        rpc.AddLocalRpcTarget(server, new JsonRpcTargetOptions { DisposeOnDisconnect = false });
        server.Client = rpc;
        rpc.StartListening();
        await Task.WhenAny(server.Exited, rpc.Completion).WaitAsync(cancellation);
        return server.IsShutDown || !server.Exited.IsCompleted ? Exit.Fine : Exit.InputAtFault;
    }

    /// <summary>The services by file ending, with the dialects and passes of this program and those added.</summary>
    public static Func<string, ILanguageService?> Languages(Additions additions, IReadOnlyList<string>? irdl)
    {
        var mlir = new MlirService(ExtraDialects.Contexts(additions, irdl), additions.PassesWith(Compiler.GeneratedRegistry.Passes));
        var flow = new FlowService(import => File.Exists(import) ? SourceFile.ReadText(import) : null);
        return path => Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".mlir" => mlir,
            ".flow" => flow,
            _ => null,
        };
    }
}
