using System.Text.Json;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Storage;

namespace ConvNetShell.Core.Networks.Storage;

/// <summary>
/// A network in a file (.cnsh): a safetensors file whose tensors are the weights and whose metadata hold the layers, classes,
/// normalization and a summary of the training as JSON, and a checksum of the whole. Any safetensors reader opens it; nothing in it is
/// executed.
/// </summary>
public static class NetworkFile
{
    /// <summary>The ending of these files.</summary>
    public const string Extension = ".cnsh";

    /// <summary>Writes a network with its weights, classes and normalization.</summary>
    /// <param name="path">The file; replaced as a whole.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="StorageException">It cannot be written.</exception>
    public static void Write(string path, Network network)
    {
        ArgumentNullException.ThrowIfNull(network);
        SafeTensorsWriter.Write(
            path,
            [.. network.State.Select(tensor => (tensor.Name, tensor.Value))],
            new Dictionary<string, string>(network.Metadata)
            {
                ["format"] = "pt", // as PyTorch's own safetensors files say
                [NetworkDocument.Key] = NetworkDocument.Of(network).Write(),
            }
        );
    }

    /// <summary>Reads a network.</summary>
    /// <param name="path">A file of <see cref="Write"/>.</param>
    /// <returns>The network, on the CPU.</returns>
    /// <exception cref="NetworkFileException">There is none, it is damaged, or it is no file of a network.</exception>
    /// <exception cref="MemoryShortageException">Its weights do not fit into the free memory.</exception>
    public static Network Read(string path)
    {
        using SafeTensorsFile file = SafeTensorsFile.Open(path);
        RequireLayers(file);
        file.RequireWhole();
        Network network = Create(file);
        try
        {
            foreach ((NamedTensor tensor, TensorEntry entry) in Pairs(file, network))
            {
                file.Read(entry, tensor.Value);
            }
        }
        catch
        {
            network.Dispose();
            throw;
        }
        return network;
    }

    /// <summary>Returns the texts among a file's metadata that ConvNetShell does not write itself.</summary>
    /// <param name="file">The open file.</param>
    internal static IReadOnlyDictionary<string, string> ForeignTexts(ITensorSource file) =>
        file
            .Metadata.Where(pair => pair.Key != "format" && !pair.Key.StartsWith("convnetshell.", StringComparison.Ordinal))
            .ToDictionary(pair => pair.Key, pair => pair.Value)
            .AsReadOnly();

    /// <summary>Returns the network that a file describes, with meaningless weights.</summary>
    /// <param name="file">The open file.</param>
    /// <exception cref="NetworkFileException">It describes none.</exception>
    internal static Network Create(SafeTensorsFile file)
    {
        NetworkDocument document = Parse(file);
        return Guard(
            file,
            () =>
            {
                NetworkPlan plan = document.Plan();
                // None are made for less: a text of a few letters can ask for any number of weights.
                if (plan.ParameterCount > file.Tensors.Sum(entry => entry.Values))
                {
                    throw Unknown(file, "fewer weights than its layers have");
                }
                Network network = document.Create(plan);
                network.Metadata = ForeignTexts(file);
                return network;
            }
        );
    }

    private static NetworkDocument Parse(SafeTensorsFile file)
    {
        string json = RequireLayers(file);
        return Guard(file, () => NetworkDocument.Parse(json));
    }

    private static T Guard<T>(SafeTensorsFile file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error)
            when (error is JsonException or ArgumentException or OverflowException or FormatException or InvalidOperationException
                || error is ConvNetException and not (NetworkFileException or MemoryShortageException or NativeLibraryException)
            )
        {
            throw Unknown(file, error.Message, error);
        }
    }

    /// <summary>Gives a network the normalization that a file's weights were trained with, and its class names where it has none.</summary>
    /// <param name="file">The open file; one that describes no network gives nothing.</param>
    /// <param name="network">The network.</param>
    /// <exception cref="NetworkFileException">Its description is damaged.</exception>
    internal static void Apply(SafeTensorsFile file, Network network)
    {
        if (!file.Metadata.ContainsKey(NetworkDocument.Key))
        {
            return;
        }
        NetworkDocument document = Parse(file);
        if (document.Statistics is { } statistics && statistics.Mean.Length == network.InputShape.Channels)
        {
            network.Normalization = statistics;
        }
        if (network.Classes.Count == 0 && network.OutputShape.Count == 1 && document.Classes.Length == network.OutputShape.Channels)
        {
            network.Classes = document.Classes;
        }
    }

    private static string RequireLayers(SafeTensorsFile file) =>
        file.Metadata.GetValueOrDefault(NetworkDocument.Key)
        ?? throw Unknown(file, $"{file.Tensors.Count} tensors without layers. Import-Network -Into reads them into a network.");

    private static IEnumerable<(NamedTensor Tensor, TensorEntry Entry)> Pairs(SafeTensorsFile file, Network network)
    {
        var stored = file.Tensors.ToDictionary(entry => entry.Name, StringComparer.Ordinal);
        foreach (NamedTensor tensor in network.State)
        {
            if (
                !stored.TryGetValue(tensor.Name, out TensorEntry? entry)
                || entry.Type != TensorTypes.NameOf(tensor.Value.dtype)
                || !entry.HasShape(tensor.Value.shape)
            )
            {
                throw Unknown(file, $"{(entry is null ? "no " + tensor.Name : entry)}, but the layers have {Text(tensor)}");
            }
            yield return (tensor, entry);
        }
    }

    private static string Text(NamedTensor tensor) =>
        $"{TensorTypes.NameOf(tensor.Value.dtype)} {TensorEntry.SizeText(tensor.Value.shape)} for {tensor.Name}";

    private static NetworkFileException Unknown(SafeTensorsFile file, string received, Exception? cause = null) =>
        new(
            "NetworkFile.Unknown",
            file.Path,
            $"expected a network of this version of ConvNetShell. Received: {received}",
            innerException: cause
        );
}
