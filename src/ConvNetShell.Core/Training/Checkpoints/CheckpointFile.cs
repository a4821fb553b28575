using System.Globalization;
using System.Text.Json;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Networks.Storage;
using ConvNetShell.Core.Storage;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>
/// The form of a checkpoint: a safetensors file, as a network alone has it, with the run beside the network in its metadata and a checksum
/// of the whole. It holds numbers and names; nothing in it is ever executed.
/// </summary>
internal static class CheckpointFile
{
    /// <summary>Writes a checkpoint; takes no more memory than the largest tensor.</summary>
    /// <param name="path">The file; one that is there is replaced when the new one is whole.</param>
    /// <param name="header">The run and its network.</param>
    /// <param name="tensors">The tensors by name.</param>
    /// <exception cref="StorageException">It cannot be written; what was there before is as it was.</exception>
    public static void Write(string path, CheckpointHeader header, IReadOnlyList<(string Name, Tensor Value)> tensors) =>
        SafeTensorsWriter.Write(
            path,
            tensors,
            new Dictionary<string, string>
            {
                [NetworkDocument.Key] = header.Network.Write(),
                [CheckpointHeader.Key] = JsonSerializer.Serialize(header, StoredJson.Options),
            }
        );

    /// <summary>Reads a checkpoint's header and checks every byte of the file; the tensors are read when they are needed.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="CheckpointException">It is damaged, or no checkpoint.</exception>
    public static (CheckpointHeader Header, StoredTensors Tensors) Read(string path)
    {
        SafeTensorsFile file = Reading(path, () => SafeTensorsFile.Open(path));
        try
        {
            string run = Text(file, CheckpointHeader.Key),
                network = Text(file, NetworkDocument.Key);
            Reading(path, file.RequireWhole);
            return (Header(path, run, network), new StoredTensors(file));
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Returns the result of reading, or the errors of a file as those of a checkpoint.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads.</param>
    /// <exception cref="CheckpointException">The file is damaged, or cannot be read.</exception>
    public static T Reading<T>(string path, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (NetworkFileException error)
        {
            string id = error.ErrorId switch
            {
                "NetworkFile.Unreadable" => "Checkpoint.Unreadable",
                "NetworkFile.Damaged" or "NetworkFile.Truncated" => "Checkpoint.Damaged",
                _ => "Checkpoint.Unknown",
            };
            string text = error.Message[(error.Message.IndexOf(": ", path.Length, StringComparison.Ordinal) + 2)..];
            throw new CheckpointException(id, path, $"{text} Use an earlier checkpoint of the folder.", error);
        }
    }

    /// <summary>Reads, or gives the errors of a file as those of a checkpoint.</summary>
    /// <param name="path">The file.</param>
    /// <param name="read">Reads.</param>
    /// <exception cref="CheckpointException">The file is damaged, or cannot be read.</exception>
    public static void Reading(string path, Action read) =>
        Reading(
            path,
            () =>
            {
                read();
                return true;
            }
        );

    private static string Text(SafeTensorsFile file, string key) =>
        file.Metadata.GetValueOrDefault(key)
        ?? throw new CheckpointException(
            "Checkpoint.Unknown",
            file.Path,
            $"expected a checkpoint, with {key} among its metadata. Received: {file.Tensors.Count} tensors without it."
        );

    private static CheckpointHeader Header(string path, string run, string network)
    {
        try
        {
            CheckpointHeader header =
                JsonSerializer.Deserialize<CheckpointHeader>(run, StoredJson.Options)
                ?? throw new ArgumentException("a run without content");
            if (header.Format != CheckpointHeader.CurrentFormat)
            {
                throw new ArgumentException(
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"format {header.Format}, of another version. Expected: format {CheckpointHeader.CurrentFormat}."
                    )
                );
            }
            header = header with { Network = NetworkDocument.Parse(network) };
            HeaderCheck.Require(header);
            return header;
        }
        catch (Exception error)
            when (error is JsonException or ArgumentException or OverflowException or FormatException or InvalidOperationException
                || error is ConvNetException and not CheckpointException
            )
        {
            throw new CheckpointException(
                "Checkpoint.Unknown",
                path,
                $"expected a run of this version of ConvNetShell. Received: {error.Message}",
                error
            );
        }
    }
}
