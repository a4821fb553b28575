using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Pictures;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Rendering.Terminal;
using SkiaSharp;

namespace ConvNetShell.Rendering.Tests.Terminal;

/// <summary>Figures as pixels of a terminal, and how the terminal is asked whether it has some.</summary>
public sealed class SixelTests
{
    private const string Escape = "\u001b";
    private static readonly TerminalOptions Window = new(100, 40, Color: true) { Sixel = new SixelOptions() };

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(5, 6, 3)]
    [InlineData(31, 7, 16)]
    [InlineData(300, 50, 256)]
    public void What_is_drawn_is_read_again(int width, int height, int colors)
    {
        using SKBitmap bitmap = Noise(width, height, colors);
        (SKColor[] pixels, int readWidth, int readHeight) = SixelDecoder.Decode(SixelImage.Encode(bitmap, 256));
        Assert.Equal((width, height), (readWidth, readHeight));
        // a sixel's colors are in whole per cent
        Assert.All(bitmap.Pixels.Zip(pixels), pair => Assert.InRange(Distance(pair.First, pair.Second), 0, 2));
    }

    [Theory]
    [InlineData(256, 14)]
    [InlineData(16, 60)]
    public void Of_many_colors_those_nearest_are_taken(int most, int farthest)
    {
        using var bitmap = new SKBitmap(new SKImageInfo(64, 64, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int i = 0; i < 64 * 64; i++)
        {
            bitmap.SetPixel(i % 64, i / 64, new SKColor((byte)(i % 64 * 4), (byte)(i / 64 * 4), 128));
        }
        SKColor[] pixels = SixelDecoder.Decode(SixelImage.Encode(bitmap, most)).Pixels;
        Assert.InRange(pixels.Distinct().Count(), most / 2, most);
        Assert.InRange(bitmap.Pixels.Zip(pixels).Average(pair => Distance(pair.First, pair.Second)), 1, farthest);
    }

    [Fact]
    public void A_figure_has_the_pixels_of_its_file()
    {
        PictureGrid grid = Samples.Grid(4);
        using SKBitmap file = Samples.Decode(Renderers.Create().Render(grid));
        (SKColor[] pixels, int width, int height) = SixelDecoder.Decode(TerminalView.Draw(grid, Window)!);
        Assert.Equal((file.Width, file.Height), (width, height));
        Assert.InRange(file.Pixels.Zip(pixels).Max(pair => Distance(pair.First, pair.Second)), 0, 24);
    }

    [Theory]
    [InlineData(40, 10)]
    [InlineData(80, 8)]
    [InlineData(200, 20)]
    public void Figures_stay_within_the_window(int columns, int cell)
    {
        TerminalOptions window = Window with { Width = columns, Sixel = new SixelOptions(cell, 2 * cell) };
        foreach (
            object figure in new object[]
            {
                Samples.Grid(16, 32),
                Samples.Map("one", 300),
                new HistoryChart("t", Samples.Epochs(30), 4),
                Samples.Matrix(),
                Samples.Matrix(60),
            }
        )
        {
            Assert.InRange(SixelDecoder.Decode(TerminalView.Draw(figure, window)!).Width, 100, columns * cell);
        }
    }

    [Theory]
    [InlineData(true, null, 0x15)]
    [InlineData(false, null, 0xFF)]
    [InlineData(true, false, 0xFF)]
    public void The_page_is_as_dark_as_the_terminal_unless_told(bool terminal, bool? told, int background)
    {
        string text = TerminalView.Draw(
            Samples.Grid(4),
            Window with
            {
                Sixel = new SixelOptions(Dark: terminal),
            },
            new RenderOptions { Dark = told }
        )!;
        Assert.InRange(SixelDecoder.Decode(text).Pixels[0].Red, background - 2, background);
    }

    [Theory]
    [InlineData("[?62;4;22c", true)]
    [InlineData("[?4;1c", false)] // a VT132, whose class is 4
    [InlineData("[?62;22;44c", false)]
    [InlineData("[?6c", false)]
    [InlineData("[?62;4", false)] // not whole
    [InlineData("", false)]
    public void Sixels_are_drawn_where_the_terminal_says_so(string answer, bool draws) =>
        Assert.Equal(draws, TerminalAnswer.Read(answer.Replace("[", Escape + "[", StringComparison.Ordinal)) is not null);

    [Fact]
    public void The_answer_tells_the_size_of_a_character_and_the_background()
    {
        Assert.Equal(
            new SixelOptions(9, 18, 256, true),
            TerminalAnswer.Read($"{Escape}]11;rgb:1e1e/2020/2424{Escape}\\{Escape}[6;18;9t{Escape}[?64;4c")
        );
        Assert.Equal(new SixelOptions(Dark: false), TerminalAnswer.Read($"{Escape}]11;rgb:ff/f0/e0\u0007{Escape}[6;0;0t{Escape}[?64;4c"));
    }

    [Theory]
    [InlineData("xterm-256color", null, null, null, false)]
    [InlineData("foot", null, null, null, true)] // has not answered: its name decides
    [InlineData("xterm-256color", "WezTerm", null, null, true)]
    [InlineData("foot", null, null, "[?62;22c", false)] // what it says goes before its name
    [InlineData("xterm-256color", null, null, "[?62;4c", true)]
    [InlineData("foot", null, "0", "[?62;4c", false)]
    [InlineData("xterm-256color", null, "1", null, true)]
    [InlineData("dumb", null, null, "[?62;4c", false)]
    public void The_user_decides_first_then_the_terminal_then_its_name(
        string kind,
        string? program,
        string? said,
        string? answer,
        bool draws
    )
    {
        var environment = new Dictionary<string, string?>
        {
            ["TERM"] = kind,
            ["TERM_PROGRAM"] = program,
            [SixelTerminal.Variable] = said,
        };
        Assert.Equal(
            draws,
            SixelTerminal.Find(environment.GetValueOrDefault, () => answer?.Replace("[", Escape + "[", StringComparison.Ordinal))
                is not null
        );
    }

    private static SKBitmap Noise(int width, int height, int colors)
    {
        var random = new Random(5);
        SKColor[] palette = [.. Enumerable.Range(0, colors).Select(_ => new SKColor((uint)random.Next(1 << 24) | 0xFF000000))];
        var bitmap = new SKBitmap(new SKImageInfo(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque));
        for (int i = 0; i < width * height; i++)
        {
            bitmap.SetPixel(i % width, i / width, palette[random.Next(colors)]);
        }
        return bitmap;
    }

    private static int Distance(SKColor a, SKColor b) =>
        Math.Max(Math.Abs(a.Red - b.Red), Math.Max(Math.Abs(a.Green - b.Green), Math.Abs(a.Blue - b.Blue)));
}
