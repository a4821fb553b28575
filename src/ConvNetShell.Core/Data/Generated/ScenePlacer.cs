using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// Draws what a scene has and where its objects lie. Objects do not touch. Each of the first group lies left of (above) each of the second
/// by more than both radii, and not farther away in the other direction, so that only one relation is true.
/// </summary>
internal static class ScenePlacer
{
    private const double Margin = 0.5,
        Gap = 1;
    private const int OneGroup = 35; // of 100 scenes

    /// <summary>The combinations of color and shape that no scene of Train has.</summary>
    private static readonly (string Color, string Figure)[] Held =
    [
        ("red", "circle"),
        ("green", "ring"),
        ("blue", "triangle"),
        ("yellow", "square"),
        ("pink", "cross"),
    ];

    /// <summary>Returns whether no scene of Train has a combination.</summary>
    public static bool IsHeld(SceneGroup group) => Held.Contains((group.Color, group.Figure));

    /// <summary>Draws a scene.</summary>
    /// <param name="unseen">Whether one of its groups is a combination that Train never has; else none is.</param>
    /// <param name="random">The random numbers.</param>
    public static SceneFacts Invent(bool unseen, SeededRandom random)
    {
        if (random.NextInt(100) < OneGroup)
        {
            return new SceneFacts(Group(1 + random.NextInt(3), unseen, random));
        }
        (int first, int second) = random.NextInt(4) switch
        {
            0 => (1, 2),
            1 => (2, 1),
            _ => (1, 1),
        };
        int held = unseen ? random.NextInt(2) : -1;
        string relation = SceneGrammar.Relations[random.NextInt(2)];
        while (true)
        {
            SceneGroup one = Group(first, held == 0, random),
                other = Group(second, held == 1, random);
            if ((one.Color, one.Figure) != (other.Color, other.Figure))
            {
                return new SceneFacts(one, relation, other);
            }
        }
    }

    /// <summary>Returns where the objects lie: their group, center and radius in pixels.</summary>
    /// <param name="facts">The scene.</param>
    /// <param name="side">The rows and columns of the picture.</param>
    /// <param name="random">The random numbers.</param>
    public static IReadOnlyList<(SceneGroup Group, double X, double Y, double Radius)> Place(
        SceneFacts facts,
        int side,
        SeededRandom random
    )
    {
        SceneGroup[] groups =
        [
            .. Enumerable.Repeat(facts.First, facts.First.Count),
            .. facts.Second is { } second ? Enumerable.Repeat(second, second.Count) : [],
        ];
        var placed = new (SceneGroup Group, double X, double Y, double Radius)[groups.Length];
        do
        {
            for (int i = 0; i < placed.Length; i++)
            {
                double radius = groups[i].Size == "large" ? random.NextDouble(4.3, 5.2) : random.NextDouble(2.4, 3.1);
                placed[i] = (
                    groups[i],
                    random.NextDouble(radius + Margin, side - radius - Margin),
                    random.NextDouble(radius + Margin, side - radius - Margin),
                    radius
                );
            }
        } while (!Fit(placed, facts));
        return placed;
    }

    private static bool Fit((SceneGroup Group, double X, double Y, double Radius)[] placed, SceneFacts facts)
    {
        for (int i = 0; i < placed.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double dx = placed[i].X - placed[j].X,
                    dy = placed[i].Y - placed[j].Y,
                    apart = placed[i].Radius + placed[j].Radius + Gap;
                bool differ = i >= facts.First.Count && j < facts.First.Count;
                (double along, double across) = facts.Relation == "above" ? (dy, dx) : (dx, dy);
                if ((dx * dx) + (dy * dy) < apart * apart || (differ && (along < apart || Math.Abs(across) > along)))
                {
                    return false;
                }
            }
        }
        return true;
    }

    private static SceneGroup Group(int count, bool held, SeededRandom random)
    {
        while (true)
        {
            var group = new SceneGroup(
                count,
                SceneGrammar.Sizes[random.NextInt(SceneGrammar.Sizes.Count)],
                SceneGrammar.Colors[random.NextInt(SceneGrammar.Colors.Count)],
                SceneGrammar.Figures[random.NextInt(SceneGrammar.Figures.Count)]
            );
            if (IsHeld(group) == held)
            {
                return group;
            }
        }
    }
}
