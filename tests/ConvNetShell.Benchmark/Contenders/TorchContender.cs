using System.Globalization;
using ConvNetShell.Core.Interop.NetworkCode;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Benchmark.Contenders;

/// <summary>PyTorch with the same layers: those that ConvertTo-NetworkCode writes.</summary>
internal sealed class TorchContender(string name, string? python, params string[] options) : IContender
{
    private const string Script = "torch_loop.py";
    private static readonly string[] Usual = ["python3", "/usr/bin/python3"];

    public string Name => name;

    public string? Missing(Workload work)
    {
        using Network network = work.Make();
        return options.Contains("channels_last") && network.InputShape.Count < 3 ? "sequences have one layout"
            : Python() is null ? "no Python has PyTorch: apt-get install python3-torch, or -Python PATH"
            : null;
    }

    public double Measure(Workload work)
    {
        using Network network = work.Make();
        string code = Path.GetTempFileName();
        try
        {
            File.WriteAllText(code, NetworkCodeWriter.Write(network, CodeLanguage.PyTorch));
            string[] arguments =
            [
                work.Batch.ToString(CultureInfo.InvariantCulture),
                code,
                work.Count.ToString(CultureInfo.InvariantCulture),
                network.InputShape.ToString(),
                network.OutputNames.Count.ToString(CultureInfo.InvariantCulture),
                .. options,
            ];
            return ScriptProcess.Measure(name, Python()!, Script, arguments);
        }
        finally
        {
            File.Delete(code);
        }
    }

    /// <summary>Returns the first Python that has PyTorch.</summary>
    private string? Python() =>
        (python is null ? Usual : [python]).FirstOrDefault(program => ScriptProcess.Missing(program, Script, "0") is null);
}
