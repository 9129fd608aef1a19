namespace Orchestrator.CostModels.Training;

/// <summary>
/// Weights and arithmetic of ResNet-RS (arXiv 2103.07579): a stem of three convolutions of 3 x 3 and a fourth in place of pooling, four stages of
/// bottlenecks with squeeze and excitation at a quarter, shortcuts that pool before they project, a head of 1,000 classes.
/// </summary>
public sealed class ResidualNetwork
{
    private const double Classes = 1000;
    private const double Growth = 4;

    /// <summary>Counts a network.</summary>
    /// <param name="blocks">Bottlenecks of the four stages: 3, 4, 6, 3 for 50 layers.</param>
    /// <param name="side">Pixels of a side, a multiple of 32.</param>
    /// <exception cref="ArgumentException">Not four stages of at least one block, or pixels that do not halve five times.</exception>
    public ResidualNetwork(IReadOnlyList<int> blocks, int side)
    {
        ArgumentNullException.ThrowIfNull(blocks);
        if (blocks.Count != 4 || blocks.Any(b => b < 1) || side < 32 || side % 32 != 0)
        {
            throw new ArgumentException($"{blocks.Count} stages at {side} pixels: give four stages of at least one block and a multiple of 32 pixels");
        }

        double at = side / 2.0;
        Convolve(3, 3, 32, at);
        Convolve(3, 32, 32, at);
        Convolve(3, 32, 64, at);
        at /= 2;
        Convolve(3, 64, 64, at);
        double inputs = 64;
        for (int stage = 0; stage < 4; stage++)
        {
            double narrow = 64 * Math.Pow(2, stage);
            for (int block = 0; block < blocks[stage]; block++)
            {
                bool halves = stage > 0 && block == 0;
                Bottleneck(inputs, narrow, at, halves ? at / 2 : at, block == 0);
                at = halves ? at / 2 : at;
                inputs = Growth * narrow;
            }
        }

        Parameters += inputs * Classes + Classes;
        Macs += inputs * Classes;
    }

    /// <summary>Weights, with scales and offsets of normalisation and the biases of excitation and head.</summary>
    public double Parameters { get; private set; }

    /// <summary>Multiply-adds of a picture.</summary>
    public double Macs { get; private set; }

    private void Bottleneck(double inputs, double narrow, double before, double after, bool projects)
    {
        double wide = Growth * narrow;
        Convolve(1, inputs, narrow, before);
        Convolve(3, narrow, narrow, after);
        Convolve(1, narrow, wide, after);
        double squeezed = wide / 4;
        Parameters += 2 * wide * squeezed + wide + squeezed;
        Macs += 2 * wide * squeezed;
        if (projects)
        {
            Convolve(1, inputs, wide, after);
        }
    }

    // A convolution without bias, and the scale and offset of its normalisation.
    private void Convolve(double kernel, double inputs, double outputs, double side)
    {
        Parameters += kernel * kernel * inputs * outputs + 2 * outputs;
        Macs += kernel * kernel * inputs * outputs * side * side;
    }
}
