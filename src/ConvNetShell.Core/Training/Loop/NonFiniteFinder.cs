using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Loop;

/// <summary>Finds where numbers stop being finite.</summary>
internal static class NonFiniteFinder
{
    /// <summary>
    /// Says which layer is the first to have weights or to give values that are not finite; empty where all are. Without images only
    /// weights are looked at.
    /// </summary>
    public static string Describe(Network network, Tensor? images)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        if (images is not null && !IsFinite(images))
        {
            return "The images themselves hold values that are not finite.";
        }
        NamedTensor? weight = network.State.FirstOrDefault(tensor => !IsFinite(tensor.Value));
        if (weight is not null)
        {
            return $"The first weights that are not finite are {weight.Name}.";
        }
        IReadOnlyList<Tensor> outputs = images is null ? [] : network.Outputs(images);
        for (int i = 0; i < outputs.Count; i++)
        {
            if (!IsFinite(outputs[i]))
            {
                return $"The first layer whose output is not finite is {network.Layers[i].Name}.";
            }
        }
        return string.Empty;
    }

    private static bool IsFinite(Tensor tensor) => tensor.isfinite().all().item<bool>();
}
