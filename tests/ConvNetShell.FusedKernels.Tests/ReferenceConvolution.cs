namespace ConvNetShell.FusedKernels.Tests;

/// <summary>Convolution, max pooling, ReLU and their gradients in float64, straight from the definition: row, pixel, channel.</summary>
internal sealed class ReferenceConvolution(FusedConvShape shape)
{
    /// <summary>Calls back for every product of a convolution, with the indices in the output, the weights and the image.</summary>
    private delegate void Product(int output, int weight, int pixel);

    /// <summary>Returns the convolution's output.</summary>
    public double[] Convolve(double[] image, double[] filters, double[] bias)
    {
        double[] output = new double[shape.OutputHeight * shape.OutputWidth * shape.Filters];
        for (int i = 0; i < output.Length && bias.Length > 0; i++)
        {
            output[i] = bias[i % shape.Filters];
        }
        ForEach((at, weight, pixel) => output[at] += image[pixel] * filters[weight]);
        return output;
    }

    /// <summary>
    /// Returns the block's output for a convolution's output, and the index that each value came from: -1 for the zero of a ReLU.
    /// </summary>
    public (double[] Values, int[] Origins) Pool(double[] convolved)
    {
        double[] values = new double[shape.Pooled];
        int[] origins = new int[shape.Pooled];
        for (int i = 0; i < values.Length; i++)
        {
            int filter = i % shape.Filters,
                column = i / shape.Filters % shape.PooledWidth,
                row = i / shape.PooledRow;
            origins[i] = -1;
            for (int window = 0; window < shape.PoolRows * shape.PoolColumns && !double.IsNaN(values[i]); window++)
            {
                int y = row * shape.PoolRows + window / shape.PoolColumns,
                    x = column * shape.PoolColumns + window % shape.PoolColumns;
                int at = (y * shape.OutputWidth + x) * shape.Filters + filter;
                bool isFirst = window == 0 && !shape.HasRelu;
                if (isFirst || convolved[at] > values[i] || double.IsNaN(convolved[at]))
                {
                    (values[i], origins[i]) = (convolved[at], at);
                }
            }
        }
        return (values, origins);
    }

    /// <summary>Adds an image's part to the gradients of the weights, and returns that of the image.</summary>
    public double[] Backward(double[] image, double[] filters, double[] gradient, int[] origins, double[] filterSums, double[] biasSums)
    {
        double[] convolved = new double[shape.OutputHeight * shape.OutputWidth * shape.Filters],
            input = new double[image.Length];
        for (int i = 0; i < gradient.Length; i++)
        {
            if (origins[i] >= 0)
            {
                convolved[origins[i]] += gradient[i];
                biasSums[i % shape.Filters] += gradient[i];
            }
        }
        ForEach(
            (at, weight, pixel) =>
            {
                filterSums[weight] += convolved[at] * image[pixel];
                input[pixel] += convolved[at] * filters[weight];
            }
        );
        return input;
    }

    private void ForEach(Product product)
    {
        for (int i = 0; i < shape.OutputHeight * shape.OutputWidth * shape.KernelHeight * shape.KernelWidth; i++)
        {
            int window = i % (shape.KernelHeight * shape.KernelWidth),
                position = i / (shape.KernelHeight * shape.KernelWidth);
            int row = position / shape.OutputWidth + window / shape.KernelWidth - shape.PaddingRows;
            int column = position % shape.OutputWidth + window % shape.KernelWidth - shape.PaddingColumns;
            if (row < 0 || row >= shape.Height || column < 0 || column >= shape.Width)
            {
                continue;
            }
            for (int filter = 0; filter < shape.Filters; filter++)
            {
                int weight = (filter * shape.KernelHeight * shape.KernelWidth + window) * shape.Channels,
                    pixel = (row * shape.Width + column) * shape.Channels;
                for (int channel = 0; channel < shape.Channels; channel++)
                {
                    product(position * shape.Filters + filter, weight + channel, pixel + channel);
                }
            }
        }
    }
}
