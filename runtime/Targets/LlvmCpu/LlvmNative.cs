using System.Runtime.InteropServices;

namespace Orchestrator.Targets.LlvmCpu;

/// <summary>The part of LLVM's C API that the just-in-time compiler needs. Handles are opaque pointers; names are LLVM's.</summary>
internal static unsafe partial class LlvmNative
{
    public const string Library = "LLVM";
    public const int ReturnStatus = 2;
    public const int AggressiveOptimisation = 3;
    public const int RelocationPic = 2;
    public const int CodeModelJit = 1;

    [LibraryImport(Library)]
    public static partial void LLVMGetVersion(out uint major, out uint minor, out uint patch);

    [LibraryImport(Library)]
    public static partial void LLVMInstallFatalErrorHandler(delegate* unmanaged<byte*, void> handler);

    [LibraryImport(Library)]
    public static partial nint LLVMGetDefaultTargetTriple();

    [LibraryImport(Library)]
    public static partial nint LLVMGetHostCPUName();

    [LibraryImport(Library)]
    public static partial nint LLVMGetHostCPUFeatures();

    [LibraryImport(Library)]
    public static partial void LLVMDisposeMessage(nint message);

    [LibraryImport(Library)]
    public static partial int LLVMGetTargetFromTriple(nint triple, out nint target, out nint message);

    [LibraryImport(Library)]
    public static partial nint LLVMCreateTargetMachine(nint target, nint triple, nint cpu, nint features, int level, int relocation, int codeModel);

    [LibraryImport(Library)]
    public static partial void LLVMDisposeTargetMachine(nint machine);

    [LibraryImport(Library)]
    public static partial nint LLVMCreateTargetDataLayout(nint machine);

    [LibraryImport(Library)]
    public static partial void LLVMDisposeTargetData(nint layout);

    [LibraryImport(Library)]
    public static partial nint LLVMContextCreate();

    [LibraryImport(Library)]
    public static partial void LLVMContextDispose(nint context);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint LLVMCreateMemoryBufferWithMemoryRangeCopy(byte* data, nuint length, string name);

    [LibraryImport(Library)]
    public static partial int LLVMParseIRInContext(nint context, nint buffer, out nint module, out nint message);

    [LibraryImport(Library)]
    public static partial int LLVMVerifyModule(nint module, int action, out nint message);

    [LibraryImport(Library)]
    public static partial void LLVMDisposeModule(nint module);

    [LibraryImport(Library)]
    public static partial void LLVMSetTarget(nint module, nint triple);

    [LibraryImport(Library)]
    public static partial void LLVMSetModuleDataLayout(nint module, nint layout);

    [LibraryImport(Library)]
    public static partial nint LLVMCreatePassBuilderOptions();

    [LibraryImport(Library)]
    public static partial void LLVMDisposePassBuilderOptions(nint options);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint LLVMRunPasses(nint module, string passes, nint machine, nint options);

    [LibraryImport(Library)]
    public static partial nint LLVMGetErrorMessage(nint error);

    [LibraryImport(Library)]
    public static partial void LLVMDisposeErrorMessage(nint message);

    [LibraryImport(Library)]
    public static partial nint LLVMOrcCreateLLJITBuilder();

    [LibraryImport(Library)]
    public static partial nint LLVMOrcJITTargetMachineBuilderCreateFromTargetMachine(nint machine);

    [LibraryImport(Library)]
    public static partial void LLVMOrcLLJITBuilderSetJITTargetMachineBuilder(nint builder, nint machineBuilder);

    [LibraryImport(Library)]
    public static partial nint LLVMOrcCreateLLJIT(out nint jit, nint builder);

    [LibraryImport(Library)]
    public static partial nint LLVMOrcDisposeLLJIT(nint jit);

    [LibraryImport(Library)]
    public static partial nint LLVMOrcLLJITGetMainJITDylib(nint jit);

    [LibraryImport(Library)]
    public static partial nint LLVMOrcLLJITAddLLVMIRModule(nint jit, nint dylib, nint module);

    [LibraryImport(Library, StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint LLVMOrcLLJITLookup(nint jit, out ulong address, string name);

    [LibraryImport(Library)]
    public static partial nint LLVMOrcCreateNewThreadSafeContext();

    [LibraryImport(Library)]
    public static partial nint LLVMOrcThreadSafeContextGetContext(nint context);

    [LibraryImport(Library)]
    public static partial nint LLVMOrcCreateNewThreadSafeContextFromLLVMContext(nint context);

    [LibraryImport(Library)]
    public static partial nint LLVMOrcCreateNewThreadSafeModule(nint module, nint context);

    [LibraryImport(Library)]
    public static partial void LLVMOrcDisposeThreadSafeContext(nint context);
}
