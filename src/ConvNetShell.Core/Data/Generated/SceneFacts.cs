namespace ConvNetShell.Core.Data.Generated;

/// <summary>What there is to say about a scene: one group of objects, or two and where the first lies.</summary>
/// <param name="First">The only group, or the one that lies left of or above the other.</param>
/// <param name="Relation"><c>left of</c> or <c>above</c>; <see langword="null"/> with one group.</param>
/// <param name="Second">The other group, or <see langword="null"/>.</param>
public sealed record SceneFacts(SceneGroup First, string? Relation = null, SceneGroup? Second = null)
{
    /// <summary>Gets the number of facts: count, size, color and shape of each group, and the relation.</summary>
    public int Count => Second is null ? 4 : 9;

    /// <summary>
    /// Returns how many of these facts another description states: group by group, in order. What is left unsaid is not right.
    /// </summary>
    /// <param name="other">The description; <see langword="null"/> where it could not be understood.</param>
    /// <returns>From 0 to <see cref="Count"/>.</returns>
    public int RightIn(SceneFacts? other) =>
        other is null
            ? 0
            : Right(First, other.First)
                + (Second is null || other.Second is null ? 0 : Right(Second, other.Second))
                + (Relation is not null && Relation == other.Relation ? 1 : 0);

    private static int Right(SceneGroup group, SceneGroup said) =>
        (group.Count == said.Count ? 1 : 0)
        + (group.Size == said.Size ? 1 : 0)
        + (group.Color == said.Color ? 1 : 0)
        + (group.Figure == said.Figure ? 1 : 0);
}
