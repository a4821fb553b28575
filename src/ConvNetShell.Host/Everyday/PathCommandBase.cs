using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>-Path and -LiteralPath, and errors that are written for one path while the others go on.</summary>
public abstract class PathCommandBase : PSCmdlet
{
    /// <summary>The parameter set of -Path.</summary>
    protected const string PathSet = "Path";

    /// <summary>The parameter set of -LiteralPath.</summary>
    protected const string LiteralSet = "LiteralPath";

    /// <summary>The paths; wildcards are resolved.</summary>
    [Parameter(Position = 0, ParameterSetName = PathSet, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public virtual string[] Path { get; set; } = ["."];

    /// <summary>The paths, taken as they are.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralSet, ValueFromPipelineByPropertyName = true)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get => Path; set => Path = value; }

    /// <summary>True when the paths are taken as they are.</summary>
    protected bool IsLiteral => ParameterSetName == LiteralSet;

    /// <summary>Does something with each path; what fails for one path is written as an error.</summary>
    protected sealed override void ProcessRecord()
    {
        foreach (string path in Path)
        {
            Attempt(() => ProcessPath(path));
        }
    }

    /// <summary>Does the work for one path.</summary>
    /// <param name="path">The path as the user gave it.</param>
    protected abstract void ProcessPath(string path);

    /// <summary>Runs something that calls a provider and writes its failure as an error.</summary>
    /// <param name="action">What to run.</param>
    protected void Attempt(Action action)
    {
        try
        {
            action();
        }
        catch (RuntimeException exception) when (exception is not PipelineStoppedException)
        {
            WriteError(new ErrorRecord(exception.ErrorRecord, exception));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            WriteError(new ErrorRecord(exception, exception.GetType().Name, ErrorCategory.ReadError, Path));
        }
    }

    /// <summary>The file system (or other provider) paths that one path stands for.</summary>
    /// <param name="path">The path as the user gave it.</param>
    /// <param name="provider">The provider they belong to.</param>
    /// <returns>Provider paths.</returns>
    protected IReadOnlyList<string> Resolve(string path, out ProviderInfo provider)
    {
        if (!IsLiteral)
        {
            return SessionState.Path.GetResolvedProviderPathFromPSPath(path, out provider);
        }

        return [SessionState.Path.GetUnresolvedProviderPathFromPSPath(path, out provider, out _)];
    }
}
