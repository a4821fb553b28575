using ConvNetShell.Core.Compute;

namespace ConvNetShell.Benchmark.Contenders;

/// <summary>All there is to compare; the first is what the others are measured against.</summary>
internal static class ContenderList
{
    /// <summary>Returns those that train, or those that predict.</summary>
    /// <param name="options">Which of them, and the Python that has PyTorch.</param>
    public static IReadOnlyList<IContender> For(Options options) => options.Predict ? Predicting : Training(options.Python);

    private static IContender[] Predicting => [new PredictionContender(), new AccuracyContender(), new OnnxRuntimeContender()];

    private static IContender[] Training(string? python) =>
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
