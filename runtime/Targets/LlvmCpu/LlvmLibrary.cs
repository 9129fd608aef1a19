using System.Reflection;
using System.Runtime.InteropServices;

namespace Orchestrator.Targets.LlvmCpu;

/// <summary>Finds libLLVM and makes it ready for this machine's processor, once in a process.</summary>
internal static unsafe class LlvmLibrary
{
    // Newest first. 14 reads no opaque pointers, 15 crashes under the default code model: neither is tried.
    private static readonly string[] s_names = ["libLLVM.so.22.1", "libLLVM.so.19.1"];
    private static readonly Lock s_gate = new();
    private static (nint Handle, string Reason)? s_loaded;

    /// <summary>Whether the context of a module can be handed over (22), or must be asked for (19).</summary>
    public static bool TakesContext { get; private set; }

    /// <summary>The library's name and version, or why there is none.</summary>
    public static bool Load(out string reason)
    {
        lock (s_gate)
        {
            s_loaded ??= LoadFirst();
            reason = s_loaded.Value.Reason;
            return s_loaded.Value.Handle != 0;
        }
    }

    /// <summary>Opens the first library of a list; 0 when none can be used, and then why.</summary>
    internal static nint Open(IReadOnlyList<string> names, out string reason)
    {
        foreach (string name in names)
        {
            if (NativeLibrary.TryLoad(name, out nint handle))
            {
                reason = name;
                return handle;
            }
        }

        reason = $"LLVM is not installed ({string.Join(" or ", names)}; on Debian: apt-get install libllvm22)";
        return 0;
    }

    private static (nint, string) LoadFirst()
    {
        nint handle = Open(s_names, out string name);
        if (handle == 0)
        {
            return (0, name);
        }

        string? architecture = RuntimeInformation.ProcessArchitecture switch
        {
            Architecture.X64 => "X86",
            Architecture.Arm64 => "AArch64",
            _ => null,
        };
        if (architecture is null)
        {
            return (0, $"no LLVM back end is set up for {RuntimeInformation.ProcessArchitecture}");
        }

        foreach (string part in (string[])["TargetInfo", "Target", "TargetMC", "AsmPrinter", "AsmParser"])
        {
            if (!NativeLibrary.TryGetExport(handle, $"LLVMInitialize{architecture}{part}", out nint initialize))
            {
                return (0, $"{name} was built without its back end for {architecture}");
            }

            ((delegate* unmanaged<void>)initialize)();
        }

        NativeLibrary.SetDllImportResolver(typeof(LlvmLibrary).Assembly, Resolve);
        TakesContext = NativeLibrary.TryGetExport(handle, nameof(LlvmNative.LLVMOrcCreateNewThreadSafeContextFromLLVMContext), out _);
        s_loaded = (handle, name);
        LlvmNative.LLVMInstallFatalErrorHandler(&OnFatalError);
        LlvmNative.LLVMGetVersion(out uint major, out uint minor, out uint patch);
        return (handle, $"LLVM {major}.{minor}.{patch} ({name})");
    }

    // A resolver answers for a whole assembly; 0 leaves other libraries to the usual search.
    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? path) =>
        name == LlvmNative.Library && s_loaded is { } loaded ? loaded.Handle : 0;

    // LLVM aborts the process after such an error whatever we do; this at least says why.
    [UnmanagedCallersOnly]
    private static void OnFatalError(byte* message) =>
        Environment.FailFast("LLVM cannot go on: " + Marshal.PtrToStringUTF8((nint)message));
}
