using Orchestrator.CostModels;
using Orchestrator.CostModels.Interference;
using Orchestrator.Plan;
using Xunit;

namespace Orchestrator.Tests.CostModels.Interference;

/// <summary>What pieces of work cost each other, learned from pairs that ran together.</summary>
public sealed class CoRunModelTests
{
    private static readonly Lazy<CoRunTable> Machine = new(() => Made(11));

    [Fact]
    public void PairsThatWereNotLearnedFromArePredictedBetterThanByAnyConstant()
    {
        CoRunErrors pairs = CoRunModel.HeldOut(Machine.Value, wholePiece: false, TestContext.Current.CancellationToken);
        Assert.Equal(121, pairs.Directions);
        Assert.True(pairs.Model < 0.5 * pairs.NoInterference && pairs.Model < 0.5 * pairs.Mean, pairs.ToString());
        CoRunErrors pieces = CoRunModel.HeldOut(Machine.Value, wholePiece: true, TestContext.Current.CancellationToken);
        Assert.True(pieces.Model < 0.8 * pieces.NoInterference && pieces.Model < 0.8 * pieces.Mean, pieces.ToString());
    }

    [Fact]
    public void WhatNothingResemblesIsUnknown()
    {
        CoRunModel model = CoRunModel.Fit(Machine.Value, TestContext.Current.CancellationToken);
        Assert.NotNull(model.Share(Machine.Value.Pieces[0].Profile, Machine.Value.Pieces[5].Profile));
        Assert.Null(model.Share(new PieceProfile(0, 0, 0, 0, 1e14, 1e6, 1e14), new PieceProfile(0, 0, 0, 0, 1e14, 1e6, 1e14)));
    }

    [Fact]
    public void APlacedPieceIsSlowerOnlyWhereItIsKnown()
    {
        CoRunModel model = CoRunModel.Fit(Machine.Value, TestContext.Current.CancellationToken);
        var device = new Device { Name = "cpu", Kind = "made", Tier = "cpu", Count = 1, Place = "here" };
        (Workload, Estimate) streams = Piece(new Workload { Kind = WorkKind.Compute, Executor = "kernel", Traffic = new Bytes(8e9), Arithmetic = new Flops(0) });
        (Workload, Estimate) computes = Piece(new Workload { Kind = WorkKind.Compute, Executor = "kernel", Traffic = new Bytes(0), Arithmetic = new Flops(1e10) });
        (Workload, Estimate) says = Piece(new Workload { Kind = WorkKind.Compute, Executor = "kernel" });
        Interval both = CoLocation.SlowDown(model, device, streams, streams)!.Value; // known
        Interval apart = CoLocation.SlowDown(model, device, computes, streams)!.Value; // known
        Assert.True(both.Likely > apart.Likely && apart.Low >= 1 && both.High >= both.Likely, $"{both} {apart}");
        Assert.Null(CoLocation.SlowDown(model, device, says, streams));
        Assert.Null(CoLocation.SlowDown(model, device with { Kind = "another" }, streams, streams));
        Assert.Null(CoLocation.SlowDown(null, device, streams, streams));
    }

    [Fact]
    public void TheTableThatComesWithTheProgramNamesItsSourceAndCoversEveryPair()
    {
        CoRunTable table = CoRunModel.Default!.Table; // embedded
        int n = table.Pieces.Length;
        Assert.Equal(n * n, table.Pairs.Select(p => (p.Victim, p.Other)).Distinct().Count());
        Assert.All(table.Pieces, p => Assert.Matches("measured by orc fleet probe --interference, .*20[0-9]{2}-[0-9]{2}-[0-9]{2}", p.Source));
        foreach (string file in new[] { CoRunTable.PiecesFile, CoRunTable.PairsFile })
        {
            Assert.All(Table.Parse(File.OpenText(Repository.PathOf("costmodels", "data", file))).Rows, r => Assert.NotEmpty(r["source"]));
        }
    }

    [Fact]
    public void ATableReadsBack()
    {
        string folder = Directory.CreateTempSubdirectory("orc-corun-").FullName;
        Machine.Value.Write(folder);
        CoRunTable read = CoRunTable.Read(new StreamReader(Path.Combine(folder, CoRunTable.PiecesFile)), new StreamReader(Path.Combine(folder, CoRunTable.PairsFile)));
        Directory.Delete(folder, recursive: true);
        Assert.Equal(Machine.Value.Machine, read.Machine);
        Assert.Equal(Machine.Value.Pairs.Select(p => (p.Victim, p.Other)), read.Pairs.Select(p => (p.Victim, p.Other)));
        Assert.All(Machine.Value.Pairs.Zip(read.Pairs), p => Assert.Equal(1, p.First.Share / p.Second.Share, 0.001));
        Assert.Equal(Machine.Value.Pieces.Select(p => p.Source), read.Pieces.Select(p => p.Source));
        Assert.Throws<TableException>(() => CoRunTable.Read(new StringReader("machine,piece\nm,a\n"), new StringReader("piece,other,share,noise,rounds\na,b,1,0.1,3\n")));
    }

    // A machine whose pieces share 40 GB/s: who streams loses in proportion to what both stream, who computes loses nothing.
    private static CoRunTable Made(int pieces)
    {
        double Traffic(int i) => 32e9 * i / (pieces - 1);
        CoRunPiece[] all = [.. Enumerable.Range(0, pieces).Select(i => new CoRunPiece($"p{i}", new PieceProfile(1e10 - Traffic(i) / 4, Traffic(i), Traffic(i) / 100, 0, 0, 0, 0), "made; for a test"))];
        var random = new Random(5);
        return new CoRunTable("made", [.. all], [.. all.SelectMany((a, i) => all.Select((b, j) => new CoRunPair(
            a.Name, b.Name, 1 / (1 + Traffic(i) * Traffic(j) / 32e9 / 40e9) * (1 + 0.01 * (random.NextDouble() - 0.5)), 0.005, 7)))]);
    }

    private static (Workload, Estimate) Piece(Workload work) => (work, new Estimate(Interval.Exactly(1), Interval.Exactly(1), Interval.Exactly(1), Bytes.Zero, "m", "s"));
}
