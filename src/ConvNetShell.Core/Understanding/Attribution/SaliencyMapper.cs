using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Inference.Metrics;
using ConvNetShell.Core.Networks;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Understanding;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Understanding.Attribution;

/// <summary>Computes how much each position of a picture contributes to a class. The network is not changed.</summary>
public static class SaliencyMapper
{
    /// <summary>Returns a map for each method.</summary>
    /// <param name="network">The network; it is moved to the device.</param>
    /// <param name="image">The picture, of the network's input shape.</param>
    /// <param name="methods">The methods, in order.</param>
    /// <param name="className">The class to explain; <see langword="null"/> for the likeliest.</param>
    /// <param name="options">The settings; <see langword="null"/> for the usual ones.</param>
    /// <param name="device">auto, cpu, cuda, cuda:1 or mps.</param>
    /// <param name="stop">Ends the work between two batches.</param>
    /// <returns>The maps, in the size of the picture.</returns>
    /// <exception cref="ShapeMismatchException">The picture does not fit the network, or the network gives no vector.</exception>
    /// <exception cref="InvalidSettingException">The class, layer or device does not exist, or a method does not suit the
    /// network.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static IReadOnlyList<Saliency> Explain(
        Network network,
        ImageSample image,
        IReadOnlyList<SaliencyMethod> methods,
        string? className = null,
        SaliencyOptions? options = null,
        string device = ComputeDevice.Auto,
        CancellationToken stop = default
    )
    {
        EvaluationCheck.Classifies(network);
        EvaluationCheck.Fits(network, image);
        int? wanted = className is null ? null : NetworkClasses.Find(network, className);
        Device target = ComputeDevice.Choose(device);
        using IDisposable stay = network.On(target);
        using var scope = NewDisposeScope();
        Tensor input = NetworkInput.Batch(network, target, image);
        float[] logits = Logits(network, input),
            probabilities = Softmax(logits);
        int output = wanted ?? Ranking.Largest(logits, 1)[0];
        var problem = new AttributionContext(network, input, output, options ?? new SaliencyOptions(), stop);
        string? truth = image.Class ?? (new OutputLookup(network).Of(image) is int label ? network.OutputNames[label] : null);
        Picture picture = SamplePictures.ToPicture(
            image,
            truth is null ? Path.GetFileName(image.Source) : $"{Path.GetFileName(image.Source)}\n{truth}"
        );
        (int height, int width, int frames) = NetworkInput.MapSize(network.InputShape);
        return
        [
            .. methods.Select(method =>
            {
                stop.ThrowIfCancellationRequested();
                using var inner = NewDisposeScope();
                (Tensor map, NetworkLayer? layer, CompletenessCheck? check) = Map(problem, method);
                Tensor shown = problem.Options.AllowNegative ? map : map.relu();
                return new Saliency(
                    image.Source,
                    method,
                    network.OutputNames[output],
                    logits[output],
                    probabilities[output],
                    truth,
                    height,
                    width,
                    shown.cpu().contiguous().data<float>().ToArray()
                )
                {
                    Frames = frames,
                    IsSigned = problem.Options.AllowNegative,
                    Sample = image,
                    Image = picture,
                    Layer = layer?.Name,
                    Completeness = check,
                };
            }),
        ];
    }

    private static (Tensor Map, NetworkLayer? Layer, CompletenessCheck? Check) Map(AttributionContext problem, SaliencyMethod method)
    {
        switch (method)
        {
            case SaliencyMethod.Gradient:
                return (GradientSaliency.Plain(problem), null, null);
            case SaliencyMethod.SmoothGrad:
                return (GradientSaliency.Smooth(problem), null, null);
            case SaliencyMethod.Occlusion:
                return (Occlusion.Compute(problem), null, null);
            case SaliencyMethod.IntegratedGradient:
                (Tensor map, CompletenessCheck check) = IntegratedGradients.Compute(problem);
                return (map, null, check);
            default:
                NetworkLayer layer = GradCam.Layer(problem.Network, problem.Options.Layer);
                return (GradCam.Compute(problem, layer), layer, null);
        }
    }

    private static float[] Logits(Network network, Tensor input)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        return network.Logits(input, default).cpu().contiguous().data<float>().ToArray();
    }

    private static float[] Softmax(float[] logits)
    {
        double[] powers = [.. logits.Select(logit => Math.Exp(logit - logits.Max()))];
        return [.. powers.Select(power => (float)(power / powers.Sum()))];
    }
}
