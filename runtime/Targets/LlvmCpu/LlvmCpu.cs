using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Orchestrator.Diagnostics;

namespace Orchestrator.Targets.LlvmCpu;

/// <summary>
/// Compiles textual LLVM IR for this machine's processor while the program runs. Made once and shared; thread-safe. Code lives as long as this
/// object: nothing compiled by it may be called after <see cref="Dispose"/>.
/// </summary>
public sealed class LlvmCpu : IDisposable
{
    private const int LongestText = 16 << 20;

    private readonly ConcurrentDictionary<string, Lazy<LlvmKernel>> _kernels = new(StringComparer.Ordinal);

    private LlvmCpu(string version) => Version = version;

    /// <summary>LLVM's version and file, <c>LLVM 22.1.8 (libLLVM.so.22.1)</c>.</summary>
    public string Version { get; }

    /// <summary>A compiler, or null where LLVM is missing or cannot serve this processor; <paramref name="reason"/> says which version or why not.</summary>
    public static LlvmCpu? TryCreate(out string reason) => LlvmLibrary.Load(out reason) ? new LlvmCpu(reason) : null;

    /// <summary>
    /// Compiles a module, at most 16 MB of text; the same text is compiled once. Throws <see cref="DiagnosticException"/> (ORC5801) when LLVM refuses the text.
    /// </summary>
    /// <param name="name">What the text is called in errors, such as its file.</param>
    /// <param name="text">LLVM IR.</param>
    public LlvmKernel Compile(string name, string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText)
        {
            throw Refused(name, $"it is longer than {LongestText >> 20} MB");
        }

        string key = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
        return _kernels.GetOrAdd(key, _ => new Lazy<LlvmKernel>(() => CompileNew(name, text))).Value;
    }

    /// <summary>Frees all compiled code.</summary>
    public void Dispose()
    {
        foreach (Lazy<LlvmKernel> kernel in _kernels.Values)
        {
            if (kernel.IsValueCreated)
            {
                kernel.Value.Dispose();
            }
        }

        _kernels.Clear();
    }

    private static LlvmKernel CompileNew(string name, string text)
    {
        nint safe = LlvmLibrary.TakesContext ? 0 : LlvmNative.LLVMOrcCreateNewThreadSafeContext();
        nint context = safe == 0 ? LlvmNative.LLVMContextCreate() : LlvmNative.LLVMOrcThreadSafeContextGetContext(safe);
        safe = safe == 0 ? LlvmNative.LLVMOrcCreateNewThreadSafeContextFromLLVMContext(context) : safe;
        try
        {
            nint module = Parse(name, text, context);
            using var machine = new TargetMachine(name);
            Optimise(name, module, machine);

            // The module keeps its own hold on the context; ours ends below.
            return Link(name, LlvmNative.LLVMOrcCreateNewThreadSafeModule(module, safe), machine);
        }
        finally
        {
            LlvmNative.LLVMOrcDisposeThreadSafeContext(safe);
        }
    }

    private static unsafe nint Parse(string name, string text, nint context)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        nint buffer;
        fixed (byte* start = bytes)
        {
            buffer = LlvmNative.LLVMCreateMemoryBufferWithMemoryRangeCopy(start, (nuint)bytes.Length, name);
        }

        if (LlvmNative.LLVMParseIRInContext(context, buffer, out nint module, out nint message) != 0)
        {
            throw Refused(name, Take(message));
        }

        if (LlvmNative.LLVMVerifyModule(module, LlvmNative.ReturnStatus, out message) != 0)
        {
            LlvmNative.LLVMDisposeModule(module);
            throw Refused(name, Take(message));
        }

        LlvmNative.LLVMDisposeMessage(message);
        return module;
    }

    private static void Optimise(string name, nint module, TargetMachine machine)
    {
        machine.Describe(module);
        nint options = LlvmNative.LLVMCreatePassBuilderOptions();
        nint error = LlvmNative.LLVMRunPasses(module, "default<O3>", machine.Handle, options);
        LlvmNative.LLVMDisposePassBuilderOptions(options);
        if (error != 0)
        {
            LlvmNative.LLVMDisposeModule(module);
            throw Refused(name, TakeError(error));
        }
    }

    private static LlvmKernel Link(string name, nint module, TargetMachine machine)
    {
        nint builder = LlvmNative.LLVMOrcCreateLLJITBuilder();
        LlvmNative.LLVMOrcLLJITBuilderSetJITTargetMachineBuilder(builder, LlvmNative.LLVMOrcJITTargetMachineBuilderCreateFromTargetMachine(machine.Release()));
        nint error = LlvmNative.LLVMOrcCreateLLJIT(out nint jit, builder);
        if (error != 0)
        {
            throw Refused(name, TakeError(error));
        }

        error = LlvmNative.LLVMOrcLLJITAddLLVMIRModule(jit, LlvmNative.LLVMOrcLLJITGetMainJITDylib(jit), module);
        return error == 0 ? new LlvmKernel(name, jit) : throw Refused(name, TakeError(error));
    }

    internal static DiagnosticException Refused(string name, string why) => new(Diagnostic.Error(
        "ORC5801", $"the kernel '{name}' cannot be compiled: {why.Trim()}", SourceSpan.None, "compile the workflow again, which writes its kernels anew"));

    internal static string Take(nint message)
    {
        string text = Marshal.PtrToStringUTF8(message) ?? "";
        LlvmNative.LLVMDisposeMessage(message);
        return text;
    }

    internal static string TakeError(nint error)
    {
        nint message = LlvmNative.LLVMGetErrorMessage(error);
        string text = Marshal.PtrToStringUTF8(message) ?? "";
        LlvmNative.LLVMDisposeErrorMessage(message);
        return text;
    }
}
