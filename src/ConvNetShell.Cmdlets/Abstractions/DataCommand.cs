using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Data.Formats;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that read, write or download data: shows progress and warnings as they come.</summary>
public abstract class DataCommand : ConvNetCommand
{
    private const int ActivityId = 2;

    /// <summary>Returns the dataset a user means; what was read before in this session, and is still in use, is not read again.</summary>
    /// <param name="source">The dataset, its name or its path.</param>
    private protected Dataset Resolve(DatasetSource source) =>
        source.Value ?? ConvNetSession.Current.GetOrRead(source.Name!, () => ReadBeside(options => DatasetReader.Read(NameOrPath(source.Name!), options)));

    /// <summary>Does something with data on another thread, with progress and warnings shown here.</summary>
    /// <typeparam name="T">What comes back.</typeparam>
    /// <param name="read">What is done.</param>
    private protected T ReadBeside<T>(Func<ReadOptions, T> read)
    {
        using var progress = new DataProgressBar(this, ActivityId);
        return RunBeside(queue => read(new ReadOptions
        {
            Cancellation = Stop,
            Warn = text => queue.Post(() => WriteWarning(text)),
            Progress = progress.On(queue),
        }));
    }

    /// <summary>Returns the full path of what exists, anything else as it is: a known name, or one to be named in an error.</summary>
    /// <param name="text">A name or a path.</param>
    private protected string NameOrPath(string text)
    {
        if (KnownDatasets.Find(text) is not null)
        {
            return text;
        }
        string path = FullPath(text);
        return File.Exists(path) || Directory.Exists(path) ? path : text;
    }
}
