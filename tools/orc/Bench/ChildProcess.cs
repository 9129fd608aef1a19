using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Orchestrator.Cli.Bench;

/// <summary>What one run of a program took.</summary>
/// <param name="Wall">From before it was started until it had ended.</param>
/// <param name="PeakBytes">The most memory that it held at once (resident set). The kernel counts what this process held when it started the
/// other, so figures below that (about 50 MiB) are too high.</param>
/// <param name="ExitCode">Its exit code; 128 and the signal's number when a signal ended it.</param>
internal readonly record struct ChildUsage(TimeSpan Wall, long PeakBytes, int ExitCode);

/// <summary>Runs a program with its output thrown away or put into a file. Linux only: the kernel's account of each child is what is wanted.</summary>
internal static unsafe partial class ChildProcess
{
    private const int WriteOnlyCreateTruncate = 0x241; // O_WRONLY | O_CREAT | O_TRUNC
    private const int ActionsSize = 256; // posix_spawn_file_actions_t has 80 bytes in glibc.

    // struct rusage of 64-bit Linux: two times, then 14 longs of which the first is ru_maxrss in KiB.
    private const int MaxResident = 4;
    private const int UsageLongs = 18;

    /// <summary>Runs <paramref name="program"/>, a path, until it ends.</summary>
    /// <exception cref="FileNotFoundException">It cannot be started.</exception>
    public static ChildUsage Run(string program, IReadOnlyList<string> arguments, string output = "/dev/null")
    {
        byte* actions = stackalloc byte[ActionsSize];
        new Span<byte>(actions, ActionsSize).Clear();
        nint[] argv = [.. arguments.Prepend(program).Select(Marshal.StringToCoTaskMemUTF8), 0];
        nint[] environment = [.. Environment.GetEnvironmentVariables().Cast<System.Collections.DictionaryEntry>().Select(e => Marshal.StringToCoTaskMemUTF8($"{e.Key}={e.Value}")), 0];
        try
        {
            fixed (nint* argvStart = argv, environmentStart = environment)
            {
                int error = posix_spawn_file_actions_init(actions)
                    | posix_spawn_file_actions_addopen(actions, 1, output, WriteOnlyCreateTruncate, 0x1A4)
                    | posix_spawn_file_actions_addopen(actions, 2, "/dev/null", WriteOnlyCreateTruncate, 0x1A4);
                long start = Stopwatch.GetTimestamp();
                error |= posix_spawn(out int child, program, actions, 0, argvStart, environmentStart);
                return error == 0 ? Wait(child, start) : throw new FileNotFoundException($"'{program}' cannot be started (error {error})", program);
            }
        }
        finally
        {
            _ = posix_spawn_file_actions_destroy(actions);
            foreach (nint text in argv.Concat(environment))
            {
                Marshal.FreeCoTaskMem(text);
            }
        }
    }

    private static ChildUsage Wait(int child, long start)
    {
        long* usage = stackalloc long[UsageLongs];
        int status;
        while (wait4(child, out status, 0, usage) < 0)
        {
            // A signal for this process, such as a resized window, ends the wait early.
        }

        int exitCode = (status & 0x7F) == 0 ? (status >> 8) & 0xFF : 128 + (status & 0x7F);
        return new ChildUsage(Stopwatch.GetElapsedTime(start), usage[MaxResident] * 1024, exitCode);
    }

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_init(byte* actions);

    [LibraryImport("libc")]
    private static partial int posix_spawn_file_actions_destroy(byte* actions);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn_file_actions_addopen(byte* actions, int descriptor, string path, int flags, int mode);

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int posix_spawn(out int pid, string path, byte* actions, nint attributes, nint* argv, nint* environment);

    [LibraryImport("libc")]
    private static partial int wait4(int pid, out int status, int options, long* usage);
}
