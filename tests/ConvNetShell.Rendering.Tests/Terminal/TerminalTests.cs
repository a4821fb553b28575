using System.Text.RegularExpressions;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Evaluation;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Rendering.Drawing;
using ConvNetShell.Rendering.Pictures;
using ConvNetShell.Rendering.Terminal;

namespace ConvNetShell.Rendering.Tests.Terminal;

/// <summary>Pictures and charts as characters.</summary>
public sealed partial class TerminalTests
{
    [Fact]
    public void A_character_is_two_pixels()
    {
        string line = Assert.Single(HalfBlocks.Draw(new Picture("", 3, 2, 1, [1, 0, 0, 0, 0, 1]), new ValueRange(0, 1), 1));
        Assert.Equal("\u001b[0m\u001b[38;2;255;0;0m\u001b[48;2;0;0;255m▀\u001b[0m", line);
    }

    [Theory]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void Lines_stay_within_the_window(int width)
    {
        var options = new TerminalOptions(width, 40, Color: true);
        object[] figures =
        [
            Samples.Grid(16, 32),
            Samples.Grid(16, 5),
            Samples.Map("one", 300),
            new HistoryChart("t", Samples.Epochs(30), 4),
            Samples.Matrix(),
            new PredictionChart([new Prediction("a", 1, new string('c', 90), 0.9, null, null)]),
            new PictureGrid("", [new Picture("", 2, 1, 64, Samples.Noise(128))]),
        ];
        foreach (object figure in figures)
        {
            string text = TerminalView.Draw(figure, options)!;
            Assert.All(
                Plain(text).Split('\n').Skip(figure is ConfusionMatrix ? 1 : 0), // its heading is a sentence
                line => Assert.True(line.TrimEnd('\r').Length <= width, $"{figure.GetType().Name}: {line}")
            );
        }
    }

    [Fact]
    public void Without_color_there_is_no_escape()
    {
        var options = new TerminalOptions(100, 40, Color: false);
        Assert.DoesNotContain('\u001b', TerminalView.Draw(new HistoryChart("t", Samples.Epochs(30)), options)!);
        Assert.DoesNotContain('\u001b', TerminalView.Draw(Samples.Matrix(), options)!);
        Assert.Null(TerminalView.Draw(Samples.Grid(3), options)); // told in words instead
    }

    [Fact]
    public void A_curve_falls_from_the_left_top_to_the_right_bottom()
    {
        string[] lines = BrailleCanvas.Draw(
            [
                [4, 3, 2, 1],
            ],
            10,
            4
        );
        Assert.Equal(4, lines.Length);
        Assert.NotEqual(' ', lines[0][0]);
        Assert.Equal(' ', lines[0][9]);
        Assert.NotEqual(' ', lines[3][9]);
        Assert.Equal(' ', lines[3][0]);
    }

    [Fact]
    public void A_gap_is_left_where_there_is_no_number()
    {
        string line = Assert.Single(
            BrailleCanvas.Draw(
                [
                    [0, 0, double.NaN, double.NaN, 0, 0],
                ],
                12,
                1
            )
        );
        Assert.Contains(line[3..8], character => character == ' ');
        Assert.Equal(
            new string(' ', 5),
            Assert.Single(
                BrailleCanvas.Draw(
                    [
                        [double.NaN],
                    ],
                    5,
                    1
                )
            )
        );
    }

    [Fact]
    public void The_page_that_is_asked_for_is_drawn() =>
        Assert.Contains(
            "Page 2 of 2: 12 of 60 pictures.",
            TerminalView.Draw(Samples.Grid(60), new TerminalOptions(100, 40, Color: true), new RenderOptions { Page = 2 })!,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_chart_says_its_numbers()
    {
        string text = TerminalView.Draw(new HistoryChart("CIFAR10", Samples.Epochs(30)), new TerminalOptions(120, 40, Color: false))!;
        Assert.Contains("CIFAR10", text, StringComparison.Ordinal);
        Assert.Contains("training", text, StringComparison.Ordinal);
        Assert.Contains(" %", text, StringComparison.Ordinal);
        Assert.Contains("epoch", text, StringComparison.Ordinal);
    }

    [Fact]
    public void A_matrix_too_wide_for_the_window_names_its_pairs()
    {
        string text = TerminalView.Draw(Samples.Matrix(40), new TerminalOptions(80, 40, Color: true))!;
        Assert.Contains("c0 taken for c1: 3 (30.0 %)", text, StringComparison.Ordinal);
        Assert.Contains(
            Ansi.Background(ColorMap.Viridis.At(0.7)),
            TerminalView.Draw(Samples.Matrix(), new TerminalOptions(80, 40, Color: true))!,
            StringComparison.Ordinal
        );
    }

    private static string Plain(string text) => Escape().Replace(text, string.Empty);

    [GeneratedRegex("\u001b\\[[0-9;]*m")]
    private static partial Regex Escape();
}
