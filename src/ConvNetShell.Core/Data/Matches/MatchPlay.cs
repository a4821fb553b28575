using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Matches;

/// <summary>Moves the ball and the players of a match, frame by frame, in pixels of the picture.</summary>
internal sealed class MatchPlay
{
    /// <summary>The row of the middle of both goals.</summary>
    public const double Middle = MatchFilm.PictureRows / 2.0;

    /// <summary>The rows from the middle of a goal to its post.</summary>
    public const double Post = 3;

    private const int Side = 5; // players
    private const double Line = MatchFilm.Width - 2.0; // the column of the right goal line; the left one is as far from the left border
    private const double FramesPerSecond = (double)MatchFilm.Frames / MatchFilm.Seconds;

    private readonly SeededRandom random;
    private readonly (double X, double Y)[] players = new (double, double)[2 * Side];
    private (double X, double Y) ball = (MatchFilm.Width / 2.0, Middle);

    /// <param name="random">The random numbers of this match.</param>
    public MatchPlay(SeededRandom random)
    {
        this.random = random;
        for (int i = 0; i < players.Length; i++)
        {
            players[i] = (random.NextDouble(5, MatchFilm.Width - 5), random.NextDouble(3, MatchFilm.PictureRows - 3));
        }
    }

    /// <summary>Gets the players, those of the home side first.</summary>
    public IReadOnlyList<(double X, double Y)> Players => players;

    /// <summary>Returns where the ball is in each frame of a window.</summary>
    /// <param name="window">What happens; to the left where the away side attacks.</param>
    public (double X, double Y)[] Move(MatchWindow window)
    {
        int strike = (int)Math.Round(window.At * FramesPerSecond);
        (double X, double Y)[] path = window.Picture switch
        {
            PictureEvent.Goal => Shot(Middle + random.NextDouble(-2, 2), strike, 1.2),
            PictureEvent.Miss => Shot(Middle + (random.NextInt(2) == 0 ? -1 : 1) * random.NextDouble(4.5, 7.5), strike, 1.2),
            PictureEvent.Solo => Run(random.NextDouble(2.8, 4)),
            PictureEvent.Pass => Run(0),
            _ => Wander(),
        };
        (double X, double Y)[] seen = window.IsHome ? path : [.. path.Select(Mirror)];
        ball = window.Picture == PictureEvent.Goal ? (MatchFilm.Width / 2.0, Middle) : seen[^1];
        return seen;
    }

    /// <summary>Moves the players: all drift, and the nearest of a side goes to the ball.</summary>
    /// <param name="target">The ball.</param>
    public void Follow((double X, double Y) target)
    {
        for (int side = 0; side < 2; side++)
        {
            int nearest = Enumerable.Range(side * Side, Side).MinBy(i => Distance(players[i], target));
            for (int i = side * Side; i < (side + 1) * Side; i++)
            {
                double pull = i == nearest ? 0.35 : 0.03;
                players[i] = (
                    Math.Clamp(players[i].X + (pull * (target.X - players[i].X)) + random.NextDouble(-0.7, 0.7), 2, MatchFilm.Width - 3),
                    Math.Clamp(
                        players[i].Y + (pull * (target.Y - players[i].Y)) + random.NextDouble(-0.7, 0.7),
                        1,
                        MatchFilm.PictureRows - 2
                    )
                );
            }
        }
    }

    private (double X, double Y)[] Wander()
    {
        var path = new (double X, double Y)[MatchFilm.Frames];
        (double X, double Y) at = ball,
            to = Anywhere();
        for (int i = 0; i < path.Length; i++)
        {
            if (Distance(at, to) < 2.5)
            {
                to = Anywhere();
            }
            path[i] = at = Towards(at, to, 2.5);
        }
        return path;
    }

    /// <summary>A shot to the right goal line, at a row of it; the ball stays behind the line.</summary>
    private (double X, double Y)[] Shot(double row, int strike, double depth)
    {
        var path = new (double X, double Y)[MatchFilm.Frames];
        (double X, double Y) from = (random.NextDouble(17, 22), random.NextDouble(5, MatchFilm.PictureRows - 5));
        (double X, double Y) before = (from.X - random.NextDouble(4, 8), random.NextDouble(4, MatchFilm.PictureRows - 4));
        for (int i = 0; i < path.Length; i++)
        {
            path[i] =
                i <= strike
                    ? Between(before, from, strike == 0 ? 1 : (double)i / strike)
                    : Between(from, (Line + depth, row), Math.Min(1, (i - strike) / 2.0));
        }
        return path;
    }

    /// <summary>The ball crosses the pitch to the right, in a zigzag or straight.</summary>
    private (double X, double Y)[] Run(double swing)
    {
        var path = new (double X, double Y)[MatchFilm.Frames];
        (double X, double Y) from = (random.NextDouble(3, 8), random.NextDouble(6, MatchFilm.PictureRows - 6));
        (double X, double Y) to = (random.NextDouble(22, 27), random.NextDouble(6, MatchFilm.PictureRows - 6));
        int turn = random.NextInt(4);
        for (int i = 0; i < path.Length; i++)
        {
            (double x, double y) = Between(from, to, i / (MatchFilm.Frames - 1.0));
            int phase = (i + turn) % 4; // up, middle, down, middle
            path[i] = (
                x,
                y
                    + (
                        swing
                        * (
                            phase == 0 ? 1
                            : phase == 2 ? -1
                            : 0
                        )
                    )
            );
        }
        return path;
    }

    private (double X, double Y) Anywhere() => (random.NextDouble(6, MatchFilm.Width - 6), random.NextDouble(3, MatchFilm.PictureRows - 3));

    private static (double X, double Y) Mirror((double X, double Y) point) => (MatchFilm.Width - 1 - point.X, point.Y);

    private static (double X, double Y) Between((double X, double Y) from, (double X, double Y) to, double part) =>
        (from.X + (part * (to.X - from.X)), from.Y + (part * (to.Y - from.Y)));

    private static (double X, double Y) Towards((double X, double Y) from, (double X, double Y) to, double step) =>
        Between(from, to, Math.Min(1, step / Math.Max(step, Distance(from, to))));

    private static double Distance((double X, double Y) a, (double X, double Y) b) =>
        Math.Sqrt(((a.X - b.X) * (a.X - b.X)) + ((a.Y - b.Y) * (a.Y - b.Y)));
}
