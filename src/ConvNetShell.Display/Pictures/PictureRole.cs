namespace ConvNetShell.Display.Pictures;

/// <summary>The part that the one picture of a grid has among others: a filter and the map it gives stand side by side.</summary>
/// <param name="Group">The name of what they all belong to, such as a layer.</param>
/// <param name="Kind">The picture's kind: filter, map or gradient.</param>
/// <param name="Member">The picture's number in the group.</param>
internal sealed record PictureRole(string Group, string Kind, int Member);
