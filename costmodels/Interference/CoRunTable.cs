using System.Collections.Immutable;
using System.Globalization;

namespace Orchestrator.CostModels.Interference;

/// <summary>A kernel as it ran alone.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Profile">What it asked of the machine.</param>
/// <param name="Source">What it is, its sizes, the machine and the date.</param>
public sealed record CoRunPiece(string Name, PieceProfile Profile, string Source);

/// <summary>What is left of a kernel's rate while another runs on a second core.</summary>
/// <param name="Victim">Whose rate it is.</param>
/// <param name="Other">The other kernel.</param>
/// <param name="Share">Rate together over rate alone; 1 when it does not notice, and by chance a little more.</param>
/// <param name="Noise">Standard error of the natural logarithm of <paramref name="Share"/>.</param>
/// <param name="Rounds">Rounds behind the median.</param>
public sealed record CoRunPair(string Victim, string Other, double Share, double Noise, int Rounds);

/// <summary>What pairs of kernels cost each other on one machine.</summary>
/// <param name="Machine">The device kind: the processor's name.</param>
/// <param name="Pieces">The kernels.</param>
/// <param name="Pairs">Both directions of every pair that was measured.</param>
public sealed record CoRunTable(string Machine, ImmutableArray<CoRunPiece> Pieces, ImmutableArray<CoRunPair> Pairs)
{
    /// <summary>The file of the kernels.</summary>
    public const string PiecesFile = "interference_pieces.csv";

    /// <summary>The file of the pairs.</summary>
    public const string PairsFile = "interference.csv";

    /// <summary>Reads both files.</summary>
    /// <exception cref="TableException">A field cannot be read, or a pair names a kernel that is not there.</exception>
    public static CoRunTable Read(TextReader pieces, TextReader pairs)
    {
        IReadOnlyList<TableRow> rows = Table.Parse(pieces).Rows;
        ImmutableArray<CoRunPiece> known = [.. rows.Select(r => new CoRunPiece(
            r["piece"], PieceProfile.Of([.. PieceProfile.Columns.Select(c => r.Number(c) ?? 0)]), r["source"]))];
        HashSet<string> names = [.. known.Select(p => p.Name)];
        return new CoRunTable(rows.Count > 0 ? rows[0]["machine"] : "", known, [.. Table.Parse(pairs).Rows.Select(r => new CoRunPair(
            Known(r, "piece"), Known(r, "other"), r.Positive("share"), r.Positive("noise"), (int)r.Positive("rounds")))]);

        string Known(TableRow row, string column) => names.Contains(row[column])
            ? row[column]
            : throw new TableException(row.Line, column, $"there is no piece '{row[column]}'", "add it to " + PiecesFile);
    }

    /// <summary>Writes both files into a folder.</summary>
    public void Write(string folder)
    {
        using (StreamWriter writer = File.CreateText(Path.Combine(folder, PiecesFile)))
        {
            writer.NewLine = "\n";
            writer.WriteLine("machine,piece," + string.Join(',', PieceProfile.Columns) + ",source");
            foreach (CoRunPiece piece in Pieces)
            {
                Table.WriteLine(writer, [Machine, piece.Name, .. piece.Profile.Values.Select(Text), piece.Source]);
            }
        }

        using StreamWriter pairs = File.CreateText(Path.Combine(folder, PairsFile));
        pairs.NewLine = "\n";
        pairs.WriteLine("machine,piece,other,share,noise,rounds,source");
        string source = Pieces.Length > 0 ? Pieces[0].Source[(Pieces[0].Source.IndexOf(';', StringComparison.Ordinal) + 1)..].Trim() : "";
        foreach (CoRunPair pair in Pairs)
        {
            Table.WriteLine(pairs, [Machine, pair.Victim, pair.Other, Text(pair.Share), Text(pair.Noise), pair.Rounds.ToString(CultureInfo.InvariantCulture), source]);
        }
    }

    private static string Text(double value) => double.Parse(value.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture).ToString("R", CultureInfo.InvariantCulture);
}
