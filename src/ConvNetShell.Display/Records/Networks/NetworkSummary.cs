using System.Globalization;
using ConvNetShell.Display.Mime;

namespace ConvNetShell.Display.Records.Networks;

/// <summary>A network's layers and totals. Shapes are channels first, for one sample.</summary>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed record NetworkSummary
{
    /// <summary>Initializes a new instance of the <see cref="NetworkSummary"/> class.</summary>
    /// <param name="network">The network's name.</param>
    /// <param name="input">The shape that goes in, for example 3x32x32.</param>
    /// <param name="output">The shape that comes out, for example 10.</param>
    /// <param name="layers">The rows; each is kept as a copy that refers to this summary.</param>
    public NetworkSummary(string network, string input, string output, IEnumerable<LayerSummary> layers)
    {
        Network = network;
        Input = input;
        Output = output;
        Layers = layers.Select(layer => layer with { Summary = this }).ToArray().AsReadOnly(); // $summary.Layers[0] needs a public indexer
        IEnumerable<LayerSummary> own = Layers.Where(layer => layer.Depth == 0);
        Parameters = own.Sum(layer => layer.Parameters);
        MACs = own.Sum(layer => layer.MACs);
        BackwardMACs = own.Sum(layer => layer.BackwardMACs);
        ActivationBytes = own.Sum(layer => layer.ActivationBytes);
    }

    /// <summary>Gets the network's name.</summary>
    public string Network { get; }

    /// <summary>Gets the shape that goes in.</summary>
    public string Input { get; }

    /// <summary>Gets the shape that comes out.</summary>
    public string Output { get; }

    /// <summary>Gets the number of trainable values.</summary>
    public long Parameters { get; }

    /// <summary>Gets the multiply-adds for one sample, biases left out.</summary>
    public long MACs { get; }

    /// <summary>Gets the multiply-adds of the backward pass for one sample.</summary>
    public long BackwardMACs { get; }

    /// <summary>Gets the memory of all layers' outputs for one sample, in bytes of float32: times the batch size, what training keeps of
    /// them.</summary>
    public long ActivationBytes { get; }

    /// <summary>Gets one row for each layer, in order; the layers within a block follow it, with a depth of 1 or more.</summary>
    public IReadOnlyList<LayerSummary> Layers { get; }

    /// <summary>Says the shapes and the totals.</summary>
    /// <returns>For example <c>CIFAR10: 3x32x32 -> 10, 22,466 parameters, 3,920,000 multiply-adds</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Network}: {Input} -> {Output}, {Parameters:N0} parameters, {MACs:N0} multiply-adds");
}
