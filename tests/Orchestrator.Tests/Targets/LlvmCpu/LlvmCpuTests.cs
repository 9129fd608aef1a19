using Orchestrator.Diagnostics;
using Orchestrator.Targets.LlvmCpu;
using Xunit;

namespace Orchestrator.Tests.Targets.LlvmCpu;

/// <summary>Compiling text at run time.</summary>
public sealed unsafe class LlvmCpuTests
{
    private const string Twice = "define i64 @twice(i64 %x) {\n  %y = add i64 %x, %x\n  ret i64 %y\n}\n";

    [Fact]
    public void TextBecomesAFunction()
    {
        using Orchestrator.Targets.LlvmCpu.LlvmCpu llvm = Create();
        var twice = (delegate* unmanaged<long, long>)llvm.Compile("twice", Twice).AddressOf("twice");
        Assert.Equal(42, twice(21));
    }

    [Fact]
    public void EqualTextIsCompiledOnce()
    {
        using Orchestrator.Targets.LlvmCpu.LlvmCpu llvm = Create();
        Assert.Same(llvm.Compile("a", Twice), llvm.Compile("b", Twice));
        Assert.NotSame(llvm.Compile("a", Twice), llvm.Compile("a", Twice + "; other\n"));
    }

    [Theory]
    [InlineData("this is no module")]
    [InlineData("define i32 @f() {\n  ret i64 0\n}\n")]
    [InlineData("define i32 @f(i1 %c) {\na:\n  br i1 %c, label %b, label %d\nb:\n  %x = add i32 1, 1\n  br label %d\nd:\n  ret i32 %x\n}\n")]
    public void BrokenTextIsADiagnostic(string text)
    {
        using Orchestrator.Targets.LlvmCpu.LlvmCpu llvm = Create();
        DiagnosticException refused = Assert.Throws<DiagnosticException>(() => llvm.Compile("broken", text));
        Assert.Equal("ORC5801", refused.Diagnostics[0].Code);
        Assert.Contains("'broken'", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AMissingFunctionIsADiagnostic()
    {
        using Orchestrator.Targets.LlvmCpu.LlvmCpu llvm = Create();
        Assert.Equal("ORC5801", Assert.Throws<DiagnosticException>(() => llvm.Compile("twice", Twice).AddressOf("thrice")).Diagnostics[0].Code);
    }

    [Fact]
    public void AMissingLibraryIsAReason()
    {
        Assert.Equal(0, LlvmLibrary.Open(["libLLVM.so.none"], out string reason));
        Assert.Contains("libLLVM.so.none", reason, StringComparison.Ordinal);
        Assert.Contains("libllvm22", reason, StringComparison.Ordinal);
    }

    private static Orchestrator.Targets.LlvmCpu.LlvmCpu Create()
    {
        Orchestrator.Targets.LlvmCpu.LlvmCpu? llvm = Orchestrator.Targets.LlvmCpu.LlvmCpu.TryCreate(out string reason);
        Assert.SkipWhen(llvm is null, reason);
        return llvm;
    }
}
