using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// One picture of a person: position, size, turn, light, expression, background, something in front of the face, and noise are random.
/// </summary>
internal sealed class FacePicture
{
    /// <summary>The rows and columns.</summary>
    public const int Side = 32;

    private readonly SeededRandom random;
    private readonly FacePainter face;
    private readonly double centreX,
        centreY,
        size,
        sin,
        cos,
        lightX,
        lightY,
        brightness,
        noise,
        shadeX,
        shadeY;
    private readonly PaintColor near,
        far,
        cast,
        cover;
    private readonly (double X, double Y, double HalfWidth, double HalfHeight)? occluder;

    /// <param name="identity">The person.</param>
    /// <param name="random">The random numbers of this picture.</param>
    public FacePicture(FaceIdentity identity, SeededRandom random)
    {
        this.random = random;
        size = random.NextDouble(9.8, 12.8);
        centreX = (Side / 2.0) + random.NextDouble(-3, 3);
        centreY = (Side / 2.0) + random.NextDouble(-2.2, 3);
        double tangent = random.NextDouble(-0.13, 0.13), // of half the angle: up to 15 degrees to either side
            square = tangent * tangent;
        (sin, cos) = (2 * tangent / (1 + square), (1 - square) / (1 + square));
        face = new FacePainter(identity, random, pixel: 1 / size);
        lightX = random.NextDouble(-0.35, 0.35);
        lightY = random.NextDouble(-0.3, 0.3);
        brightness = random.NextDouble(0.65, 1.2);
        cast = new PaintColor(1, 1, 1).Towards(PaintColor.Random(random, 0.7, 1.3), 0.4);
        near = PaintColor.Random(random, 15, 240);
        far = near.Towards(PaintColor.Random(random, 10, 245), 0.6);
        (shadeX, shadeY) = (random.NextDouble(-1, 1), random.NextDouble(-1, 1));
        noise = random.NextDouble(3, 9);
        cover = PaintColor.Random(random, 20, 235);
        occluder =
            random.NextInt(7) > 0
                ? null
                : (random.NextDouble(-0.9, 0.9), random.NextDouble(-0.5, 1), random.NextDouble(0.12, 0.35), random.NextDouble(0.12, 0.35));
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
        double shade = Math.Clamp(0.5 + (((x - (Side / 2.0)) * shadeX) + ((y - (Side / 2.0)) * shadeY)) / Side, 0, 1);
        double dx = (x - centreX) / size,
            dy = (y - centreY) / size;
        double u = (cos * dx) + (sin * dy),
            v = (cos * dy) - (sin * dx);
        PaintColor color = face.Paint(near.Towards(far, shade), u, v);
        if (occluder is { } o)
        {
            double distance = ShapeOutlines.Box(u - o.X, v - o.Y, o.HalfWidth, o.HalfHeight);
            color = color.Towards(cover, Math.Clamp(0.5 - (distance * size), 0, 1));
        }
        double light = brightness * (1 + (lightX * Math.Clamp(u, -1.2, 1.2)) + (lightY * Math.Clamp(v, -1.2, 1.2)));
        return new PaintColor(color.Red * cast.Red * light, color.Green * cast.Green * light, color.Blue * cast.Blue * light);
    }
}
