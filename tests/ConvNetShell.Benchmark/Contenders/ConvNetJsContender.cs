using System.Globalization;

namespace ConvNetShell.Benchmark.Contenders;

/// <summary>ConvNetJS in node, which has the CIFAR10 network only.</summary>
internal sealed class ConvNetJsContender : IContender
{
    private const string Script = "convnetjs_loop.js";

    public string Name => "convnetjs";

    public string? Missing(Workload work) =>
        work.Network == Workload.ByHand ? ScriptProcess.Missing("node", Script, "0") : $"it is written by hand for {Workload.ByHand} only";

    public double Measure(Workload work) => ScriptProcess.Measure(Name, "node", Script, work.Batch.ToString(CultureInfo.InvariantCulture));
}
