using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Display.Records.Networks;

namespace ConvNetShell.Core.Tests.Networks;

public sealed class NetworkInspectorTests
{
    // As their authors made them: a pooling that leaves rows out, an output layer that is distances, not values for softmax.
    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["CIFAR10Fast"] = ["Window.DropsPixels", "Window.DropsPixels", "Window.DropsPixels", "Softmax.Handled"],
        ["FaceNetSmall"] = [],
        ["LeNet5-1998"] = [],
        ["ShowAndTell"] = [],
        ["ShowAttendAndTell"] = [],
    };

    [Fact]
    public void Clean_presets_have_only_the_note_on_softmax()
    {
        foreach (NetworkPreset preset in NetworkPresets.All)
        {
            IEnumerable<string> issues = NetworkInspector
                .Inspect(
                    preset.Layers(),
                    preset.InputShape,
                    classes: NetworkPlan.Fit(preset.Layers(), preset.InputShape).OutputShape.Channels
                )
                .Select(issue => issue.Code);
            Assert.Equal(Known.GetValueOrDefault(preset.Name, ["Softmax.Handled"]), issues);
        }
    }

    [Theory]
    [InlineData("conv3x3x4 relu fc10", "1,8,8", "")]
    [InlineData("pool2 pool2 pool2 pool2 fc10", "1,8,8", "Layer.KernelTooLarge@pool4")]
    [InlineData("conv5x5x4p0 relu fc10", "1,4,9", "Layer.KernelTooLarge@conv1")]
    [InlineData("fc20 relu conv3x3x4 relu fc10", "1,8,8", "Layer.WrongInput@conv1")]
    [InlineData("conv3x3x4g3-nobias relu fc10", "1,8,8", "Layer.Syntax")]
    [InlineData("conv3x3x4g2 relu fc10", "1,8,8", "Layer.Groups@conv1")]
    [InlineData("conv3x3x10 softmax", "1,8,8", "Layer.WrongInput@softmax1 Softmax.Handled@softmax1 Output.Classes@softmax1")]
    [InlineData("conv3x3x4 relu softmax fc10", "1,8,8", "Layer.WrongInput@softmax1 Softmax.NotLast@softmax1")]
    [InlineData("fc20 softmax fc10 softmax", "1,8,8", "Softmax.NotLast@softmax1 Softmax.Handled@softmax2")]
    [InlineData("pool2 fc10", "1,9,8", "Window.DropsPixels@pool1")]
    [InlineData("conv1x1x4s2 relu fc10", "1,9,9", "Window.DropsPixels@conv1")]
    [InlineData("conv3x3x4s2p1 bn relu fc10", "1,8,8", "Bias.BeforeNorm@conv1")]
    [InlineData("conv3x3x4 pool2 bn relu fc10", "1,8,8", "Bias.BeforeNorm@conv1")]
    [InlineData("conv3x3x4-nobias bn relu fc10", "1,8,8", "")]
    [InlineData("conv3x3x4 relu bn fc10", "1,8,8", "")]
    [InlineData("fc20 fc10", "1,8,8", "Linear.Stacked@fc2")]
    [InlineData("conv3x3x4 avgpool2 drop0.5 flatten fc10", "1,8,8", "Linear.Stacked@fc1")]
    [InlineData("conv3x3x4 pool2 fc10", "1,8,8", "")] // taking the maximum is no linear thing
    [InlineData("fc10 relu", "1,8,8", "Output.Activation@relu1")]
    [InlineData("fc10 tanh softmax", "1,8,8", "Output.Activation@tanh1 Softmax.Handled@softmax1")]
    [InlineData("fc7 softmax", "1,8,8", "Softmax.Handled@softmax1 Output.Classes@softmax1")]
    [InlineData("conv3x3x10 relu", "1,8,8", "Output.Classes@relu1")]
    [InlineData("", "1,8,8", "Network.Empty")]
    public void Finds_what_is_wrong(string spec, string input, string expected)
    {
        if (expected == "Layer.Syntax")
        {
            Assert.ThrowsAny<ConvNetException>(() => NetworkSpec.Parse(spec)); // such a layer cannot even be written
            return;
        }
        var issues = NetworkInspector.Inspect(NetworkSpec.Parse(spec), Shape.Parse(input), classes: 10);
        Assert.Equal(expected, string.Join(' ', issues.Select(issue => issue.Layer is null ? issue.Code : $"{issue.Code}@{issue.Layer}")));
        Assert.All(issues, issue => Assert.EndsWith(".", issue.Fix, StringComparison.Ordinal));
    }

    [Fact]
    public void Goes_on_behind_an_error()
    {
        LayerSpec[] layers =
        [
            .. NetworkSpec.Parse("pool9 pool2 conv3x3x4"),
            new DenseSpec(20, inputs: 99),
            .. NetworkSpec.Parse("fc3 relu"),
        ];
        string[] codes = [.. NetworkInspector.Inspect(layers, new Shape(1, 8, 8), classes: 10).Select(issue => issue.Code)];
        Assert.Equal(["Layer.KernelTooLarge", "Linear.Stacked", "Linear.Stacked", "Output.Activation", "Output.Classes"], codes);
    }

    [Fact]
    public void Dense_layer_on_other_inputs_says_both()
    {
        NetworkIssue issue = NetworkInspector.Inspect([new DenseSpec(10, inputs: 100)], new Shape(1, 8, 8))[0];
        Assert.Equal(
            "Error Layer.WrongInput in fc1: Expected 100 inputs. Received: 64 (1x8x8). Set -Inputs 64, or leave it out.",
            issue.ToString()
        );
    }

    [Fact]
    public void Dropped_pixels_are_counted()
    {
        NetworkIssue issue = NetworkInspector.Inspect(NetworkSpec.Parse("pool2 fc10"), new Shape(3, 5, 7))[0];
        Assert.Contains("1 of 5 rows and 1 of 7 columns: 11 of 35 pixels", issue.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Data_must_fit()
    {
        var issues = NetworkInspector.Inspect(NetworkSpec.Parse("fc10 softmax"), new Shape(3, 32, 32), TinyData.Dataset());
        Assert.Equal(["Input.Shape", "Softmax.Handled", "Output.Classes"], issues.Select(issue => issue.Code));
        Assert.Contains("expected 3x32x32. Received: 2x6x6", issues[0].Message, StringComparison.Ordinal);
        Assert.Contains("fc3", issues[2].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_must_differ() =>
        Assert.Contains(
            NetworkInspector.Inspect(
                [new DenseSpec(5) { Name = "a" }, new ActivationSpec(ActivationKind.ReLU), new DenseSpec(5) { Name = "A" }],
                new Shape(4)
            ),
            issue => issue is { Code: "Layer.DuplicateName", Severity: IssueSeverity.Error, Layer: "A" }
        );

    [Fact]
    public void Makes_no_tensor()
    {
        long before = LiveTensors.Count;
        NetworkInspector.Inspect(NetworkPresets.Find("CIFAR10").Layers(), new Shape(3, 32, 32));
        Assert.Equal(before, LiveTensors.Count);
    }
}
