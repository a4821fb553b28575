using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks;

namespace ConvNetShell.Core.Interop.Formats;

/// <summary>The base of formats: what a format does not override, it cannot do.</summary>
/// <param name="name">The name, as -Format has it.</param>
/// <param name="description">A line that says what the format is.</param>
/// <param name="extensions">The endings of its files, with the point, in lower case.</param>
internal abstract class NetworkFormat(string name, string description, params string[] extensions) : INetworkFormat
{
    /// <inheritdoc />
    public string Name => name;

    /// <inheritdoc />
    public string Description => description;

    /// <inheritdoc />
    public IReadOnlyList<string> Extensions => extensions;

    /// <inheritdoc />
    public virtual bool CanWrite => true;

    /// <inheritdoc />
    public virtual bool CanRead => true;

    /// <inheritdoc />
    public virtual void Write(string path, Network network, ExportSettings settings) =>
        throw new NetworkFileException("NetworkFile.Unsupported", path, $"expected a format that can be written. Received: {Name}.");

    /// <inheritdoc />
    public virtual Network Read(string path, ImportSettings settings) =>
        throw new NetworkFileException("NetworkFile.Unsupported", path, $"expected a format that can be read. Received: {Name}.");

    /// <summary>Passes where the format is not asked to normalize pixels.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <exception cref="InvalidSettingException">It is.</exception>
    private protected void RequireNoPreprocessing(ExportSettings settings)
    {
        if (settings.IncludePreprocessing)
        {
            throw new InvalidSettingException("IncludePreprocessing", $"left out for {Name}, which has no operators", "true");
        }
    }

    /// <summary>Passes where nothing is asked for that the format does not have.</summary>
    /// <param name="settings">What is asked for.</param>
    /// <exception cref="InvalidSettingException">It asks for another type or names.</exception>
    private protected void RequirePlain(ExportSettings settings)
    {
        if (settings.Type != WeightType.Float32)
        {
            throw new InvalidSettingException("Type", $"left out for {Name}, which keeps weights as they are", settings.Type);
        }
        if (settings.Naming != ParameterNaming.Layer)
        {
            throw new InvalidSettingException("Naming", $"left out for {Name}, which names weights by layer", settings.Naming);
        }
    }
}
