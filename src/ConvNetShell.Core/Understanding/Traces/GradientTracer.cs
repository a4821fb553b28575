using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Traces;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Traces;

/// <summary>
/// Computes the gradient of the loss with respect to one weight by hand, as backward does, and as a finite difference: in double precision,
/// with the network as after training (running averages in batch normalization, no dropout).
/// </summary>
public static class GradientTracer
{
    /// <summary>The number added to a weight and taken from it by default.</summary>
    public const double DefaultDelta = 1e-6;

    /// <summary>Returns whether a layer's weights can be traced: convolutions and dense layers.</summary>
    /// <param name="layer">The layer.</param>
    public static bool HasGradient(NetworkLayer layer) => layer.Spec is ConvSpec or DenseSpec;

    /// <summary>Returns the gradient of a weight.</summary>
    /// <param name="network">The network; it is not changed.</param>
    /// <param name="layer">The name of a convolution or a dense layer; layers of blocks too (res1.conv1).</param>
    /// <param name="parameter">weight or bias.</param>
    /// <param name="at">The position from 0: filter, channel of the filter, row, column; unit and input (one number, or channel, row and
    /// column) of a dense layer; filter or unit of a bias. <see langword="null"/> for the largest gradient.</param>
    /// <param name="images">The images, of the network's input shape; the loss is their mean, as of a batch.</param>
    /// <param name="className">The class that the loss is taken for; <see langword="null"/> for each image's own.</param>
    /// <param name="learningRate">The learning rate of the step.</param>
    /// <param name="delta">The number added and taken for the finite difference, above 0.</param>
    /// <returns>The gradient, its terms, the check and the step.</returns>
    /// <exception cref="InvalidSettingException">The layer, parameter or position does not exist, or an image has no class.</exception>
    /// <exception cref="ShapeMismatchException">An image does not fit the network, or the network gives no scores of classes.</exception>
    public static GradientTrace Trace(
        Network network,
        string layer,
        string parameter,
        IReadOnlyList<int>? at,
        IReadOnlyList<ImageSample> images,
        string? className = null,
        double learningRate = 0.1,
        double delta = DefaultDelta
    )
    {
        EvaluationCheck.Classifies(network);
        NetworkLayer found = network.Plan.Find(layer);
        long[] labels = [.. images.Select(image => Label(network, image, className))];
        using var scope = NewDisposeScope();
        using Network exact = network.Copy();
        exact.MoveTo(CPU);
        foreach (NamedTensor tensor in exact.State)
        {
            tensor.ConvertTo(ScalarType.Float64);
        }
        Tensor tensorOf = Parameter(exact, found, parameter).requires_grad_(),
            batch = NetworkInput.Batch(exact, CPU, [.. images]).to(ScalarType.Float64),
            truth = tensor(labels);
        LayerPass pass = LayerPass.Run(exact, batch);
        Tensor loss = nn.functional.cross_entropy(pass.Logits, truth);
        double before = loss.item<double>();
        Tensor?[] gradients = Gradients.Of(loss, [pass.Output(found), tensorOf]);
        using var noGradients = no_grad();
        var weight = TracedWeight.Of(found, tensorOf, gradients[1] ?? zeros_like(tensorOf), parameter, at);
        GradientTerm[] terms =
        [
            .. weight
                .Terms(images, Numbers(pass.Input(found)), Numbers(gradients[0] ?? zeros_like(pass.Output(found))))
                .OrderByDescending(term => Math.Abs(term.Product)),
        ];
        double value = weight.Value,
            above = LossAt(value + delta),
            below = LossAt(value - delta),
            after = LossAt(value - learningRate * terms.Sum(term => term.Product));
        return new GradientTrace(
            images.Count == 1 ? images[0].Source : string.Create(CultureInfo.InvariantCulture, $"{images.Count} images"),
            found.Name,
            found.Spec.ToToken(),
            parameter,
            weight.At,
            value,
            before,
            terms,
            weight.Gradient,
            delta,
            above,
            below,
            learningRate,
            after
        );

        double LossAt(double number)
        {
            using var inner = NewDisposeScope();
            weight.Cell.FillInPlace(number);
            return nn.functional.cross_entropy(exact.Logits(batch, default), truth).item<double>();
        }
    }

    private static Tensor Parameter(Network network, NetworkLayer layer, string parameter) =>
        !HasGradient(layer)
            ? throw new InvalidSettingException(
                "Layer",
                "a convolution or a dense layer: "
                    + string.Join(", ", network.Plan.AllLayers.Where(HasGradient).Select(other => other.Name)),
                layer.Name
            )
            : network.Parameters.FirstOrDefault(tensor => tensor.Name == $"{layer.Name}.{parameter}")?.Value
                ?? throw new InvalidSettingException("Bias", $"left out for {layer.Name}, which has no biases", parameter);

    private static long Label(Network network, ImageSample image, string? className)
    {
        EvaluationCheck.Fits(network, image);
        return className is null
            ? new OutputLookup(network).Of(image)
                ?? throw new InvalidSettingException(
                    "Class",
                    $"a class of the network for {image.Source}, whose own is not one of them",
                    image.Class ?? "no class"
                )
            : NetworkClasses.Find(network, className);
    }

    private static double[] Numbers(Tensor values) => values.detach().contiguous().data<double>().ToArray();
}
