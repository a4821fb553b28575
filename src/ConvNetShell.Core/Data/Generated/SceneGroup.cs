namespace ConvNetShell.Core.Data.Generated;

/// <summary>Equal objects of a scene: what a caption says of them.</summary>
/// <param name="Count">How many, from 1 to 3.</param>
/// <param name="Size">small or large.</param>
/// <param name="Color">The color's name.</param>
/// <param name="Figure">The shape's name, for one: circle.</param>
public sealed record SceneGroup(int Count, string Size, string Color, string Figure)
{
    /// <summary>Says the group as a caption does.</summary>
    /// <returns>For example <c>two small red circles</c>.</returns>
    public override string ToString() => SceneGrammar.Phrase(this);
}
