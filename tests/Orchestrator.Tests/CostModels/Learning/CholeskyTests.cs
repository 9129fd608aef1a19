using Orchestrator.CostModels.Learning;
using Xunit;

namespace Orchestrator.Tests.CostModels.Learning;

/// <summary>Factors against products that were made from known factors, at sizes around the panel and tile borders.</summary>
public sealed class CholeskyTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(63)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(131)]
    [InlineData(259)]
    public void SolvesWhatItsProductMakes(int size)
    {
        double[] matrix = Matrix(size);
        double[] x = [.. Enumerable.Range(0, size).Select(i => Math.Sin(i))];
        double[] b = new double[size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                b[i] += matrix[(i * size) + j] * x[j];
            }
        }

        Cholesky factor = Cholesky.Factor([.. matrix], size);
        factor.Solve(b);
        for (int i = 0; i < size; i++)
        {
            Assert.Equal(x[i], b[i], 1e-9);
        }

        double[] lower = factor.InverseLower();
        for (int i = 0; i < size; i += 17)
        {
            for (int j = 0; j < size; j += 13)
            {
                // (L⁻ᵀ L⁻¹ K)_ij is the identity.
                double sum = 0;
                for (int k = 0; k < size; k++)
                {
                    double inverse = Enumerable.Range(Math.Max(i, k), size - Math.Max(i, k)).Sum(r => lower[(r * size) + i] * lower[(r * size) + k]);
                    sum += inverse * matrix[(k * size) + j];
                }

                Assert.Equal(i == j ? 1 : 0, sum, 1e-8);
            }
        }
    }

    [Fact]
    public void DeterminantOfTwoByTwo()
    {
        // |4 2; 2 5| = 16
        Cholesky factor = Cholesky.Factor([4, 99, 2, 5], 2);
        Assert.Equal(Math.Log(16), factor.LogDeterminant, 1e-12);
    }

    [Fact]
    public void AMatrixThatIsNotPositiveDefiniteIsSaidToBe()
    {
        ArithmeticException error = Assert.Throws<ArithmeticException>(() => Cholesky.Factor([1, 0, 2, 1], 2));
        Assert.Contains("row 1", error.Message, StringComparison.Ordinal);
    }

    // Diagonally dominant and without structure.
    private static double[] Matrix(int size)
    {
        double[] matrix = new double[size * size];
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j < size; j++)
            {
                matrix[(i * size) + j] = i == j ? size + 1 : Math.Cos((i * j) + i + j);
            }
        }

        return matrix;
    }
}
