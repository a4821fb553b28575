using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that take any number of images, files by their literal paths too.</summary>
public abstract class ImageListCommand : ImageCommand
{
    /// <summary>Gets or sets image files whose paths are taken as they are: brackets and asterisks are no wildcards.</summary>
    [Parameter(Mandatory = true, ParameterSetName = NetworkSets.LiteralPath)]
    [Alias("PSPath", "LP")]
    [ValidateNotNullOrEmpty]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>Returns the images given in any way.</summary>
    /// <param name="images">Samples and paths.</param>
    private protected object[] WithLiteral(object[] images) =>
        [.. images, .. LiteralPath.Select(path => new FilePath(path, IsLiteral: true))];
}
