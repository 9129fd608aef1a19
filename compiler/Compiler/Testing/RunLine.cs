using Orchestrator.Diagnostics;
using Orchestrator.IR;
using Orchestrator.IR.Testing;

namespace Orchestrator.Compiler.Testing;

/// <summary>One run of a test file: how the IR is made, and what is compared with what.</summary>
/// <param name="Options">The passes and switches.</param>
/// <param name="Check">How the output is compared with check lines; null when it only has to succeed.</param>
/// <param name="MustFail">Whether the run has to report an error (<c>not</c>).</param>
/// <param name="ChecksErrors">Whether the errors are part of the output (<c>2&gt;&amp;1</c>).</param>
/// <param name="Span">Where the run is written.</param>
internal sealed record RunLine(OptOptions Options, CheckOptions? Check, bool MustFail, bool ChecksErrors, SourceSpan Span);
