using System.Globalization;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Records.Traces;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Records.Understanding;

namespace ConvNetShell.Display.Tests.Text;

/// <summary>What records say of themselves, in a culture that writes numbers another way.</summary>
public sealed class TextTests : IDisposable
{
    private static readonly LayerSummary Layer = new(
        1,
        "conv1",
        "Conv",
        "16x32x32",
        "5x5",
        "1",
        "Same",
        1216,
        1228800,
        1,
        "16x5x5x3+16 = 1216",
        5,
        1
    );
    private readonly CultureInfo before = CultureInfo.CurrentCulture;

    public TextTests() => CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");

    public static TheoryData<object, string> Records =>
        new()
        {
            {
                new EpochRecord(3, 1.2041, 0.5712, 1.157, 0.593, 0.05, 8000, TimeSpan.FromSeconds(9)),
                "epoch 3: loss 1.204, accuracy 57.1 %, validation loss 1.157, accuracy 59.3 %"
            },
            {
                new EpochRecord(3, 1.2041, 0.5712, double.NaN, double.NaN, 0.05, 8000, TimeSpan.FromSeconds(9)),
                "epoch 3: loss 1.204, accuracy 57.1 %"
            },
            { Layer, "conv1 (Conv 5x5) -> 16x32x32, 1,216 parameters" },
            { Layer with { Name = "relu1", Type = "ReLU", Kernel = "", Parameters = 0 }, "relu1 (ReLU) -> 16x32x32, 0 parameters" },
            {
                new NetworkSummary("Tiny", "3x32x32", "16x32x32", [Layer]),
                "Tiny: 3x32x32 -> 16x32x32, 1,216 parameters, 1,228,800 multiply-adds"
            },
            { new NetworkIssue(IssueSeverity.Warning, "A.B", "fc1", "Odd.", "Change it."), "Warning A.B in fc1: Odd. Change it." },
            { new NetworkIssue(IssueSeverity.Error, "A.B", null, "Wrong.", "Change it."), "Error A.B: Wrong. Change it." },
            { new ClassReport("dog", double.NaN, double.NaN, double.NaN, 0), "dog: precision n/a, recall n/a, F1 n/a, 0 images" },
            { new ClassReport("cat", 0.612, 0.55, 0.579, 1000), "cat: precision 61.2 %, recall 55.0 %, F1 57.9 %, 1,000 images" },
            {
                new AccuracyReport("Net", "Shapes", "Test", 1000, 0.1823, 0.943, 0.991, 0.927, 0.956, []),
                "Net on Shapes Test: 94.3 % of 1,000 (95 % interval 92.7 to 95.6 %), top 3 99.1 %, loss 0.182"
            },
            { new Prediction("Test[12]", 1, "cat", 0.8731, "dog", false), "Test[12]: 1. cat 87.3 % (true: dog)" },
            { new Prediction("a.png", 2, "cat", 0.1, null, null), "a.png: 2. cat 10.0 %" },
            { new ImageSample("CIFAR10", "Test", 12, 5, "dog", 32, 32, 3, []), "CIFAR10 Test[12]: 32x32x3, dog" },
            {
                new ImageSample("", "", 0, null, null, 28, 20, 1, []) { File = "a.png" },
                "a.png: 28x20x1"
            },
            {
                new PresetInfo("CIFAR10", 22466, "3x32x32", "CIFAR10", "fc10", "lecture"),
                "CIFAR10: 3x32x32, 22,466 parameters, for CIFAR10"
            },
            { new DeviceInfo("cpu", "CPU", true, "8 threads"), "cpu: 8 threads (default)" },
            { new CompletenessCheck(7.31, 8.1, 0.79, 64), "sum 7.310 = 8.100 - 0.790 (off by 0.00 %, 64 steps)" },
            { new CompletenessCheck(7, 7.4, -0.6, 64), "sum 7.000 is not 7.400 - (-0.600) (off by 12.50 %, 64 steps)" },
            { new Contribution([3, 4, 4], 0.25, -1.5, -0.375), "3,4,4: 0.25 * -1.5 = -0.375" },
            {
                new ActivationTrace("Test[0]", "fc1", "fc1", [0], "sum", [new([0], 1.5, 2, 3)], 0.25, 3.25, 3.25),
                "fc1[0]: 1 value, sum 3 + bias 0.25, computed 3.25, the network has 3.25"
            },
            { new GradientTerm("Test[0]", [2, 4, 4], [0, 3, 3], 0.25, -1.5, -0.375), "2,4,4: 0.25 * -1.5 = -0.375" },
            {
                new GradientTrace(
                    "Test[0]",
                    "fc1",
                    "fc1",
                    "bias",
                    [0],
                    0.25,
                    2,
                    [new("Test[0]", [0], [], 1, -0.5, -0.5)],
                    -0.5,
                    0.25,
                    1.875,
                    2.125,
                    0.1,
                    1.9
                ),
                "fc1.bias[0]: gradient -0.5 (1 product), finite difference -0.5, 0.25 becomes 0.3"
            },
            { new ChannelSum(3, -0.375), "channel 3: -0.375" },
            { new CalibrationBin(0.9, 1, 812, 0.978, 0.954), "90 to 100 %: 812 images, confidence 97.8 %, accuracy 95.4 %" },
            {
                new CalibrationReport("Net", "Shapes", "Test", 1000, 0.954, 0.961, 0.013, 0.1, 0.2, 0.1, []),
                "Net on Shapes Test: calibration error 1.3 % (confidence 96.1 %, accuracy 95.4 %)"
            },
            {
                new NetworkComparison("A", "B", "Shapes", "Test", 7, [1, 2], [3], 0, "McNemar exact", 1, -0.2, 0.4),
                "A 90.0 %, B 80.0 %: difference 10.0 % (-20.0 to 40.0 %), McNemar exact p = 1: no difference shown"
            },
            {
                new LayerMeasure("relu1", "relu", "4x6x6", 4, 0.31, 0.54, 0, 2, 0.5, 0.1) { DeadFraction = 0.125 },
                "relu1: mean 0.31, deviation 0.54, 12.5 % dead"
            },
            { new DeviceInfo("mps", "MPS", false, "GPU"), "mps: GPU" },
        };

    [Theory, MemberData(nameof(Records), DisableDiscoveryEnumeration = true)]
    public void Record_says_what_it_is(object record, string text) => Assert.Equal(text, record.ToString());

    [Fact]
    public void Summary_adds_up_its_rows_and_owns_them()
    {
        var summary = new NetworkSummary("Two", "3x32x32", "10", [Layer, Layer with { Name = "conv2" }]);
        Assert.Equal((2432, 2457600), (summary.Parameters, summary.MACs));
        Assert.All(summary.Layers, row => Assert.Same(summary, row.Summary));
        Assert.Null(Layer.Summary);
        Assert.Equal(summary.GetHashCode(), summary.GetHashCode()); // rows refer back; that must not go round in circles
    }

    public void Dispose() => CultureInfo.CurrentCulture = before;
}
