using ConvNetShell.Core.Compute;

namespace ConvNetShell.Benchmark;

/// <summary>All there is to compare; the first is what the others are measured against.</summary>
internal static class Contenders
{
    public static IReadOnlyList<IContender> All { get; } =
    [
        new TrainerContender("convnetshell", Precision.Auto),
        new TrainerContender("convnetshell-float32", Precision.Float32),
        new LoopContender("handwritten-nhwc", channelsLast: true),
        new LoopContender("plain-torchsharp", channelsLast: false),
        new ScriptContender("pytorch", "/usr/bin/python3", "torch_loop.py"),
        new ScriptContender("pytorch-channels-last", "/usr/bin/python3", "torch_loop.py", "channels_last"),
        new ScriptContender("convnetjs", "node", "convnetjs_loop.js"),
    ];

    public static IContender Find(string name) => All.First(contender => contender.Name == name);
}
