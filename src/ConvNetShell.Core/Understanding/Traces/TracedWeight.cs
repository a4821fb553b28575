using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Traces;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Traces;

/// <summary>One weight or bias of a convolution or a dense layer.</summary>
/// <param name="Layer">The layer.</param>
/// <param name="IsBias">Whether it is a bias.</param>
/// <param name="At">Its position, as the layer's parameter has it.</param>
/// <param name="Cell">The number itself, within the live tensor.</param>
/// <param name="Gradient">Its gradient, as automatic differentiation computed it.</param>
internal sealed record TracedWeight(NetworkLayer Layer, bool IsBias, int[] At, Tensor Cell, double Gradient)
{
    /// <summary>Gets the weight.</summary>
    public double Value { get; } = Cell.item<double>();

    /// <summary>Finds a weight; that of the largest gradient where no position is given.</summary>
    /// <exception cref="InvalidSettingException">There is no such position.</exception>
    public static TracedWeight Of(NetworkLayer layer, Tensor values, Tensor gradient, string parameter, IReadOnlyList<int>? at)
    {
        int[] sizes = [.. values.shape.Select(size => (int)size)];
        int[] position = at is null
            ? WindowPositions.At(sizes, gradient.abs().contiguous().flatten().argmax().item<long>())
            : Checked(layer, sizes, Flat(layer, sizes, at));
        Tensor Cell(Tensor of) => position.Aggregate(of.detach(), (rest, index) => rest.select(0, index));
        return new TracedWeight(layer, parameter == "bias", position, Cell(values), Cell(gradient).item<double>());
    }

    /// <summary>Returns what each output adds to the gradient.</summary>
    /// <param name="images">The images of the batch.</param>
    /// <param name="inputs">The layer's inputs, image by image.</param>
    /// <param name="gradients">The gradients of the layer's outputs, image by image.</param>
    public IEnumerable<GradientTerm> Terms(IReadOnlyList<ImageSample> images, double[] inputs, double[] gradients)
    {
        int[] input = Layer.Input.ToArray(),
            output = Layer.Output.ToArray(),
            spatial = Layer.Spec is ConvSpec ? output[1..] : [];
        int read = (int)Layer.Input.Elements,
            given = (int)Layer.Output.Elements;
        Func<int[], int[]> under = Under(input);
        for (int image = 0; image < images.Count; image++)
        {
            foreach (int[] position in WindowPositions.Of(spatial))
            {
                int[] to = [At[0], .. position],
                    from = IsBias ? [] : under(position);
                int index = IsBias ? 0 : WindowPositions.Index(input, from);
                double gradient = gradients[image * given + WindowPositions.Index(output, to)],
                    value = IsBias ? 1
                    : index < 0 ? 0
                    : inputs[image * read + index];
                yield return new GradientTerm(images[image].Source, to, from, value, gradient, value * gradient) { IsPadding = index < 0 };
            }
        }
    }

    /// <summary>Returns the position of the input that the weight multiplies for an output.</summary>
    private Func<int[], int[]> Under(int[] input)
    {
        if (IsBias)
        {
            return _ => [];
        }
        if (Layer.Spec is not ConvSpec spec)
        {
            int[] own = WindowPositions.At(input, At[1]);
            return _ => own;
        }
        Window window = spec.Window;
        (int Before, int After)[] pads = window.Pads(Layer.Input);
        int channel = At[0] / (spec.Filters / spec.Groups) * (input[0] / spec.Groups) + At[1];
        return position => [channel, .. position.Select((p, d) => p * window.Stride[d] + At[d + 2] * window.Dilation[d] - pads[d].Before)];
    }

    /// <summary>A dense layer's input may be given as channel, row and column.</summary>
    private static int[] Flat(NetworkLayer layer, int[] sizes, IReadOnlyList<int> at)
    {
        int[] input = layer.Input.ToArray();
        return layer.Spec is not ConvSpec && sizes.Length == 2 && input.Length > 1 && at.Count == input.Length + 1
            ? [at[0], WindowPositions.Index(input, [.. at.Skip(1)])]
            : [.. at];
    }

    private static int[] Checked(NetworkLayer layer, int[] sizes, int[] at) =>
        at.Length == sizes.Length && at.Zip(sizes).All(pair => (uint)pair.First < (uint)pair.Second)
            ? at
            : throw new InvalidSettingException(
                "At",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Words(layer, sizes)}, from 0 to {string.Join(',', sizes.Select(size => size - 1))} for {layer.Name}"
                ),
                string.Join(',', at)
            );

    private static string Words(NetworkLayer layer, int[] sizes) =>
        sizes.Length switch
        {
            1 => layer.Spec is ConvSpec ? "a filter" : "a unit",
            2 => "unit and input",
            3 => "filter, channel and position",
            4 => "filter, channel, row and column",
            _ => "filter, channel, frame, row and column",
        };
}
