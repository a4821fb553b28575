using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Matches;

/// <summary>Paints the frames of a match: a pitch from above with two goals, ten players and a ball, or a face.</summary>
internal sealed class MatchPicture
{
    private const int Rows = MatchFilm.PictureRows,
        Width = MatchFilm.Width;
    private const double Net = 22,
        HomeShirt = 165,
        AwayShirt = 30,
        Ball = 250;

    private readonly SeededRandom random;
    private readonly MatchPlay play;
    private readonly double pitch,
        noise;

    /// <param name="random">The random numbers of this match.</param>
    public MatchPicture(SeededRandom random)
    {
        this.random = random;
        play = new MatchPlay(random);
        pitch = random.NextDouble(80, 115);
        noise = random.NextDouble(16, 28);
    }

    /// <summary>Paints a window, which goes on from the last.</summary>
    /// <param name="window">What happens.</param>
    /// <param name="frames">Frames x rows x columns bytes.</param>
    public void Draw(MatchWindow window, Span<byte> frames)
    {
        (double X, double Y)[] path = play.Move(window);
        (double X, double Y, double Size) face = (random.NextDouble(12, 20), random.NextDouble(10, 14), random.NextDouble(6, 9));
        for (int frame = 0; frame < MatchFilm.Frames; frame++)
        {
            play.Follow(path[frame]);
            bool shakes = window.Picture == PictureEvent.Goal && frame > 0 && path[frame] == path[frame - 1];
            Span<byte> pixels = frames.Slice(frame * Rows * Width, Rows * Width);
            for (int i = 0; i < pixels.Length; i++)
            {
                (int y, int x) = Math.DivRem(i, Width);
                double light =
                    window.Picture == PictureEvent.Cutaway
                        ? Face(x, y, face)
                        : Pitch(x, y, path[frame], shakes ? (window.IsHome ? 1 : -1) : 0);
                pixels[i] = (byte)Math.Clamp(light + random.NextDouble(-noise, noise), 0, 255);
            }
            face = (face.X + random.NextDouble(-0.6, 0.6), face.Y + random.NextDouble(-0.4, 0.4), face.Size);
        }
    }

    private double Pitch(int x, int y, (double X, double Y) ball, int shaking)
    {
        double light = pitch + (x / 4 % 2 == 0 ? 6 : -6);
        if ((x < 2 || x >= Width - 2) && Math.Abs(y + 0.5 - MatchPlay.Middle) <= MatchPlay.Post)
        {
            bool shakes = shaking > 0 ? x >= Width - 2 : shaking < 0 && x < 2;
            light += shakes ? 2 * Net : Net;
        }
        for (int i = 0; i < play.Players.Count; i++)
        {
            double shirt = i < play.Players.Count / 2 ? HomeShirt : AwayShirt;
            light += Cover(x, y, play.Players[i], 1.2) * (shirt - light);
        }
        return light + (Cover(x, y, ball, 1) * (Ball - light));
    }

    private double Face(int x, int y, (double X, double Y, double Size) face)
    {
        double skin = Cover(x, y, (face.X, face.Y), face.Size),
            eyes = Math.Max(Cover(x, y, (face.X - (face.Size / 3), face.Y - 2), 1), Cover(x, y, (face.X + (face.Size / 3), face.Y - 2), 1));
        return pitch - 40 + (90 * skin) - (100 * eyes);
    }

    private static double Cover(int x, int y, (double X, double Y) middle, double radius)
    {
        double dx = x - middle.X,
            dy = y - middle.Y;
        return Math.Clamp(radius + 0.5 - Math.Sqrt((dx * dx) + (dy * dy)), 0, 1);
    }
}
