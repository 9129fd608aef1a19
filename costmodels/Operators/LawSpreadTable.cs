using System.Globalization;

namespace Orchestrator.CostModels.Operators;

/// <summary>Reads and writes the factors of a <see cref="LawSpread{TContext, TShape}"/> by what an answer rests on.</summary>
internal static class LawSpreadTable
{
    /// <summary>Factors of an embedded table in the order of <see cref="LawSupport"/>; wide ones where there is no table.</summary>
    public static double[] Read(string resource)
    {
        double[] supports = [2, 4, 8, 16];
        foreach (IReadOnlyDictionary<string, string> row in Csv.Rows(resource))
        {
            supports[(int)Enum.Parse<LawSupport>(row["support"])] = row.Number("factor") ?? throw new InvalidDataException(resource + ": no factor");
        }

        return supports;
    }

    /// <summary>Writes what <see cref="Read"/> reads.</summary>
    public static void Write(string path, IReadOnlyList<double> supports)
    {
        using var writer = new StreamWriter(path) { NewLine = "\n" };
        writer.WriteLine("support,factor,source");
        foreach (LawSupport support in Enum.GetValues<LawSupport>())
        {
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{support},{supports[(int)support]:G4},errors of left-out shapes and devices of the measured rows"));
        }
    }
}
