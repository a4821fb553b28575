using System.Globalization;
using System.Xml.Linq;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Inference;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;
using Microsoft.CodeAnalysis;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>The programs in the help of Export-Network predict what the network predicts.</summary>
public sealed class ServingTests
{
    [Fact]
    public void The_Python_program_predicts_the_same()
    {
        using var folder = new TestFolder();
        Prediction expected = Prepare(folder);
        string output = ForeignProgram.RunPython(
            "onnx, cv2",
            $"import sys\nsys.argv[0] = 'predict.py'\n{Program("cv2")}",
            folder["cats.onnx"],
            folder["cat.png"]
        );

        AssertEqual(expected, output);
    }

    [Fact]
    public void The_CSharp_program_predicts_the_same()
    {
        using var folder = new TestFolder();
        Prediction expected = Prepare(folder);
        var output = new StringWriter(CultureInfo.InvariantCulture);
        TextWriter console = Console.Out;
        Console.SetOut(output);
        try
        {
            GeneratedCode
                .Compile(Program("InferenceSession"), OutputKind.ConsoleApplication)
                .EntryPoint!.Invoke(null, [new[] { folder["cats.onnx"], folder["cat.png"] }]);
        }
        finally
        {
            Console.SetOut(console);
        }

        AssertEqual(expected, output.ToString());
    }

    private static Prediction Prepare(TestFolder folder)
    {
        using Network network = SampleNetworks.Make("conv5x5x6 relu pool2 fc4 softmax", 3, 10, 12);
        network.Classes = ["cat", "dog", "horse", "ship"];
        network.Normalization = new ChannelStatistics([0.4, 0.5, 0.6], [0.2, 0.25, 0.3]);
        var random = new Random(4);
        byte[] pixels = new byte[3 * 10 * 12];
        random.NextBytes(pixels);
        ImageFile.Save(folder["cat.png"], new ImageSample(string.Empty, string.Empty, 0, null, null, 10, 12, 3, pixels));
        OnnxExportTests.Write(network, folder["cats.onnx"], preprocess: true);
        return Predictor.Predict(network, [ImageSamples.FromFile(folder["cat.png"], network.InputShape)], 1, "cpu")[0];
    }

    // the here-string of the example that has the word
    private static string Program(string word)
    {
        string help = Path.Combine((string)AppContext.GetData("ConvNetShell.NativeFolder")!, "en-US", "ConvNetShell.Cmdlets.dll-Help.xml");
        string code = XDocument
            .Load(help)
            .Descendants()
            .Where(element => element.Name.LocalName == "code")
            .Select(element => element.Value.ReplaceLineEndings("\n"))
            .Single(text => text.Contains(word, StringComparison.Ordinal));
        return code.Split("@'\n")[1].Split("\n'@")[0];
    }

    private static void AssertEqual(Prediction expected, string output)
    {
        string[] words = output.Trim().Split(' ');
        Assert.Equal(expected.Class, words[0]);
        Assert.Equal(expected.Probability, double.Parse(words[1], CultureInfo.InvariantCulture), 1e-5);
    }
}
