using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>Reading of files that hold layers and weights together.</summary>
internal static class ForeignFile
{
    /// <summary>Reads a whole file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="most">The most bytes that it may have.</param>
    /// <exception cref="NetworkFileException">There is none, it is too large, or it cannot be read.</exception>
    public static byte[] ReadAll(string path, int most)
    {
        try
        {
            using FileStream file = File.OpenRead(path);
            if (file.Length > most)
            {
                throw new NetworkFileException(
                    "NetworkFile.TooLarge",
                    path,
                    string.Create(CultureInfo.InvariantCulture, $"expected at most {most} bytes. Received: {file.Length}.")
                );
            }
            var bytes = new byte[file.Length];
            file.ReadExactly(bytes);
            return bytes;
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new NetworkFileException("NetworkFile.NotFound", path, "expected a file. Received: none.", innerException: error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new NetworkFileException("NetworkFile.Unreadable", path, error.Message, innerException: error);
        }
    }

    /// <summary>Returns a network that was read, or the one that its weights go into.</summary>
    /// <exception cref="NetworkFileException">The weights are those of other layers.</exception>
    public static Network Into(string path, Network network, ImportSettings settings)
    {
        if (settings.Into is not { } into)
        {
            return network;
        }
        using (network)
        {
            if (into.Spec != network.Spec || !into.InputShape.Equals(network.InputShape))
            {
                throw new NetworkFileException(
                    "NetworkFile.Mismatch",
                    path,
                    $"expected a network of {into.InputShape} -> {into.Spec}. Received: {network.InputShape} -> {network.Spec}."
                );
            }
            into.TakeOver(network, network.Layers.Count);
            return into;
        }
    }
}
