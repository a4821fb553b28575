namespace ConvNetShell.Core.Data.Streams;

/// <summary>A class and the name of the folder that its images are in.</summary>
/// <param name="Name">The class name: that of <c>classes.txt</c>, or the folder's own, letter for letter.</param>
/// <param name="Folder">The folder's name.</param>
internal sealed record ClassFolder(string Name, string Folder)
{
    /// <summary>Returns the folder's path.</summary>
    /// <param name="split">The folder of a split.</param>
    public string In(string split) => Path.Combine(split, Folder);
}
