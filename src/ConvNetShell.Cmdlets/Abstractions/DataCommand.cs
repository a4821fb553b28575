using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Data.Formats;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that read, write or download data: shows progress and warnings as they come.</summary>
public abstract class DataCommand : ConvNetCommand
{
    private const int ActivityId = 2;

    /// <summary>Returns the dataset a user means; a dataset that this session has read and still uses is not read again.</summary>
    /// <param name="source">The dataset, its name or its path.</param>
    private protected Dataset Resolve(DatasetSource source)
    {
        if (source.Value is not null)
        {
            return source.Value;
        }
        string wanted = Places(source) is [var only] ? only : source.Name!;
        return ConvNetSession.Current.GetOrRead(wanted, () => ReadBeside(options => DatasetReader.Read(wanted, options)));
    }

    /// <summary>Does something with data on another thread, with progress and warnings shown here.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="read">The action.</param>
    private protected T ReadBeside<T>(Func<ReadOptions, T> read)
    {
        using var progress = new DataProgressBar(this, ActivityId);
        return RunBeside(queue =>
            read(
                new ReadOptions
                {
                    Cancellation = Stop,
                    Warn = text => queue.Post(() => WriteWarning(text)),
                    Note = text => queue.Post(() => WriteVerbose(text)),
                    Progress = progress.On(queue),
                }
            )
        );
    }

    /// <summary>
    /// Returns what a name or a path of the user's means: a known name as it is; the full path of what exists under that very name; else
    /// what matches it as a
    /// pattern; the text itself where nothing does, to be named in an error.
    /// </summary>
    /// <param name="source">The name or path.</param>
    private protected IReadOnlyList<string> Places(DatasetSource source)
    {
        string text = source.Name!;
        if (!source.IsLiteral && KnownDatasets.Find(text) is { } known)
        {
            return [known.Name];
        }
        try
        {
            string path = FullPath(text);
            return source.IsLiteral || Path.Exists(path) || DatasetReader.IsShardPattern(path) ? [path]
                : !source.IsLiteral
                && WildcardPattern.ContainsWildcardCharacters(text)
                && GetResolvedProviderPathFromPSPath(text, out _) is { Count: > 0 } found
                    ? found
                : [text];
        }
        catch (SessionStateException)
        {
            return [text]; // no drive or provider of that name: the reader reports the expected names
        }
    }
}
