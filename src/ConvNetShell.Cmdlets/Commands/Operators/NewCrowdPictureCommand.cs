using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Data;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Operators;

/// <summary>Paints a crowd with one figure to find in it, for Find-Template. The same seed gives the same picture.</summary>
/// <example>
/// <code>$crowd = New-CrowdPicture -Seed 7; Find-Template $crowd.Picture $crowd.Template</code>
/// The same picture for the same seed, and where the figure stands.
/// </example>
/// <example>
/// <code>New-CrowdPicture -Path crowd.png -TemplatePath waldo.png</code>
/// Two files to try Find-Template with.
/// </example>
[Cmdlet(VerbsCommon.New, "CrowdPicture", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "New-CrowdPicture")]
[OutputType(typeof(CrowdPicture))]
public sealed class NewCrowdPictureCommand : ConvNetCommand
{
    /// <summary>Gets or sets the rows. Default: 320.</summary>
    [Parameter]
    public int Height { get; set; } = 320;

    /// <summary>Gets or sets the columns. Default: 480.</summary>
    [Parameter]
    public int Width { get; set; } = 480;

    /// <summary>Gets or sets the seed. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>Gets or sets a PNG file to write the picture to. Default: none.</summary>
    [Parameter]
    public string? Path { get; set; }

    /// <summary>Gets or sets a PNG file to write the figure to. Default: none.</summary>
    [Parameter]
    public string? TemplatePath { get; set; }

    /// <inheritdoc />
    protected override void Finish()
    {
        CrowdPicture crowd = CrowdPainter.Paint(Height, Width, Seed);
        Save(crowd.Picture, Path);
        Save(crowd.Template, TemplatePath);
        WriteObject(crowd);
    }

    private void Save(ImageSample picture, string? path)
    {
        if (path is not null && ShouldProcess(FullPath(path), "write a picture"))
        {
            ImageFile.Save(FullPath(path), picture);
        }
    }
}
