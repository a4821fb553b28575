using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Data.Arrays;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Data;

/// <summary>
/// Writes the numbers of filters, feature maps, feature vectors, pictures, arrays or predictions to a file: .npy for NumPy (float32; the
/// objects are the first dimension) or .csv (a line an object: its name, then its numbers). The probabilities of predictions are in the
/// order of their ranks. Export-Figure writes pictures (.png), Export-Csv the table of predictions.
/// </summary>
/// <example><code>Get-Filter $run conv1 | Export-Array filters.npy</code>16 x 3 x 5 x 5 for 16 filters.</example>
/// <example>
/// <code>Get-FeatureMap $run conv1 cat.png | Export-Array maps.npy</code>
/// 16 x 32 x 32: a map for each of the 16 channels of conv1.
/// </example>
/// <example>
/// <code>Select-Sample $data -Count 9 | Get-Prediction $run -Top 3 | Export-Array probabilities.csv</code>
/// A row for each image and rank, for a spreadsheet.
/// </example>
[Cmdlet(VerbsData.Export, "Array", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "Export-Array")]
[OutputType(typeof(FileInfo))]
public sealed class ExportArrayCommand : ConvNetCommand
{
    private readonly List<object> items = [];

    /// <summary>Gets or sets the file to write: .npy or .csv. One that is there is replaced.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [ValidateNotNullOrEmpty]
    public string Path { get; set; } = string.Empty;

    /// <summary>Gets or sets the objects, all of one kind and size; a list of numbers, or of lists, is one array.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    public object[] InputObject { get; set; } = [];

    /// <summary>Gets or sets a value indicating whether the file is returned.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc />
    protected override object? Target => Path;

    /// <inheritdoc />
    protected override void Begin() => ArrayFile.Check(Path);

    /// <inheritdoc />
    protected override void Process() => items.AddRange(InputObject.Select(Bare));

    /// <inheritdoc />
    protected override void Finish()
    {
        if (items.Count == 0)
        {
            return;
        }
        string path = FullPath(Path);
        if (ShouldProcess(path, "Write array"))
        {
            ArrayFile.Write(path, items.All(IsNumber) ? [NumericArray.Read("InputObject", items)] : items);
            if (PassThru)
            {
                WriteObject(new FileInfo(path));
            }
        }
    }

    private static object Bare(object item) => item is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : item;

    private static bool IsNumber(object item) => item is byte or short or int or long or float or double or decimal or Array;
}
