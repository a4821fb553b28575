using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Operators;

/// <summary>Finds a template in a picture by convolution. It scores every position and returns the best.</summary>
/// <example>
/// <code>$crowd = New-CrowdPicture; Find-Template $crowd.Picture -Template $crowd.Template</code>
/// The row and column of the best match, and its correlation: 1 is a perfect match.
/// </example>
/// <example>
/// <code>Find-Template photo.png -Template face.png -Top 5 -Threshold 0.8</code>
/// The five best positions of a face in a photo, as long as their correlation is 0.8 or more.
/// </example>
/// <example><code>(Find-Template photo.png -Template face.png).ScoreMap</code>The scores of all positions, as rows.</example>
[Cmdlet(VerbsCommon.Find, "Template", HelpUri = ProjectLinks.Help + "Find-Template")]
[OutputType(typeof(TemplateMatch))]
public sealed class FindTemplateCommand : ConvNetCommand
{
    /// <summary>
    /// Gets or sets the picture: lists of rows, a sample or an image file. Of a color picture the mean of the channels counts.
    /// </summary>
    [Parameter(Mandatory = true, Position = 0)]
    [NumericArrayTransform("-InputObject")]
    public NumericArray InputObject { get; set; } = null!;

    /// <summary>Gets or sets what to look for, in the same forms; not larger than the picture.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [NumericArrayTransform("-Template")]
    public NumericArray Template { get; set; } = null!;

    /// <summary>
    /// Gets or sets a value indicating whether scores are plain sums of products, which prefer bright areas, instead of normalized ones
    /// from -1 to 1.
    /// </summary>
    [Parameter]
    public SwitchParameter Plain { get; set; }

    /// <summary>Gets or sets the most matches; of positions within half a template only the best counts. Default: 1.</summary>
    [Parameter]
    [ValidateRange(1, int.MaxValue)]
    public int Top { get; set; } = 1;

    /// <summary>Gets or sets the lowest score. Default: any.</summary>
    [Parameter]
    public double Threshold { get; set; } = double.NegativeInfinity;

    /// <inheritdoc />
    protected override void Finish()
    {
        if (InputObject.NaNCount > 0)
        {
            WriteWarning(
                $"{InputObject.NaNCount} of {InputObject.Values.Count} values of the picture are NaN; positions whose "
                    + $"window holds one never match."
            );
        }
        WriteObject(TemplateFinder.Find(InputObject, Template, !Plain, Top, Threshold, Stop), enumerateCollection: true);
    }
}
