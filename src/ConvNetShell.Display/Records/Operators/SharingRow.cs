using System.Globalization;

namespace ConvNetShell.Display.Records.Operators;

/// <summary>The cost of a layer as a convolution, as a locally connected layer, and as a fully connected layer.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Input">The shape that goes in.</param>
/// <param name="Output">The shape that comes out.</param>
/// <param name="ConvParameters">The parameters of the convolution: filters that all positions have in common.</param>
/// <param name="LocalParameters">The parameters of the locally connected layer: filters at each position.</param>
/// <param name="DenseParameters">The parameters of the dense layer: a weight for each input and output.</param>
/// <param name="ConvMACs">The multiply-adds of the convolution, O(k x n); a locally connected layer has as many.</param>
/// <param name="DenseMACs">The multiply-adds of the dense layer, O(m x n): also the entries of its matrix.</param>
/// <param name="ConvOperations">The multiplications and additions of the convolution, biases left out.</param>
/// <param name="NonZeros">The entries of the dense matrix that the convolution uses; windows over padding use fewer.</param>
public sealed record SharingRow(
    string Layer,
    string Input,
    string Output,
    long ConvParameters,
    long LocalParameters,
    long DenseParameters,
    long ConvMACs,
    long DenseMACs,
    long ConvOperations,
    long NonZeros
)
{
    /// <summary>Gets how many times the parameters of the convolution the dense layer has.</summary>
    public double ParameterRatio => (double)DenseParameters / ConvParameters;

    /// <summary>Gets how many times the multiply-adds of the convolution the dense layer has.</summary>
    public double MACRatio => (double)DenseMACs / ConvMACs;

    /// <summary>Says the layer and the ratios.</summary>
    /// <returns>For example <c>conv1: a dense layer has 41,426 times the parameters and 41 times the multiply-adds</c>.</returns>
    public override string ToString() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{Layer}: a dense layer has {ParameterRatio:N0} times the parameters and {MACRatio:N0} times the multiply-adds"
        );
}
