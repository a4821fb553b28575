using System.Diagnostics;
using ConvNetShell.Core.Data.Captions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Core.Data.Writers;

/// <summary>Saves datasets so that <see cref="DatasetReader"/> reads the same images, labels and class names again.</summary>
public static class DatasetWriter
{
    /// <summary>Saves a dataset. It is written beside the folder and renamed when whole, so a folder is never left half full.</summary>
    /// <param name="dataset">The dataset.</param>
    /// <param name="folder">The folder to make.</param>
    /// <param name="format">The format; default PNG files.</param>
    /// <param name="overwrite">Whether a dataset that is there already is replaced. A folder of anything else never is.</param>
    /// <param name="progress">Receives the number of images written; from any thread.</param>
    /// <param name="cancellation">
    /// Stops the writing. What is written by then is deleted; where it is many files, after this method has returned.
    /// </param>
    /// <exception cref="StorageException">The folder is not empty (Storage.NotEmpty) or cannot be written (Storage.Unwritable).</exception>
    /// <exception cref="InvalidSettingException">The format cannot hold this dataset.</exception>
    public static void Write(
        Dataset dataset,
        string folder,
        DatasetFileFormat format = DatasetFileFormat.Png,
        bool overwrite = false,
        IProgress<DataProgress>? progress = null,
        CancellationToken cancellation = default
    )
    {
        if (format is not (DatasetFileFormat.Npz or DatasetFileFormat.Png) && dataset.Splits.Any(SampleCaptions.Has))
        {
            throw new InvalidSettingException("Format", "Png or Npz, which keep captions", format);
        }
        string target = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        Action<string> write = format switch
        {
            DatasetFileFormat.Cifar => CifarWriter.For(dataset),
            DatasetFileFormat.Idx => IdxWriter.For(dataset),
            DatasetFileFormat.Npz => NpzWriter.For(dataset, cancellation),
            _ => PngWriter.For(dataset, progress, cancellation),
        };
        CheckTarget(target, overwrite);
        string temporary = $"{target}.{Guid.NewGuid():N}.part";
        try
        {
            Directory.CreateDirectory(temporary);
            ClassNames.Write(temporary, dataset.Classes);
            write(temporary);
            cancellation.ThrowIfCancellationRequested();
            Replace(temporary, target);
        }
        catch (OperationCanceledException)
        {
            DeleteLater(temporary);
            throw;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StorageException(
                "Storage.Unwritable",
                target,
                $"expected a folder that can be written. Received: {error.Message}",
                error
            );
        }
        finally
        {
            if (Directory.Exists(temporary))
            {
                Directory.Delete(temporary, recursive: true);
            }
        }
    }

    // Who stops a writing of many small files does not wait until they are deleted, but the process does.
    private static void DeleteLater(string temporary)
    {
        string abandoned = $"{temporary}.old";
        Directory.Move(temporary, abandoned);
        var thread = new Thread(() =>
        {
            try
            {
                Directory.Delete(abandoned, recursive: true);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                Trace.TraceWarning($"{abandoned} could not be deleted: {error.Message}");
            }
        })
        {
            IsBackground = false,
            Name = "Deleting a stopped dataset",
        };
        AppDomain.CurrentDomain.ProcessExit += (_, _) => thread.Join(); // Environment.Exit waits for no thread
        thread.Start();
    }

    internal static void CheckBytes(Dataset dataset, string format)
    {
        if (dataset.Classes.Count > 256)
        {
            throw new InvalidSettingException($"A dataset in the {format} layout", "of at most 256 classes", dataset);
        }
    }

    private static void CheckTarget(string target, bool overwrite)
    {
        bool occupied = File.Exists(target) || (Directory.Exists(target) && Directory.EnumerateFileSystemEntries(target).Any());
        if (!occupied)
        {
            return;
        }
        if (!overwrite)
        {
            throw new StorageException(
                "Storage.NotEmpty",
                target,
                "expected a new or empty folder. Received: one with files in it; overwrite it explicitly, or name another."
            );
        }
        if (!DatasetReader.Formats.Any(format => Directory.Exists(target) && format.Matches(target)))
        {
            throw new StorageException(
                "Storage.NotEmpty",
                target,
                "expected a dataset to overwrite. Received: a folder or file that is no dataset; it stays as it is."
            );
        }
    }

    private static void Replace(string temporary, string target)
    {
        string old = $"{temporary}.old";
        if (Directory.Exists(target))
        {
            Directory.Move(target, old);
        }
        Directory.Move(temporary, target);
        if (Directory.Exists(old))
        {
            Directory.Delete(old, recursive: true);
        }
    }
}
