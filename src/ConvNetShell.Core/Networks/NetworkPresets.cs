using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Networks;

/// <summary>The networks that have a name.</summary>
public static class NetworkPresets
{
    /// <summary>Gets all presets.</summary>
    public static IReadOnlyList<NetworkPreset> All { get; } =
    [
        new(
            "CIFAR10",
            "conv5x5x16 relu pool2 conv5x5x20 relu pool2 conv5x5x20 relu pool2 fc10 softmax",
            new Shape(3, 32, 32),
            "CIFAR10",
            "ConvNetJS CIFAR-10 demo (Karpathy), cs.stanford.edu/people/karpathy/convnetjs/demo/cifar10.html"),
        new(
            "LeNet5",
            "conv5x5x6 relu pool2 conv5x5x16p0 relu pool2 fc120 relu fc84 relu fc10 softmax",
            new Shape(1, 28, 28),
            "FashionMNIST",
            "LeCun et al., Gradient-Based Learning Applied to Document Recognition, 1998; ReLU and max pooling as is usual now"),
        new(
            "MLP",
            "fc256 relu fc128 relu fc10 softmax",
            new Shape(1, 28, 28),
            "FashionMNIST",
            "The fully connected baseline: no convolution, no sharing"),
    ];

    /// <summary>Returns a preset by its name, in any case.</summary>
    /// <param name="name">The name.</param>
    /// <returns>The preset.</returns>
    /// <exception cref="InvalidSettingException">There is none of that name.</exception>
    public static NetworkPreset Find(string name) =>
        All.FirstOrDefault(preset => preset.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
        ?? throw new InvalidSettingException("-Preset", $"one of {string.Join(", ", All.Select(preset => preset.Name))}", name);
}
