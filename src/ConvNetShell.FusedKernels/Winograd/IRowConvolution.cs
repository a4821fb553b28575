namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>A convolution of images and filters that are stored pixel by pixel (image, row, column, channel), in float32.</summary>
public unsafe interface IRowConvolution
{
    /// <summary>Computes the output.</summary>
    /// <param name="images">The images.</param>
    /// <param name="count">How many.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="bias">What is added for each filter, or null.</param>
    /// <param name="output">Where the outputs go.</param>
    void Forward(float* images, int count, float* filters, float* bias, float* output);

    /// <summary>Computes the gradients.</summary>
    /// <param name="images">The images.</param>
    /// <param name="gradient">The gradient of the outputs.</param>
    /// <param name="count">How many images.</param>
    /// <param name="filters">The filters.</param>
    /// <param name="inputGradient">Where the gradient of the images goes, or null.</param>
    /// <param name="filterGradient">Where the gradient of the filters goes, or null.</param>
    /// <param name="biasGradient">Where the gradient of the bias goes, or null.</param>
    void Backward(
        float* images,
        float* gradient,
        int count,
        float* filters,
        float* inputGradient,
        float* filterGradient,
        float* biasGradient
    );
}
