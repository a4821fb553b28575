using ConvNetShell.Core.Compute;

namespace ConvNetShell.Benchmark;

/// <summary>All there is to compare; the first is what the others are measured against.</summary>
internal static class Contenders
{
    /// <summary>Returns the contenders.</summary>
    /// <param name="python">The Python that has PyTorch; found where it is <see langword="null"/>.</param>
    public static IReadOnlyList<IContender> All(string? python) =>
        [
            new TrainerContender("convnetshell", Precision.Auto),
            new TrainerContender("convnetshell-float32", Precision.Float32),
            new LoopContender("handwritten-nhwc", channelsLast: true),
            new LoopContender("plain-torchsharp", channelsLast: false),
            new TorchContender("pytorch", python),
            new TorchContender("pytorch-channels-last", python, "channels_last"),
            new TorchContender("pytorch-bfloat16", python, "channels_last", "bfloat16"),
            new ConvNetJsContender(),
        ];
}
