namespace ConvNetShell.Core.Data.Generated;

/// <summary>
/// Says scenes in words and understands what was said. A scene of one group: "two small red circles", "there are ...", "the picture shows
/// ...". Of two: "A left of B", "there is A left of B", "left of B is A"; A is the one farther left, or with "above" the upper one.
/// </summary>
public static class SceneGrammar
{
    /// <summary>The captions of a scene.</summary>
    public const int Captions = 3;

    private const string LeftOf = "left of",
        Above = "above";

    private static readonly string[] Numbers = ["a", "two", "three"];

    /// <summary>Gets the sizes.</summary>
    public static IReadOnlyList<string> Sizes { get; } = Array.AsReadOnly(["small", "large"]);

    /// <summary>Gets the colors.</summary>
    public static IReadOnlyList<string> Colors { get; } = Array.AsReadOnly(["red", "green", "blue", "yellow", "pink", "white"]);

    /// <summary>Gets the shapes.</summary>
    public static IReadOnlyList<string> Figures { get; } = Array.AsReadOnly(["circle", "square", "triangle", "cross", "ring"]);

    /// <summary>Gets where the first of two groups can lie.</summary>
    public static IReadOnlyList<string> Relations { get; } = Array.AsReadOnly([LeftOf, Above]);

    /// <summary>Returns the captions of a scene, all of the same meaning.</summary>
    /// <param name="facts">The scene.</param>
    /// <returns>Three captions.</returns>
    public static IReadOnlyList<string> Say(SceneFacts facts)
    {
        string first = Phrase(facts.First),
            verb = facts.First.Count == 1 ? "is" : "are";
        if (facts.Second is null)
        {
            return [first, $"there {verb} {first}", $"the picture shows {first}"];
        }
        string second = Phrase(facts.Second);
        return
        [
            $"{first} {facts.Relation} {second}",
            $"there {verb} {first} {facts.Relation} {second}",
            $"{facts.Relation} {second} {verb} {first}",
        ];
    }

    /// <summary>Understands a caption.</summary>
    /// <param name="caption">The caption.</param>
    /// <returns>The facts; <see langword="null"/> where it is none of the grammar's sentences.</returns>
    public static SceneFacts? Parse(string caption)
    {
        var words = new Queue<string>(caption.Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        SceneFacts? facts = Read(words);
        return facts is not null && words.Count == 0 && Say(facts).Contains(caption.Trim()) ? facts : null;
    }

    /// <summary>Says a group.</summary>
    internal static string Phrase(SceneGroup group) =>
        $"{Numbers[group.Count - 1]} {group.Size} {group.Color} {(group.Count == 1 ? group.Figure : Plural(group.Figure))}";

    // What it reads is compared to what the grammar says of it, so that "there are a circle" is not understood.
    private static SceneFacts? Read(Queue<string> words)
    {
        string start = words.TryPeek(out string? word) ? word : string.Empty;
        if (start is "left" or "above")
        {
            string? before = Relation(words);
            SceneGroup? second = Group(words);
            return before is not null && second is not null && words.TryDequeue(out _) && Group(words) is { } inverted
                ? new SceneFacts(inverted, before, second)
                : null;
        }
        int skipped =
            start == "there" ? 2
            : start == "the" ? 3
            : 0;
        while (skipped-- > 0)
        {
            words.TryDequeue(out _);
        }
        if (Group(words) is not { } first)
        {
            return null;
        }
        return words.Count == 0 ? new SceneFacts(first)
            : Relation(words) is { } relation && Group(words) is { } other ? new SceneFacts(first, relation, other)
            : null;
    }

    private static string? Relation(Queue<string> words) =>
        !words.TryDequeue(out string? word) ? null
        : word == Above ? Above
        : word == "left" && words.TryDequeue(out string? of) && of == "of" ? LeftOf
        : null;

    private static SceneGroup? Group(Queue<string> words)
    {
        if (words.Count < 4)
        {
            return null;
        }
        int count = Array.IndexOf(Numbers, words.Dequeue()) + 1;
        (string size, string color, string named) = (words.Dequeue(), words.Dequeue(), words.Dequeue());
        string? figure = Figures.FirstOrDefault(one => (count == 1 ? one : Plural(one)) == named);
        return count > 0 && Sizes.Contains(size) && Colors.Contains(color) && figure is not null
            ? new SceneGroup(count, size, color, figure)
            : null;
    }

    private static string Plural(string figure) => figure == "cross" ? "crosses" : figure + "s";
}
