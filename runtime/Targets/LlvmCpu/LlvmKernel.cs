namespace Orchestrator.Targets.LlvmCpu;

/// <summary>A compiled module.</summary>
public sealed class LlvmKernel
{
    private readonly string _name;
    private nint _jit;

    internal LlvmKernel(string name, nint jit) => (_name, _jit) = (name, jit);

    /// <summary>
    /// The address of a function, to be called as <c>delegate* unmanaged</c> with exactly the signature that its text declares. The first call for a
    /// module generates its machine code. Throws a diagnostic (ORC5801) when there is no such function.
    /// </summary>
    public nint AddressOf(string function)
    {
        ObjectDisposedException.ThrowIf(_jit == 0, this);
        nint error = LlvmNative.LLVMOrcLLJITLookup(_jit, out ulong address, function);
        return error == 0 ? (nint)address : throw LlvmCpu.Refused(_name, LlvmCpu.TakeError(error));
    }

    internal void Dispose()
    {
        nint jit = _jit;
        _jit = 0;
        if (jit != 0)
        {
            // An error on the way out leaves nothing to do but to take it off LLVM's hands.
            nint error = LlvmNative.LLVMOrcDisposeLLJIT(jit);
            if (error != 0)
            {
                LlvmCpu.TakeError(error);
            }
        }
    }
}
