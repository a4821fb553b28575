using System.Management.Automation;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Inference;
using ConvNetShell.Display.Records.Data;

namespace ConvNetShell.Cmdlets.Abstractions;

/// <summary>Base of the cmdlets that show a network single images: samples or files, resized to its input where need be.</summary>
public abstract class ImageCommand : EvaluationCommand
{
    private bool noted;

    /// <summary>
    /// Gets or sets a value indicating whether an image of another size is an error, instead of resized with a warning.
    /// </summary>
    [Parameter]
    public SwitchParameter NoResize { get; set; }

    /// <summary>
    /// Gets or sets how images of other proportions are resized: Stretch (the default) changes them, Crop cuts the middle out, Pad adds
    /// black bars. Choose what Import-Dataset was given for the training.
    /// </summary>
    [Parameter]
    public FitKind Fit { get; set; }

    /// <summary>
    /// Calls back with each image, in the size of the network's input; one that is bad is an error, and the next goes on.
    /// </summary>
    /// <param name="network">The network.</param>
    /// <param name="images">Samples and paths.</param>
    /// <param name="use">What is done with an image.</param>
    private protected void EachImage(NetworkSource network, object[] images, Action<ImageSample> use)
    {
        foreach (object image in images)
        {
            if (image is ImageSample sample)
            {
                Attempt(() => use(ImageFit.To(network.Network, sample, !NoResize, Note, Fit)), sample);
                continue;
            }
            foreach (string file in Files(image as FilePath ?? new FilePath((string)image, IsLiteral: false)))
            {
                Stop.ThrowIfCancellationRequested();
                Attempt(() => use(ImageFit.Read(network.Network, file, !NoResize, Note, Fit)), file);
            }
        }
    }

    /// <summary>
    /// The first image that is resized is a warning, those after it only verbose: a folder of photos must not be a page of warnings.
    /// </summary>
    private void Note(string text)
    {
        if (noted)
        {
            WriteVerbose(text);
            return;
        }
        noted = true;
        WriteWarning(text + " Other images of a different size are resized too; -Verbose names them, -NoResize refuses them.");
    }
}
