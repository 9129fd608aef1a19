namespace Orchestrator.Targets.LlvmCpu;

/// <summary>Code generation for the processor that this runs on, with all the features that it has.</summary>
internal sealed class TargetMachine : IDisposable
{
    private readonly nint _triple = LlvmNative.LLVMGetDefaultTargetTriple();

    public TargetMachine(string kernel)
    {
        if (LlvmNative.LLVMGetTargetFromTriple(_triple, out nint target, out nint message) != 0)
        {
            throw LlvmCpu.Refused(kernel, LlvmCpu.Take(message));
        }

        nint cpu = LlvmNative.LLVMGetHostCPUName();
        nint features = LlvmNative.LLVMGetHostCPUFeatures();
        Handle = LlvmNative.LLVMCreateTargetMachine(
            target, _triple, cpu, features, LlvmNative.AggressiveOptimisation, LlvmNative.RelocationPic, LlvmNative.CodeModelJit);
        LlvmNative.LLVMDisposeMessage(cpu);
        LlvmNative.LLVMDisposeMessage(features);
    }

    public nint Handle { get; private set; }

    /// <summary>Tells a module what it is compiled for.</summary>
    public void Describe(nint module)
    {
        LlvmNative.LLVMSetTarget(module, _triple);
        nint layout = LlvmNative.LLVMCreateTargetDataLayout(Handle);
        LlvmNative.LLVMSetModuleDataLayout(module, layout);
        LlvmNative.LLVMDisposeTargetData(layout);
    }

    /// <summary>Gives the machine to somebody who will free it.</summary>
    public nint Release()
    {
        nint handle = Handle;
        Handle = 0;
        return handle;
    }

    public void Dispose()
    {
        if (Handle != 0)
        {
            LlvmNative.LLVMDisposeTargetMachine(Handle);
            Handle = 0;
        }

        LlvmNative.LLVMDisposeMessage(_triple);
    }
}
