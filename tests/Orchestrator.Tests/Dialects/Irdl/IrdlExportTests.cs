using Orchestrator.Diagnostics;
using Orchestrator.Dialects;
using Orchestrator.Dialects.Builtin;
using Orchestrator.Dialects.Irdl;
using Orchestrator.IR;
using Xunit;

namespace Orchestrator.Tests.Dialects.Irdl;

/// <summary>Our dialects as IRDL: read by MLIR's tool and by us, and as generous as the originals.</summary>
public sealed class IrdlExportTests
{
    public static TheoryData<string> Names => [.. DialectSet.Create().Select(d => d.Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task MlirOptReadsTheExport(string name)
    {
        (int code, _, string error) = await MlirOptIrdl.RunAsync(Export(name));
        Assert.True(code == 0, error);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void TheExportNamesEveryOperationAndItsParts(string name)
    {
        string text = Export(name);
        foreach (OpInfo op in Named(name).Ops)
        {
            Assert.Contains($"irdl.operation @{op.Name[(name.Length + 1)..].Replace('.', '_')} ", text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(MlirFileTests.Valid), MemberType = typeof(MlirFileTests))]
    public void WhatVerifiesUnderADialectVerifiesUnderItsExport(string file)
    {
        // builtin stays: what a module is, the parser knows. Its own definition of IRDL is exported like the others.
        string[] names = [.. DialectSet.Create().Select(d => d.Name).Where(n => n != "builtin")];
        var bag = new DiagnosticBag();
        DeclaredDialects? declared = DeclaredDialects.Read([.. names.Select(n => new SourceText(n + ".irdl", Export(n)))], [], bag);
        Assert.True(declared is not null, DiagnosticText.Render(bag));

        // In generic form, because the exported dialects do not know the pretty one.
        string text = IRParser.Parse(Source(file), DialectSet.NewContext(), bag)?.Print() ?? "";
        var context = new Context([new BuiltinDialect(), .. declared.Create()]);
        ParsedModule? parsed = IRParser.Parse(new SourceText(file, text), context, bag);
        Assert.True(parsed is not null && IRVerifier.Verify(parsed.Module, bag), DiagnosticText.Render(bag));
        Assert.Equal(text, parsed.Print());
        Assert.DoesNotContain(parsed.Module.Walk(), op => op is UnregisteredOperation && names.Contains(op.Name.DialectName));
    }

    [Theory]
    [InlineData("\"agent.call\"() <{model = @m}> : () -> ()", "operand")]
    [InlineData("%0 = \"t.u\"() : () -> i1 %1 = \"agent.call\"(%0) : (i1) -> i1", "lacks the attribute 'model'")]
    [InlineData("%0 = \"t.u\"() : () -> i1 %1 = \"agent.embed\"(%0) <{model = @m}> : (i1) -> i1", "!agent.vector is wanted, but i1 is found")]
    public void TheExportRefusesWhatBreaksIt(string text, string reason)
    {
        var bag = new DiagnosticBag();
        DeclaredDialects? declared = DeclaredDialects.Read([new SourceText("agent.irdl", Export("agent"))], [], bag);
        Assert.True(declared is not null, DiagnosticText.Render(bag));
        ParsedModule? parsed = IRParser.Parse(new SourceText("x.mlir", text), new Context([new BuiltinDialect(), .. declared.Create()]), bag);
        Assert.True(parsed is not null, DiagnosticText.Render(bag));
        Assert.False(IRVerifier.Verify(parsed.Module, bag));
        Assert.Contains(bag.Items, d => d.Message.Contains(reason, StringComparison.Ordinal));
    }

    private static Dialect Named(string name) => DialectSet.Create().Single(d => d.Name == name);

    private static string Export(string name) => IrdlExport.Write(Named(name));

    private static SourceText Source(string file) => new(file, File.ReadAllText(Repository.PathOf("tests/Orchestrator.Tests/Dialects/" + file)));
}
