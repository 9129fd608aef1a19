using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Orchestrator.Targets.Probe;

/// <summary>Ways from one step to the next, each as a body that makes the way there and back, or a number of times.</summary>
internal static class Hops
{
    /// <summary>Round trips in one repeat, so that a clock of 100 ns steps sees them.</summary>
    public const int RoundTrips = 50;

    private const int ProcessLimitMs = 2000;

    /// <summary>Sends a value through a queue to a loop on another thread and waits for the one that comes back, <see cref="RoundTrips"/> times.</summary>
    public static async ValueTask QueueAsync(CancellationToken cancellationToken)
    {
        Channel<int> there = Channel.CreateBounded<int>(1);
        Channel<int> back = Channel.CreateBounded<int>(1);
        Task echo = EchoAsync(there.Reader, back.Writer, cancellationToken);
        for (int i = 0; i < RoundTrips; i++)
        {
            await there.Writer.WriteAsync(i, cancellationToken).ConfigureAwait(false);
            await back.Reader.ReadAsync(cancellationToken).ConfigureAwait(false);
        }

        there.Writer.Complete();
        await echo.ConfigureAwait(false);
    }

    /// <summary>Sends 64 bytes over a loopback connection and reads them back, <see cref="RoundTrips"/> times, on blocking sockets.</summary>
    public static void Loopback(Socket client, Socket server)
    {
        Span<byte> message = stackalloc byte[64];
        for (int i = 0; i < RoundTrips; i++)
        {
            client.Send(message);
            Receive(server, message);
            server.Send(message);
            Receive(client, message);
        }
    }

    /// <summary>A pair of connected sockets on the loopback interface.</summary>
    public static (Socket Client, Socket Server) Connect()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(listener.LocalEndPoint ?? throw new SocketException((int)SocketError.AddressNotAvailable));
        Socket server = listener.Accept();
        server.NoDelay = true;
        (client.ReceiveTimeout, server.ReceiveTimeout) = (ProcessLimitMs, ProcessLimitMs);
        return (client, server);
    }

    /// <summary>Starts a program, waits for its end and gives what it wrote first, at most one line; null when it does not start, fails or takes too long.</summary>
    public static string? Process(string program, params ReadOnlySpan<string> arguments)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardOutput = true, UseShellExecute = false };
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            using System.Diagnostics.Process? process = System.Diagnostics.Process.Start(start);
            if (process is null || !process.WaitForExit(ProcessLimitMs))
            {
                process?.Kill();
                return null;
            }

            return process.ExitCode == 0 ? process.StandardOutput.ReadLine() ?? "" : null;
        }
        catch (Exception e) when (e is System.ComponentModel.Win32Exception or IOException or InvalidOperationException)
        {
            return null;
        }
    }

    private static void Receive(Socket socket, Span<byte> message)
    {
        int got = 0;
        while (got < message.Length)
        {
            int read = socket.Receive(message[got..]);
            got += read > 0 ? read : throw new SocketException((int)SocketError.ConnectionReset);
        }
    }

    private static async Task EchoAsync(ChannelReader<int> reader, ChannelWriter<int> writer, CancellationToken cancellationToken)
    {
        await Task.Yield();
        await foreach (int value in reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            await writer.WriteAsync(value, cancellationToken).ConfigureAwait(false);
        }
    }
}
