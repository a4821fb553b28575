using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Formats;

/// <summary>
/// A way in which datasets lie on disk. To read a new one, implement this and add it to <see cref="DatasetReader.Formats"/>.
/// </summary>
internal interface IDatasetFormat
{
    /// <summary>Gets the format's name as it stands in messages.</summary>
    string Name { get; }

    /// <summary>
    /// Gets a value indicating whether the images can be decoded when they are needed (<see cref="ReadOptions.Stream"/>).
    /// </summary>
    bool CanStream { get; }

    /// <summary>Says whether a path looks like this format, from names alone.</summary>
    /// <param name="path">An existing file or folder.</param>
    /// <returns><see langword="true"/> if <see cref="Read"/> should be tried.</returns>
    bool Matches(string path);

    /// <summary>Reads the whole dataset into memory, or lists it where it is to be streamed and can be.</summary>
    /// <param name="path">A file or folder that <see cref="Matches"/> accepted.</param>
    /// <param name="options">How to read it.</param>
    /// <returns>The dataset, named after its folder or its known name.</returns>
    /// <exception cref="DataFormatException">A file does not match the format.</exception>
    Dataset Read(string path, ReadOptions options);
}
