using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// One picture of the Shapes dataset: a background that shades from one color to another, clutter, the figure, and noise.
/// </summary>
internal sealed class ShapePicture
{
    public const int Side = 32;

    private readonly SeededRandom random;
    private readonly string figure;
    private readonly double centreX;
    private readonly double centreY;
    private readonly double size;
    private readonly double sin;
    private readonly double cos;
    private readonly PaintColor near;
    private readonly PaintColor far;
    private readonly PaintColor ink;
    private readonly double noise;
    private readonly double shadeX;
    private readonly double shadeY;
    private readonly Clutter[] clutter;

    public ShapePicture(int label, SeededRandom random)
    {
        this.random = random;
        figure = ShapesGenerator.ClassNames[label];
        bool texture = IsTexture(figure);
        size = texture ? random.NextDouble(5.5, 9.5) : random.NextDouble(7.5, 12);
        centreX = texture ? random.NextDouble(0, Side) : random.NextDouble(size * 0.85, Side - (size * 0.85));
        centreY = texture ? random.NextDouble(0, Side) : random.NextDouble(size * 0.85, Side - (size * 0.85));
        (sin, cos) = Turn(figure, random);

        // Backgrounds keep to the middle of the range, and textures, which fill the picture, are drawn paler than outlines: a few pictures
        // of
        // far more contrast than the rest make large steps of training end with no unit active.
        near = PaintColor.Random(random, 60, 195);
        far = near.Towards(PaintColor.Random(random, 10, 245), 0.35);
        PaintColor strong = near.Contrasting(random, 70);
        ink = texture ? near.Towards(strong, 0.6) : strong;
        noise = random.NextDouble(4, 15);
        shadeX = random.NextDouble(-1, 1);
        shadeY = random.NextDouble(-1, 1);
        clutter = new Clutter[random.NextInt(4)];
        for (int i = 0; i < clutter.Length; i++)
        {
            clutter[i] = Clutter.Random(random, near);
        }
    }

    /// <summary>Draws the picture into 32 x 32 x 3 bytes, channels last.</summary>
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

    private static bool IsTexture(string figure) => figure is "checkerboard" or "diagonal" or "dots" or "horizontal";

    /// <summary>
    /// A random turn that does not change the class, as sine and cosine by way of the half-angle's tangent: horizontal stripes tilt by 7
    /// degrees at most,
    /// diagonal ones lie at 33 to 57 degrees to either side, the others at any angle.
    /// </summary>
    private static (double Sin, double Cos) Turn(string figure, SeededRandom random)
    {
        double tangent = figure switch
        {
            "horizontal" => random.NextDouble(-0.06, 0.06),
            "checkerboard" or "dots" => random.NextDouble(-0.1, 0.1),
            "diagonal" => random.NextDouble(0.30, 0.54) * (random.NextInt(2) == 0 ? 1 : -1),
            "square" => random.NextDouble(-0.41, 0.41),
            _ => random.NextDouble(-1, 1),
        };
        double square = tangent * tangent;
        (double sin, double cos) = (2 * tangent / (1 + square), (1 - square) / (1 + square));

        // The tangent above reaches half of the circle; the other half is the same upside down.
        return figure is "triangle" or "star" && random.NextInt(2) == 0 ? (-sin, -cos) : (sin, cos);
    }

    private PaintColor At(double x, double y)
    {
        double shade = Math.Clamp(0.5 + (((x - 16) * shadeX) + ((y - 16) * shadeY)) / Side, 0, 1);
        PaintColor color = near.Towards(far, shade);
        foreach (Clutter item in clutter)
        {
            color = color.Towards(item.Color, Coverage(item.Distance(x, y)));
        }
        double dx = x - centreX,
            dy = y - centreY;
        return color.Towards(ink, Coverage(Distance((cos * dx) + (sin * dy), (cos * dy) - (sin * dx))));
    }

    private double Distance(double x, double y) =>
        figure switch
        {
            "checkerboard" => ShapeOutlines.Checkerboard(x, y, size * 1.4),
            "circle" => ShapeOutlines.Circle(x, y, size * 0.9),
            "cross" => ShapeOutlines.Cross(x, y, size),
            "dots" => ShapeOutlines.Dots(x, y, size),
            "ring" => ShapeOutlines.Ring(x, y, size),
            "square" => ShapeOutlines.Box(x, y, size * 0.78, size * 0.78),
            "star" => ShapeOutlines.Star(x, y, size * 1.15),
            "triangle" => ShapeOutlines.Triangle(x, y, size * 1.1),
            _ => ShapeOutlines.Stripes(y, size),
        };

    /// <summary>How much of a pixel lies inside an edge at this distance from its middle.</summary>
    private static double Coverage(double distance) => Math.Clamp(0.5 - distance, 0, 1);

    /// <summary>A distractor: a short line or a small blob behind the figure.</summary>
    private readonly record struct Clutter(PaintColor Color, double FromX, double FromY, double ToX, double ToY, double Width)
    {
        public static Clutter Random(SeededRandom random, PaintColor background)
        {
            double x = random.NextDouble(0, Side),
                y = random.NextDouble(0, Side);
            double reach = random.NextInt(2) == 0 ? 0.1 : random.NextDouble(3, 12);
            double width = reach < 1 ? random.NextDouble(1, 2.6) : random.NextDouble(0.5, 1.2);
            PaintColor color = background.Towards(PaintColor.Random(random, 10, 245), 0.6);
            return new Clutter(color, x, y, x + (reach * random.NextDouble(-1, 1)), y + (reach * random.NextDouble(-1, 1)) + 0.01, width);
        }

        public double Distance(double x, double y) => ShapeOutlines.ToSegment(x, y, (FromX, FromY), (ToX, ToY)) - Width;
    }
}
