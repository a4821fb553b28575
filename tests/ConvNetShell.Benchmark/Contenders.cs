namespace ConvNetShell.Benchmark;

/// <summary>All there is to compare; the first is what the others are measured against.</summary>
internal static class Contenders
{
    public static IReadOnlyList<IContender> All { get; } =
    [
        new TrainerContender(),
        new LoopContender("handwritten-nhwc", channelsLast: true),
        new LoopContender("plain", channelsLast: false),
    ];

    public static IContender Find(string name) => All.First(contender => contender.Name == name);
}
