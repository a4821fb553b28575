using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>One picture of the Scenes dataset: objects on a dark ground, colors that vary a little, and noise.</summary>
internal sealed class ScenePicture
{
    /// <summary>The rows and columns.</summary>
    public const int Side = 32;

    private const double ColorSpread = 18;

    private readonly SeededRandom random;
    private readonly PaintColor ground;
    private readonly double noise;
    private readonly (SceneGroup Group, double X, double Y, double Radius, PaintColor Color)[] objects;

    /// <param name="facts">What it shows.</param>
    /// <param name="random">The random numbers of this picture.</param>
    public ScenePicture(SceneFacts facts, SeededRandom random)
    {
        this.random = random;
        ground = PaintColor.Random(random, 20, 70);
        noise = random.NextDouble(4, 12);
        objects =
        [
            .. ScenePlacer
                .Place(facts, Side, random)
                .Select(item => (item.Group, item.X, item.Y, item.Radius, Varied(Ink(item.Group.Color), random))),
        ];
    }

    /// <summary>Paints the picture into 32 x 32 x 3 bytes, channels last.</summary>
    /// <param name="pixels">The bytes.</param>
    public void Draw(Span<byte> pixels)
    {
        for (int row = 0, at = 0; row < Side; row++)
        {
            for (int column = 0; column < Side; column++, at += 3)
            {
                At(column + 0.5, row + 0.5).Write(pixels.Slice(at, 3), noise, random);
            }
        }
    }

    private PaintColor At(double x, double y)
    {
        PaintColor color = ground;
        foreach ((SceneGroup group, double centreX, double centreY, double radius, PaintColor ink) in objects)
        {
            double distance = Distance(group.Figure, x - centreX, y - centreY, radius);
            color = color.Towards(ink, Math.Clamp(0.5 - distance, 0, 1));
        }
        return color;
    }

    private static double Distance(string figure, double x, double y, double radius) =>
        figure switch
        {
            "circle" => ShapeOutlines.Circle(x, y, radius),
            "square" => ShapeOutlines.Box(x, y, radius * 0.86, radius * 0.86),
            "triangle" => ShapeOutlines.Triangle(x, y - (radius * 0.25), radius * 1.15),
            "cross" => ShapeOutlines.Cross(x, y, radius),
            _ => ShapeOutlines.Ring(x, y, radius),
        };

    private static PaintColor Ink(string color) =>
        color switch
        {
            "red" => new PaintColor(220, 40, 40),
            "green" => new PaintColor(40, 190, 60),
            "blue" => new PaintColor(50, 80, 230),
            "yellow" => new PaintColor(230, 215, 50),
            "pink" => new PaintColor(240, 110, 200),
            _ => new PaintColor(235, 235, 235),
        };

    private static PaintColor Varied(PaintColor color, SeededRandom random)
    {
        PaintColor change = PaintColor.Random(random, -ColorSpread, ColorSpread);
        return new PaintColor(color.Red + change.Red, color.Green + change.Green, color.Blue + change.Blue);
    }
}
