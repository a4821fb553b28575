using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using Microsoft.ML.OnnxRuntime;

namespace ConvNetShell.Benchmark.Contenders;

/// <summary>
/// ONNX Runtime on the CPU with the file that Export-Network writes: the same network, on numbers that are already normalized, without the
/// classes' names and ranks.
/// </summary>
internal sealed class OnnxRuntimeContender : IContender
{
    public string Name => "onnxruntime";

    public double Measure(Workload work)
    {
        using Network network = work.Make();
        string folder = Directory.CreateTempSubdirectory("convnetshell-benchmark-").FullName;
        try
        {
            string path = Path.Combine(folder, "network.onnx");
            NetworkFormats.ForWriting(path).Write(path, network, new ExportSettings());
            using var session = new InferenceSession(path);
            long[] shape = [work.Batch, .. network.InputShape.ToArray().Select(size => (long)size)];
            var random = new Random(1);
            float[] numbers = [.. Enumerable.Range(0, work.Batch * (int)network.InputShape.Elements).Select(_ => random.NextSingle())];
            using var input = OrtValue.CreateTensorValueFromMemory(numbers, shape);
            using var options = new RunOptions();
            return work.Batch * Pace.Of(() => session.Run(options, session.InputNames, [input], session.OutputNames).Dispose());
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
