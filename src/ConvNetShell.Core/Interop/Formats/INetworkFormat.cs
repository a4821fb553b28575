using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>A form of file that networks are written in or read from.</summary>
public interface INetworkFormat
{
    /// <summary>Gets the name, as -Format has it.</summary>
    string Name { get; }

    /// <summary>Gets a line that says what the format is.</summary>
    string Description { get; }

    /// <summary>Gets the endings of its files, with the point, in lower case.</summary>
    IReadOnlyList<string> Extensions { get; }

    /// <summary>Gets a value indicating whether networks can be written in it.</summary>
    bool CanWrite { get; }

    /// <summary>Gets a value indicating whether networks can be read from it.</summary>
    bool CanRead { get; }

    /// <summary>Writes a network.</summary>
    /// <param name="path">The file; replaced as a whole.</param>
    /// <param name="network">The network.</param>
    /// <param name="settings">What the user asks for beside the format.</param>
    /// <exception cref="StorageException">It cannot be written.</exception>
    /// <exception cref="InvalidSettingException">The format cannot hold a layer or setting.</exception>
    void Write(string path, Network network, ExportSettings settings);

    /// <summary>Reads a network.</summary>
    /// <param name="path">The file.</param>
    /// <param name="settings">Where the weights go, and what may be missing.</param>
    /// <returns>The network, on the CPU; the one that the weights were to go into, if the settings have one.</returns>
    /// <exception cref="NetworkFileException">There is no such file, it is damaged, or it does not fit.</exception>
    Network Read(string path, ImportSettings settings);
}
