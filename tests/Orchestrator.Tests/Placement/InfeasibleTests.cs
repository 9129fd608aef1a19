using System.Globalization;
using Orchestrator.Compiler;
using Orchestrator.Compiler.Emit;
using Orchestrator.CostModels;
using Orchestrator.Diagnostics;
using Orchestrator.Plan;
using Orchestrator.Tests.Samples;
using Xunit;

namespace Orchestrator.Tests.Placing;

/// <summary>
/// Inputs without a plan, each a sample with something changed: what is told must name the cause, and what is said to help must help when it is
/// asked for in the way a user would.
/// </summary>
public sealed class InfeasibleTests
{
    private const string Server = "{ name: server, kind: EPYC 9654, count: 4, at: us-east, price: { usd_hour: 3.28448 } }";
    private const string Large = "{ name: H100, kind: H100 SXM 80GB, count: 16, at: us-east, price: { cloud: aws, instance: p5.48xlarge } }";
    private const string Small = "{ name: L4, kind: L4, count: 1, at: us-east, price: { cloud: aws, instance: g6.xlarge } }";
    private const string Apart = "{ name: H100, kind: H100 SXM 80GB, count: 16, at: eu-west, price: { cloud: aws, instance: p5.48xlarge } }";
    private static readonly string[] NoChange = ["", ""];

    // Sample, devices, promises of the command line, rate, what is replaced in the text by what, and what the explanation must name.
    private static readonly (string Sample, string Fleet, string Sla, string Rate, string[] Change, string Cause)[] Cases =
    [
        // Too tight a latency.
        ("cascade", $"{Large}, {Server}", "p95 <= 1 s", "", NoChange, "latency p95"),
        ("cascade", $"{Large}, {Server}", "p50 <= 200 ms", "", NoChange, "latency p50"),
        ("cascade", $"{Large}, {Server}", "p99 <= 2 s", "", NoChange, "latency p99"),
        ("rag-chat", $"{Large}, {Server}", "p95 <= 500 ms", "", NoChange, "latency p95"),
        ("map-reduce-summary", $"{Large}, {Server}", "p95 <= 1 s", "", NoChange, "latency p95"),
        ("page-extraction", $"{Large}, {Server}", "p95 <= 2 s", "", NoChange, "latency p95"),
        ("coding-agent", $"{Large}, {Server}", "p95 <= 1 min", "", NoChange, "latency p95"),
        ("tree-search", $"{Large}, {Server}", "p95 <= 10 s", "", NoChange, "latency p95"),
        ("best-of-n", $"{Large}, {Server}", "p95 <= 5 s", "", NoChange, "latency p95"),
        ("federated-round", Server, "p95 <= 1 min", "", NoChange, "latency p95"),
        ("science-dag", Server, "p95 <= 30 s", "", NoChange, "latency p95"),
        ("voice-agent", $"{Large}, {Server}", "p95 <= 300 ms", "", NoChange, "latency p95"),
        ("support-triage", $"{Large}, {Server}", "", "", ["p95 <= 8 s", "p95 <= 20 ms"], "of the block"),
        // Too tight a first token.
        ("rag-chat", $"{Large}, {Server}", "first token p95 <= 10 ms", "", NoChange, "first token p95"),
        ("cascade", $"{Large}, {Server}", "first token p95 <= 10 ms", "", NoChange, "first token p95"),
        ("map-reduce-summary", $"{Large}, {Server}", "first token p95 <= 10 ms", "", NoChange, "first token p95"),
        ("tree-search", $"{Large}, {Server}", "first token p50 <= 10 ms", "", NoChange, "first token p50"),
        // Too high a rate, or too few devices for it.
        ("cascade", $"{Large}, {Server}", "", "20000/s", NoChange, "devices"),
        ("rag-chat", $"{Large}, {Server}", "", "20000/s", NoChange, "devices"),
        ("map-reduce-summary", $"{Large}, {Server}", "", "5000/s", NoChange, "devices"),
        ("page-extraction", $"{Large}, {Server}", "", "5000/s", NoChange, "devices"),
        ("coding-agent", $"{Large}, {Server}", "", "5000/s", NoChange, "devices"),
        ("science-dag", Server, "", "500/s", NoChange, "devices"),
        ("tree-search", $"{Large}, {Server}", "", "2000/s", NoChange, "devices"),
        ("map-reduce-summary", $"{Small}, {Server}", "", "", NoChange, "devices"),
        ("coding-agent", $"{Large.Replace("count: 16", "count: 1", StringComparison.Ordinal)}, {Server}", "", "50/s", NoChange, "devices"),
        // Too little memory.
        ("cascade", $"{Small}, {Server.Replace("price", "runs: [http, process], price", StringComparison.Ordinal)}", "", "", NoChange, "do not fit"),
        ("coding-agent", $"{Small}, {Server.Replace("price", "runs: [mcp], price", StringComparison.Ordinal)}", "", "", NoChange, "do not fit"),
        ("best-of-n", $"{Small}, {Server.Replace("price", "runs: [process], price", StringComparison.Ordinal)}", "", "", NoChange, "do not fit"),
        ("cascade", $"{Large.Replace("count: 16", "count: 1", StringComparison.Ordinal)}, {Server.Replace("price", "runs: [http], price", StringComparison.Ordinal)}", "", "", ["Llama-3.1-70B", "Llama-3.1-405B"], "do not fit"),
        // Too little money.
        ("cascade", $"{Large}, {Server}", "budget <= $0.000001", "", NoChange, "budget"),
        ("rag-chat", $"{Large}, {Server}", "budget <= $0.000001", "", NoChange, "budget"),
        ("map-reduce-summary", $"{Large}, {Server}", "budget <= $0.000001", "", NoChange, "budget"),
        ("best-of-n", $"{Large}, {Server}", "budget <= $0.001", "", NoChange, "budget"),
        ("tree-search", $"{Large}, {Server}", "budget <= $0.00001", "", NoChange, "budget"),
        ("science-dag", Server, "budget <= $0.00001", "", NoChange, "budget"),
        // Data that may not go where the machines are.
        ("cascade", $"{Large}, {Server}", "", "", ["rate 10/s", "rate 10/s, within region \"eu\""], "must stay in eu"),
        ("rag-chat", $"{Large}, {Server}", "", "", ["rate 10/s", "rate 10/s, within region \"eu\""], "must stay in eu"),
        ("science-dag", Server, "", "", ["rate 10/h", "rate 10/h, within region \"eu\""], "must stay in eu"),
        ("map-reduce-summary", $"{Large}, {Server}", "", "", ["expect 3200 in, 700 out", "expect 3200 in, 700 out never leaves \"eu\""], "must stay in eu"),
        ("coding-agent", $"{Large}, {Server}", "", "", ["rate 1/s", "rate 1/s, within region \"ap-south\""], "must stay in ap-south"),
        // A tier that is not there.
        ("cascade", $"{Large}, {Server}", "", "", ["expect 1300 in, 3 out", "expect 1300 in, 3 out on npu"], "wants it on a npu"),
        ("map-reduce-summary", $"{Large}, {Server}", "", "", ["expect 3200 in, 700 out", "expect 3200 in, 700 out on npu"], "wants it on a npu"),
        ("rag-chat", Server, "", "", ["expect 4000 in, 300 out", "expect 4000 in, 300 out on gpu"], "wants it on a gpu"),
        // A number format that no device has, and so a quality that cannot be had here.
        ("cascade", $"{Large}, {Server}", "", "", ["\"meta-llama/Llama-3.1-70B-Instruct\" { precision: fp8 | bf16 }", "\"meta-llama/Llama-3.1-70B-Instruct\" { precision: fp4 }"], "fp4"),
        ("coding-agent", $"{Large}, {Server}", "", "", ["precision: fp8 | bf16", "precision: fp4"], "fp4"),
        // Nothing that executes a step.
        ("cascade", "{ name: server, kind: EPYC 9654, count: 4, at: us-east, runs: [http], price: { usd_hour: 3.28448 } }", "", "", NoChange, "does not execute 'llm'"),
        ("science-dag", Large, "", "", NoChange, "does not execute 'process'"),
        ("federated-round", Large, "", "", NoChange, "does not execute 'http'"),
        // Places without a link.
        ("map-reduce-summary", $"{Apart}, {Server.Replace("price", "runs: [process], price", StringComparison.Ordinal)}", "", "", NoChange, "link"),
    ];

    // Every case takes some ten plans, so each fifth is taken; ORC_INFEASIBLE=all takes them all, and numbers with commas those.
    private static string Which => Environment.GetEnvironmentVariable("ORC_INFEASIBLE") ?? "";

    public static TheoryData<int> Numbers =>
        [.. Enumerable.Range(0, Cases.Length).Where(n => Which == "all" || (Which.Length > 0 ? Which.Split(',').Contains(n.ToString(CultureInfo.InvariantCulture)) : n % 5 == 4))];

    [Fact]
    public void ThereAreFifty() => Assert.Equal(50, Cases.Length);

    [Theory]
    [MemberData(nameof(Numbers))]
    public void ItIsExplainedAndWhatIsSaidToHelpHelps(int number)
    {
        (string sample, string devices, string sla, string rate, string[] change, string cause) = Cases[number];
        PlacementFailure failure = Assert.IsType<PlacementFailure>(Plan(sample, devices, sla, rate, change).Failure);
        string text = NoPlanText.Write(failure, 80);
        TestContext.Current.TestOutputHelper?.WriteLine(text);
        Assert.Contains(cause, failure.Constraint + " " + failure.Explanation, StringComparison.Ordinal);
        Assert.True(failure.Relaxations.Length >= 2, $"{failure.Relaxations.Length} relaxations\n{text}");
        Assert.All(failure.Relaxations, r => Assert.True(r.Cost is { Value: >= 0 }, r.Change));
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
        foreach (Relaxation relaxation in failure.Relaxations)
        {
            (string? newSla, string? newRate) = AsAsked(relaxation.Change, sla, rate);
            if (newSla is not null || newRate is not null)
            {
                CompileResult again = Plan(sample, devices, newSla ?? sla, newRate ?? rate, change);
                Assert.True(again.Plan is not null, $"'{relaxation.Change}' does not help: {again.Failure?.Explanation}");
            }
        }
    }

    // How a user asks for a change on the command line; nothing for a change of the files.
    private static (string? Sla, string? Rate) AsAsked(string change, string sla, string rate)
    {
        string also = sla.Length > 0 && !sla.StartsWith("budget", StringComparison.Ordinal) ? "" : sla;
        if (change.StartsWith("promise ", StringComparison.Ordinal) && change.EndsWith(" or more", StringComparison.Ordinal) && !change.Contains("block", StringComparison.Ordinal))
        {
            string promise = change["promise ".Length..].Replace(" or more", "", StringComparison.Ordinal).Replace("latency ", "", StringComparison.Ordinal)
                .Replace("≤", "<=", StringComparison.Ordinal).Replace("days", "h", StringComparison.Ordinal);
            return change.Contains("days", StringComparison.Ordinal) ? (null, null) : (also.Length > 0 ? $"{also}, {promise}" : promise, null);
        }

        if (change.StartsWith("promise ", StringComparison.Ordinal) && change.EndsWith(" runs a second", StringComparison.Ordinal))
        {
            string number = change.Split(' ')[1];
            return (null, double.Parse(number, CultureInfo.InvariantCulture) > 0 ? number + "/s" : rate);
        }

        return change.StartsWith("allow $", StringComparison.Ordinal) && change.EndsWith(" a run", StringComparison.Ordinal)
            ? ("budget <= " + change.Split(' ')[1], null)
            : (null, null);
    }

    private static CompileResult Plan(string sample, string devices, string sla, string rate, string[] change)
    {
        SourceText text = SampleWorkflow.Text(sample);
        string changed = change[0].Length > 0 ? text.Text.Replace(change[0], change[1], StringComparison.Ordinal) : text.Text;
        Assert.Equal(change[0].Length > 0, changed != text.Text);
        var bag = new DiagnosticBag();
        string places = devices.Contains("eu-west", StringComparison.Ordinal) ? "" : "links:\n  - { between: [us-east, us-east], bandwidth: 100 Gbit/s, latency: 20 us }\n";
        Fleet? fleet = FleetFile.Read(new SourceText("few.yaml", $"fleet: few\ndevices: [{devices}]\n{places}"), Catalogue.Default, bag);
        Assert.Empty(bag.Items.Select(d => d.Message));
        CompileResult result = Compile.Run(new CompileRequest
        {
            Source = new SourceText(text.Path, changed),
            Fleet = fleet,
            Sla = sla.Length > 0 ? sla : null,
            Rate = rate.Length > 0 ? rate : null,
        }, TestContext.Current.CancellationToken);
        Assert.False(result.HasErrors, string.Join('\n', result.Diagnostics.Select(d => d.Message)));
        return result;
    }
}
