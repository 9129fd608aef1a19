using Orchestrator.Cli.Papers;
using Xunit;
using Reached = Orchestrator.Cli.Papers.Outcome;

namespace Orchestrator.Tests.Papers;

/// <summary>What every paper must hold.</summary>
public sealed class PapersTests
{
    public static TheoryData<string> Names => [.. PaperList.All.Where(p => p.Open() is not null).Select(p => p.Name)];

    [Fact]
    public void ThereAre58NumberedAndNamedApart()
    {
        Assert.Equal(Enumerable.Range(1, 58), PaperList.All.Select(p => p.Number));
        Assert.Equal(58, PaperList.All.Select(p => p.Name).Distinct().Count());
        Assert.All(PaperList.All, p => Assert.Matches(@"^(\d{4}\.\d{5})?$", p.ArXiv));
    }

    [Fact]
    public void EveryMarkedPaperIsInTheListOnce()
    {
        string[] marked = [.. orc.GeneratedRegistry.Papers.Select(p => p.Name)];
        Assert.Equal(marked.Length, marked.Distinct().Count());
        Assert.All(marked, name => Assert.NotNull(PaperList.Find(name)));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryVerdictIsOfTheFixedWordsAndSaysWhy(string name)
    {
        IReadOnlyList<Claim> claims = Claims(name);
        Assert.NotEmpty(claims);
        foreach (Claim claim in claims)
        {
            string verdict = claim.Verdict.ToString();
            Assert.Contains(Verdict.Words, w => w.EndsWith(' ') ? verdict.StartsWith(w, StringComparison.Ordinal) && verdict.Length > w.Length + 8 : verdict == w);
            Assert.NotEmpty(claim.Statement);
            Assert.NotEmpty(claim.Figure);
            if (claim is not UnreachedClaim)
            {
                Assert.NotEmpty(claim.Ours);
                Assert.NotEmpty(claim.How);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void EveryComputedClaimFailsWhenOurFigureIsAnother(string name)
    {
        foreach (Claim claim in Claims(name).Where(c => c.Verdict.Outcome != Reached.NotHere))
        {
            Claim spoiled = claim switch
            {
                NumberClaim { Relation: Relation.AtLeast } n => n with { Value = n.Printed * 0.9 - 1 },
                NumberClaim n => n with { Value = n.Printed * 1.3 + 1 },
                OrderClaim o => o with { Values = [.. o.Values.Reverse()] },
                _ => throw new InvalidOperationException("a claim that is reproduced without being computed: " + claim.Statement),
            };
            Assert.True(spoiled.Verdict.Outcome == Reached.NotHere, claim.Statement);
            Assert.True(spoiled is OrderClaim || spoiled.Verdict.Because.Contains(spoiled.Ours, StringComparison.Ordinal), spoiled.Verdict.Because);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void NothingRecalledIsReproduced(string name) =>
        Assert.All(Claims(name).Where(c => c.Origin == Origin.Recalled), c => Assert.Equal(Reached.NotHere, c.Verdict.Outcome));

    [Theory]
    [MemberData(nameof(Names))]
    public void TheSameFiguresComeOutEachTime(string name) =>
        Assert.Equal(Claims(name).Select(c => c.Ours), Claims(name).Select(c => c.Ours));

    [Fact]
    public void ANumberOutsideItsToleranceSaysHowFarOffItIs()
    {
        NumberClaim claim = NumberClaim.Within(0.02, "s", Origin.Text, 100, "ms", 103, "h");
        Assert.Equal("not reproducible here, because ours is 103 ms, 3 % off", claim.Verdict.ToString());
        Assert.Equal("reproduced by model", (claim with { Value = 102 }).Verdict.ToString());
        Assert.Equal("reproduced exactly", NumberClaim.Exactly("s", Origin.Text, 1.29, "", 1.2919, 0.01, "h").Verdict.ToString());
        Assert.Equal(Reached.NotHere, NumberClaim.Exactly("s", Origin.Text, 1.29, "", 1.2951, 0.01, "h").Verdict.Outcome);
        Assert.Equal(Reached.NotHere, (claim with { Value = double.NaN }).Verdict.Outcome);
    }

    internal static IReadOnlyList<Claim> Claims(string name) => PaperList.Find(name)?.Open()?.Claims() ?? [];
}
