namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// The outlines and textures of the Shapes dataset as signed distances in pixels, negative inside. Only additions, products and square
/// roots:
/// those have one right answer in IEEE arithmetic, so the pictures are the same on every machine.
/// </summary>
internal static class ShapeOutlines
{
    /// <summary>Sines and cosines of 0, 36, 72, 108 and 144 degrees, for the star.</summary>
    private static readonly (double Sin, double Cos)[] StarAngles =
    [
        (0, 1),
        (0.5877852522924731, 0.8090169943749475),
        (0.9510565162951535, 0.30901699437494745),
        (0.9510565162951535, -0.30901699437494745),
        (0.5877852522924731, -0.8090169943749475),
    ];

    public static double Circle(double x, double y, double radius) => Math.Sqrt((x * x) + (y * y)) - radius;

    public static double Ring(double x, double y, double radius) => Math.Abs(Circle(x, y, radius * 0.76)) - (radius * 0.24);

    public static double Box(double x, double y, double halfWidth, double halfHeight)
    {
        double dx = Math.Abs(x) - halfWidth,
            dy = Math.Abs(y) - halfHeight;
        double outsideX = Math.Max(dx, 0),
            outsideY = Math.Max(dy, 0);
        return Math.Sqrt((outsideX * outsideX) + (outsideY * outsideY)) + Math.Min(Math.Max(dx, dy), 0);
    }

    public static double Cross(double x, double y, double radius) =>
        Math.Min(Box(x, y, radius, radius * 0.28), Box(x, y, radius * 0.28, radius));

    public static double Triangle(double x, double y, double radius)
    {
        // Equilateral, its centre at 0: the farthest of three edges.
        double lower = y - (radius * 0.5);
        double slanted = (Math.Abs(x) * 0.8660254037844386) - (y * 0.5) - (radius * 0.5);
        return Math.Max(lower, slanted);
    }

    /// <summary>A five-pointed star: folded onto half a point by mirroring, then the distance to that point's edge.</summary>
    public static double Star(double x, double y, double radius)
    {
        double distance = double.MaxValue;
        double inner = radius * 0.40;
        double side = Math.Abs(x),
            up = -y;

        // Half of the outline, from tip to notch to tip; the other half is its mirror image.
        (double X, double Y) previous = (0, radius);
        bool inside = false;
        for (int corner = 1; corner <= 5; corner++)
        {
            double reach = corner % 2 == 0 ? radius : inner;
            (double X, double Y) next = corner < 5 ? (reach * StarAngles[corner].Sin, reach * StarAngles[corner].Cos) : (0, -inner);
            distance = Math.Min(distance, ToSegment(side, up, previous, next));
            inside |= IsLeft(side, up, previous, next);
            previous = next;
        }
        return inside ? -distance : distance;
    }

    public static double ToSegment(double x, double y, (double X, double Y) from, (double X, double Y) to)
    {
        double dx = to.X - from.X,
            dy = to.Y - from.Y;
        double along = Math.Clamp((((x - from.X) * dx) + ((y - from.Y) * dy)) / ((dx * dx) + (dy * dy)), 0, 1);
        double px = x - from.X - (along * dx),
            py = y - from.Y - (along * dy);
        return Math.Sqrt((px * px) + (py * py));
    }

    /// <summary>Bars of equal width and gap.</summary>
    public static double Stripes(double y, double period) => Wave(y, period);

    public static double Checkerboard(double x, double y, double period)
    {
        double a = Wave(x, period),
            b = Wave(y, period);

        // Inside where exactly one of the two is: the product of the signs, the nearer of the two edges.
        double nearest = Math.Min(Math.Abs(a), Math.Abs(b));
        return (a < 0) == (b < 0) ? nearest : -nearest;
    }

    public static double Dots(double x, double y, double period)
    {
        double px = x - (Math.Round(x / period) * period),
            py = y - (Math.Round(y / period) * period);
        return Math.Sqrt((px * px) + (py * py)) - (period * 0.28);
    }

    private static double Wave(double value, double period) => Math.Abs(value - (Math.Round(value / period) * period)) - (period * 0.25);

    /// <summary>Whether a point lies in the triangle of the centre and one edge of the outline (both turn clockwise).</summary>
    private static bool IsLeft(double x, double y, (double X, double Y) from, (double X, double Y) to) =>
        Turn(0, 0, from.X, from.Y, x, y) <= 0 && Turn(from.X, from.Y, to.X, to.Y, x, y) <= 0 && Turn(to.X, to.Y, 0, 0, x, y) <= 0;

    private static double Turn(double ax, double ay, double bx, double by, double px, double py) =>
        ((bx - ax) * (py - ay)) - ((by - ay) * (px - ax));
}
