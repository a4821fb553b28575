using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Captions;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Records.Embeddings;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Highlights;
using ConvNetShell.Display.Records.Networks;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Records.Sweeps;
using ConvNetShell.Display.Records.Traces;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Rendering.Tests;

namespace ConvNetShell.Interactive.Tests;

/// <summary>One of every record that has a renderer.</summary>
internal static class RecordSamples
{
    private static readonly double[][] Plane =
    [
        .. Enumerable.Range(0, 8).Select(row => Enumerable.Range(0, 8).Select(column => (double)(row - column)).ToArray()),
    ];
    private static readonly ImageSample Image = Samples.Image(0);
    private static readonly ClassReport[] Reports = [new("c0", 0.8, 0.7, 0.75, 10), new("c1", 0.6, 0.9, 0.72, 10)];
    private static readonly Prediction[] Guesses =
    [
        new("Test[0]", 1, "c0", 0.9, "c0", true) { Sample = Image },
        new("Test[0]", 2, "c1", 0.1, "c0", false) { Sample = Image },
    ];
    private static readonly MatchTimeline Timeline = new(
        "Net",
        "3",
        [new(0, 2, 0.1, -1, 0, false, false), new(2, 4, 0.9, 2, 1, true, true)]
    );
    private static readonly ConvolutionScene Scene = new([1, 2, 3], 1, [3], [2], 1, [2], [1]);
    private static readonly ConvolutionStep[] Steps =
    [
        new(1, 0, [0], [0], [1, 2], [1, -1], 0) { Scene = Scene },
        new(2, 0, [1], [1], [2, 3], [1, -1], 0) { Scene = Scene },
    ];
    private static readonly PoolingScene Pooled = new([1, 3, 2, 4], 1, [4], [2], [2]);
    private static readonly ReceptiveFieldInfo Field = new("conv1", "4x8x8", [5, 5], [1, 1], [0, 0], [], [], []);

    public static IReadOnlyDictionary<Type, object> All { get; } =
        new object[]
        {
            new AccuracyReport("Net", "Data", "Test", 20, 0.5, 0.8, 1, 0.7, 0.9, Reports),
            new GradientTrace(
                "Test[0]",
                "conv1",
                "conv3x3x4",
                "weight",
                [0, 0, 1, 1],
                0.5,
                2.3,
                [.. Enumerable.Range(0, 9).Select(i => new GradientTerm("Test[0]", [0, i / 3, i % 3], [0, i / 3, i % 3], i, 0.1, i * 0.1))],
                3.6,
                1e-6,
                2.3000036,
                2.2999964,
                0.1,
                2.1
            ),
            new ActivationTrace(
                "Test[0]",
                "conv1",
                "conv3x3x4",
                [0, 0, 0],
                "sum",
                [.. Enumerable.Range(0, 9).Select(i => new Contribution([0, i / 3, i % 3], i, 1, i))],
                0,
                36,
                36
            )
            {
                Window = [1, 3, 3],
                Network = new TracedNetwork(
                    "Net",
                    "Test[0]",
                    [
                        new(
                            "image",
                            "pixel",
                            [1, 3, 3],
                            Samples.Noise(9),
                            [],
                            new(LayerRuleKind.Image, "a byte") { Weights = [1], Biases = [0] }
                        ),
                        new(
                            "conv1",
                            "conv3x3x4",
                            [1, 1, 1],
                            [36],
                            [0],
                            new(LayerRuleKind.Products, "sum") { Kernel = [3, 3], Weights = Samples.Noise(9) }
                        ),
                    ],
                    19
                ),
            },
            new CalibrationReport("Net", "Data", "Test", 20, 0.8, 0.9, 0.1, 0.2, 0.5, 0.3, [new(0.8, 1, 20, 0.9, 0.8)]),
            new HistoryChart("run", Samples.Epochs(3)).ToChart(),
            new ClassChart("Classes", Reports),
            new ConfusedSample(Image, "c0", "c1", 0.9),
            Samples.Matrix(),
            new ConvolutionResult("Convolution", "8x8", "1x1", "8", "8x8", Plane, 0),
            new ActivationChart("ReLU", [new(0, "ReLU", -1, 0, 0, null), new(1, "ReLU", 1, 1, 1, null)], []),
            new ConvolutionTrace(Scene, Steps),
            new PoolingTrace(
                Pooled,
                [new(1, 0, [0], [0], [1, 3], [1], 3) { Scene = Pooled }, new(2, 0, [1], [2], [2, 4], [3], 4) { Scene = Pooled }]
            ),
            new MovingFigure("pictures", [Samples.Grid(1), Samples.Grid(1)]),
            new ImageCaption("Net", "Test[0]", "a cat", -0.5, [new("a", 0.9, 0, 0, []), new("cat", 0.7, 1, 2, [0.25f, 0.75f])])
            {
                Sample = Image,
            },
            new CrowdPicture(Image, Image, 0, 0),
            Timeline,
            new Highlight("Net", "3", 1, 4, 6, 0.9, 0.25, 0.75)
            {
                Film = new(2, 2, 3, new byte[12], [128, 200, 60, 128], 2),
                Timeline = Timeline,
            },
            new HighlightReport("Net", "both", "Data", "Test", 20, 4, 0.8, 3, 0.75, 0.9) { Groups = [new("Side", "home", 4, 3)] },
            new EmbeddingMap("PCA", "Net", "Data Test", "Class", [new("Test[0]", "c0", 0, 1), new("Test[1]", "c1", 1, 0)]),
            new GroupAccuracyReport("Net", "Data", "Test", "Skin", 20, 0.8, 0.03, [new("dark", 10, 7, 0.4, 0.9)]),
            new VerificationReport(
                "Net",
                "Data",
                "Test",
                2,
                10,
                10,
                0.9,
                0.1,
                0.8,
                0.5,
                0.1,
                0.1,
                [new(1, 0, 0), new(0.5, 0.1, 0.9), new(0, 1, 1)],
                [new(0, 0.5, 0.1, 0.9), new(0.5, 1, 0.9, 0.1)]
            ),
            new DreamImage("fc1", 0, "c0", 0, 1, 10, 0, Image, [0, 1]),
            new FeatureMap("conv1", 0, "Test[0]", "8x8", Samples.Noise(64))
            {
                Height = 8,
                Width = 8,
                Data = new[] { Plane },
            },
            new HistoryChart("run", Samples.Epochs(3)),
            Image,
            new DuplicatePair(Image, Image, 0),
            new LabelErrorCandidate("Test[0]", 1, "c0", "c1", 0.1, 0.9, 0.5) { Sample = Image },
            new InvarianceChart([new("Shift", 8, "conv1", 0.1, 1, 0.8), new("Shift", 3, "conv1", 0.2, 1, 0.9)]),
            new LayerFilter("conv1", 0, "1x8x8", 0.5, new[] { Plane }, [.. Plane.SelectMany(row => row)]),
            new LayerMeasureChart([
                new("conv1", "Conv", "4x8x8", 256, 0.1, 1, -2, 2, 0.4, 0.1),
                new("relu1", "ReLU", "4x8x8", 256, 0.5, 1, 0, 2, 0.5, 0.2),
            ]),
            new LayerTimingChart([
                new("conv1", "Conv", "4x8x8", 128, 1, 2, 3, 4, 0.5, 0.6),
                new("relu1", "ReLU", "4x8x8", 128, 1, 1, 3, 4, 0.5, 0.4),
            ]),
            new LearningRateSearch(
                "Net",
                "Data",
                "SGD",
                0.1,
                "steepest",
                false,
                [.. Enumerable.Range(1, 9).Select(i => new LearningRatePoint(i, i / 100.0, 3 - (0.1 * i), 3 - (0.1 * i)))]
            ),
            new MaximalPatch(
                "conv1",
                0,
                1,
                2.5,
                "Test[0]",
                "c0",
                [0, 0],
                [
                    [0, 2],
                    [0, 2],
                ],
                Image
            )
            {
                Sample = Image,
            },
            new MimeBundle([
                KeyValuePair.Create(MimeBundle.PlainText, "a < b"),
                KeyValuePair.Create(MimeBundle.Html, "<b>x</b>"),
                KeyValuePair.Create(MimeBundle.Png, "iVBORw0KGgo="),
            ]),
            new NetworkComparison("A", "B", "Data", "Test", 10, [1, 2], [3], 4, "McNemar", 0.5, -0.1, 0.2),
            new NetworkPanel(
                "Net",
                "a.png",
                [new PanelLayer("conv1", "Conv 5x5", "4x8x8", "x") { Activations = [Samples.Map()], Weights = [Samples.Map(side: 5)] }],
                []
            ),
            new NetworkSummary(
                "Net",
                "3x32x32",
                "10",
                [new(1, "fc1", "Dense", "10", string.Empty, string.Empty, string.Empty, 30_730, 30_720, 1, "10x3072+10 = 30730", 32, 0)]
            ),
            Samples.Map(),
            Samples.Grid(3),
            new PoolingResult("Max", "16x16", "2x2", "8", "8x8", Plane, [], 0),
            Guesses[0],
            new PredictionChart(Guesses),
            new ReceptiveFieldChart([Field]),
            Field with
            {
                Gradient = Plane,
            },
            new Saliency("Test[0]", SaliencyMethod.Gradient, "c0", 1, 0.9, "c0", 8, 8, Samples.Noise(64))
            {
                Image = Samples.Map(),
                Sample = Image,
            },
            new SharingChart([new("conv1", "3x8x8", "4x8x8", 112, 7_000, 50_000, 6_912, 49_152, 13_824, 6_912)]),
            new ShiftComparison("8x8", 0, 1, 64, 60, Plane, Plane),
            new SweepChart(
                SweepPlot.History,
                "s: history",
                "ValidationAccuracy",
                true,
                [new("LearningRate", 0.001, 0.1, true, [])],
                [
                    new(1, "Completed", 0.5, "LearningRate 0.01", [0.01], [0.4, 0.5]),
                    new(2, "Completed", 0.6, "LearningRate 0.02", [0.02], [0.5, 0.6]),
                ]
            ),
            new TemplateMatch(1, 2, 3, 4, 4, 0.9) { ScoreMap = Plane },
        }.ToDictionary(record => record.GetType());
}
