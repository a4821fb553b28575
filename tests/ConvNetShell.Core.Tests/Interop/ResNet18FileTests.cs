using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using Microsoft.ML.OnnxRuntime;
using static TorchSharp.torch;
using Onnx = Microsoft.ML.OnnxRuntime.Tensors;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>The ResNet18 of the package Microsoft.ML.DnnImageFeaturizer.ResNet18, which CNTK wrote; where it was restored.</summary>
public sealed class ResNet18FileTests
{
    private static readonly string File = Path.Combine(
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages"),
        "microsoft.ml.dnnimagefeaturizer.resnet18",
        "0.23.1",
        "tools",
        "DnnImageModels",
        "ResNet18Onnx",
        "ResNet18.onnx"
    );

    [Fact]
    public void It_computes_what_ONNX_Runtime_computes()
    {
        Assert.SkipUnless(System.IO.File.Exists(File), "Microsoft.ML.DnnImageFeaturizer.ResNet18 0.23.1 makes this test run.");
        using Network network = NetworkFormats.ForReading(File).Read(File, new ImportSettings());
        using Tensor batch = SampleNetworks.Batch(network, 1) * 60; // pixels less their mean
        using var session = new InferenceSession(File);
        var input = new Onnx.DenseTensor<float>(batch.data<float>().ToArray(), [1, 3, 224, 224]);
        using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> outputs = session.Run([
            NamedOnnxValue.CreateFromTensor(session.InputNames[0], input),
        ]);

        Assert.Equal(15_897_152, network.ParameterCount);
        SampleNetworks.AssertClose([.. outputs[0].AsEnumerable<float>()], SampleNetworks.Outputs(network, batch), 1e-4, "ResNet18");
    }
}
