using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Layers.Spec;

/// <summary>
/// The specification language: layers as tokens separated by spaces, <c>conv5x5x16 relu pool2 fc10 softmax</c>.
/// <para>A convolution is <c>conv</c> height x width x filters (<c>conv1d5x16</c>, <c>conv3d3x3x3x64</c> in one and three dimensions)
/// and keeps the size (padding Same) unless <c>p0</c> (Valid), another number or before:after (<c>p0:1</c>) follows; <c>s2</c> is the
/// stride, <c>d2</c> the
/// dilation, <c>g2</c> the groups, <c>-nobias</c> leaves biases out. <c>deconv4x4x8s2</c> is transposed, <c>local3x3x8</c> has separate
/// its filters.</para>
/// <para>A pooling is <c>pool</c> or <c>avgpool</c> and its size, with its size as stride unless <c>s</c> gives another; <c>globalmax</c>,
/// <c>globalavg</c>, <c>adaptivemax4</c>, <c>adaptiveavg4x4</c>.</para>
/// <para>Then there are <c>fc10</c>, <c>rnn64 gru64 lstm64</c> (<c>-seq</c> for the whole sequence, <c>-bi</c> for both directions),
/// <c>drop0.5</c>,
/// <c>spatialdrop0.2</c>, <c>bn ln gn4 lrn5</c>, <c>flatten</c>, <c>scale0.5</c>, <c>maxout2</c>,
/// <c>relu leakyrelu sigmoid tanh scaledtanh gelu softmax</c>.</para>
/// <para>LeNet-5 of 1998 needs <c>subsample2</c>, <c>rbf10</c> and <c>mapconv5x5:012/123</c>, a convolution whose first filter sees
/// channels 0, 1 and 2.</para>
/// <para>Blocks have layers in parentheses: <c>res(conv3x3x16 bn relu conv3x3x16 bn)</c>, with <c>respad(...)</c> and <c>resproj(...)</c>
/// where the shape changes,
/// <c>add(conv3x3x8 | conv5x5x8)</c> and <c>concat(conv1x1x8 | conv3x3x8)</c>; an empty branch is the input itself.</para>
/// </summary>
public static class NetworkSpec
{
    /// <summary>The most words and parentheses of a specification.</summary>
    public const int MaxTokens = 10_000;

    /// <summary>Reads a specification.</summary>
    /// <param name="text">Layers between spaces.</param>
    /// <returns>The layers in order.</returns>
    /// <exception cref="LayerException">A word is no layer.</exception>
    /// <exception cref="InvalidSettingException">A number is out of range, there are more than <see cref="MaxTokens"/> words, or blocks
    /// are nested deeper than <see cref="Blocks.BlockSpec.MaxDepth"/> levels.</exception>
    public static IReadOnlyList<LayerSpec> Parse(string text) => new SpecReader(text).Read();

    /// <summary>Writes layers as a specification.</summary>
    /// <param name="layers">The layers in order.</param>
    /// <returns>The text; <see cref="Parse"/> reads it back, names and the start of weights aside.</returns>
    public static string Write(IEnumerable<LayerSpec> layers) => string.Join(' ', layers.Select(layer => layer.ToToken()));
}
