using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// Paints a face in its own coordinates: the middle at 0, the top of the head at -1, the chin at 1. What is nearer comes later. Only
/// additions, products, quotients and square roots, so that the pictures are the same on every machine.
/// </summary>
internal sealed class FacePainter
{
    private readonly FaceIdentity who;
    private readonly double pixel,
        yaw,
        nod,
        smile,
        open,
        lid,
        browLift;
    private readonly PaintColor clothes,
        shadow;

    /// <param name="who">The person.</param>
    /// <param name="random">The random numbers of the picture, for the turn of the head and the expression.</param>
    /// <param name="pixel">The size of a pixel in units of half a face.</param>
    public FacePainter(FaceIdentity who, SeededRandom random, double pixel)
    {
        (this.who, this.pixel) = (who, pixel);
        yaw = random.NextDouble(-0.26, 0.26);
        nod = random.NextDouble(-0.1, 0.1);
        smile = random.NextDouble(-0.1, 0.16);
        open = random.NextInt(3) == 0 ? random.NextDouble(0.04, 0.13) : 0;
        lid = random.NextDouble(0.55, 1);
        browLift = random.NextDouble(-0.05, 0.08);
        clothes = PaintColor.Random(random, 20, 230);
        shadow = who.Skin.Lit(0.72);
    }

    /// <summary>Returns the color of a point.</summary>
    /// <param name="ground">The color behind the person.</param>
    /// <param name="u">The point, from the left to the right.</param>
    /// <param name="v">The point, from the top to the bottom.</param>
    public PaintColor Paint(PaintColor ground, double u, double v)
    {
        double head = Head(u, v);
        PaintColor color = Behind(ground, u, v);
        color = Over(color, who.Skin, head);

        // Features lie on a round head: a turn moves the middle most.
        double front = Math.Max(0, 1 - (u * u * 0.8)),
            x = u - (yaw * front),
            y = v - (nod * front);
        color = Over(color, shadow, Math.Max(head, Nose(x, y)));
        color = Beard(color, head, x, y);
        color = Mouth(color, x, y);
        color = Eye(color, x - who.EyeSpacing, y, 1);
        color = Eye(color, x + who.EyeSpacing, y, -1);
        color = Over(color, who.Hair, Hair(head, x, u, v));
        return Glasses(color, x, y);
    }

    private PaintColor Behind(PaintColor ground, double u, double v)
    {
        PaintColor color = ground;
        if (who.HairStyle == "long")
        {
            color = Over(color, who.Hair, ShapeOutlines.Box(u, v - 0.15, who.Width * 0.85, 0.85) - 0.3);
        }
        color = Over(color, clothes, Ellipse(u, v - 1.95, 1.35, 0.85));
        color = Over(color, shadow, ShapeOutlines.Box(u, v - 1, who.Width * 0.42, 0.3));
        return Over(color, shadow, Ellipse(Math.Abs(u) - who.Width, v - who.EyeHeight - 0.12, who.EarSize, who.EarSize * 1.5));
    }

    private double Head(double u, double v) => Ellipse(u, v, who.Width * (1 - (v > 0 ? who.Jaw * v * v : 0)), 1);

    private double Nose(double x, double y)
    {
        double down = y - who.EyeHeight - 0.06,
            along = Math.Clamp(down / who.NoseLength, 0, 1);
        double bridge = Math.Max(
            Math.Abs(x) - (0.03 + (who.NoseWidth * along * along)),
            Math.Abs(down - (who.NoseLength / 2)) - who.NoseLength / 2
        );
        return Math.Max(bridge, 0.55 * who.NoseLength - down); // the lower half, with its shadow
    }

    private PaintColor Beard(PaintColor color, double head, double x, double y)
    {
        double mouth = y - who.MouthHeight;
        double lip = Ellipse(x, mouth + 0.13, who.MouthWidth * 0.95, 0.075),
            chin = Ellipse(x, mouth - 0.3, who.MouthWidth * 0.75, 0.24);
        return who.Beard switch
        {
            "moustache" => Over(color, who.Hair, Math.Max(head, lip)),
            "goatee" => Over(color, who.Hair, Math.Max(head, Math.Min(lip, chin))),
            "full" => Over(color, who.Hair, Math.Max(head, Math.Max(0.24 - y - (x * x * 0.9), -Ellipse(x, mouth + 0.22, 0.34, 0.22)))),
            _ => color,
        };
    }

    private PaintColor Mouth(PaintColor color, double x, double y)
    {
        double bend = x * x / (who.MouthWidth * who.MouthWidth) * smile;
        double down = y - who.MouthHeight + bend;
        color = Over(color, who.Lips, Ellipse(x, down, who.MouthWidth, who.LipThickness + open));
        return open > 0 ? Over(color, new PaintColor(50, 15, 20), Ellipse(x, down, who.MouthWidth * 0.75, open)) : color;
    }

    /// <summary>Paints an eye and its brow; the side is -1 for the left and 1 for the right one.</summary>
    private PaintColor Eye(PaintColor color, double x, double y, int side)
    {
        double down = y - who.EyeHeight,
            brow = down + who.BrowGap + browLift - (who.BrowTilt * x * side / 0.15);
        color = Over(color, new PaintColor(238, 236, 232), Ellipse(x, down, who.EyeSize * 1.25, who.EyeSize * 0.75 * lid));
        double iris = Math.Max(Ellipse(x, down, who.EyeSize * 0.72, who.EyeSize * 0.72), Ellipse(x, down, 1, who.EyeSize * 0.75 * lid));
        color = Over(color, who.Eyes, iris);
        return Over(color, who.Hair.Lit(0.8), ShapeOutlines.Box(x, brow, 0.17, who.BrowWidth * 0.5) - (who.BrowWidth * 0.5));
    }

    private double Hair(double head, double x, double u, double v)
    {
        double cap = Ellipse(u, v, who.Width + 0.1, 1.12);
        return who.HairStyle switch
        {
            "bald" => 1,
            "fringe" => Math.Max(cap, v - who.Hairline - 0.12),
            "parted" => Math.Max(cap, v - who.Hairline - (x > 0.1 ? 0.3 * (x - 0.1) : -0.9 * (x - 0.1)) + 0.1),
            "curly" => Math.Max(Ellipse(u, v + 0.1, who.Width + 0.26, 1.2), Math.Max(v - who.Hairline - (u * u * 1.1), v - 0.1)),
            "long" => Math.Max(cap, v - who.Hairline - (x * x * 1.6)),
            _ => Math.Max(cap, Math.Max(v - who.Hairline - (x * x * 0.8), v + 0.05)),
        };
    }

    private PaintColor Glasses(PaintColor color, double x, double y)
    {
        if (who.Glasses == "none")
        {
            return color;
        }
        double side = Math.Abs(x) - who.EyeSpacing,
            down = y - who.EyeHeight;
        double lens = who.Glasses == "round" ? Ellipse(side, down, 0.235, 0.235) : ShapeOutlines.Box(side, down, 0.24, 0.17);
        double bridge = Math.Max(ShapeOutlines.Box(x, down + 0.03, who.EyeSpacing, 0.025), -lens);
        return Over(color, who.GlassesColor, Math.Min(Math.Abs(lens) - 0.042, bridge));
    }

    /// <summary>Returns about the distance to an ellipse, negative inside.</summary>
    private static double Ellipse(double x, double y, double halfWidth, double halfHeight)
    {
        double a = x / halfWidth,
            b = y / halfHeight;
        return (Math.Sqrt((a * a) + (b * b)) - 1) * Math.Min(halfWidth, halfHeight);
    }

    private PaintColor Over(PaintColor below, PaintColor paint, double distance) =>
        below.Towards(paint, Math.Clamp(0.5 - (distance / pixel), 0, 1));
}
