using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Display.Text;
using ConvNetShell.Kernel.Widgets;

namespace ConvNetShell.Kernel.Commands;

/// <summary>
/// Shows a slider in the notebook and, below it, the output of a script block, which runs with each value the slider is moved to. While it
/// runs, only the newest value waits. The block runs in the notebook's session, between cells; in front ends that use subshells, beside the
/// cell that runs. A front end without ipywidgets shows the first output as a still picture. Without a notebook the block runs once.
/// </summary>
/// <example>
/// <para>Turns the pages of a layer's feature maps.</para>
/// <code>Show-Slider -Maximum 15 { param($i) Get-FeatureMap $run conv1 $img -Channel $i }</code>
/// </example>
/// <example>
/// <para>A slider over fractions, with a text.</para>
/// <code>Show-Slider -Minimum 0 -Maximum 1 -Step 0.05 -Value 0.5 -Description Threshold { param($t) "above $t" }</code>
/// </example>
[Cmdlet(VerbsCommon.Show, "Slider", HelpUri = ProjectLinks.Help + "Show-Slider")]
[OutputType(typeof(object))]
public sealed class ShowSliderCommand : WidgetCommandBase
{
    private const int FractionSteps = 100;

    /// <summary>Gets or sets the script block; its first parameter is the value, an int or a double.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    public ScriptBlock ScriptBlock { get; set; } = null!;

    /// <summary>Gets or sets the least value. Default: 0.</summary>
    [Parameter]
    public double Minimum { get; set; }

    /// <summary>Gets or sets the greatest value. Default: 100.</summary>
    [Parameter]
    public double Maximum { get; set; } = 100;

    /// <summary>
    /// Gets or sets the distance between values. Default: 1, or a hundredth of the range where minimum, maximum or value are no whole
    /// numbers. Values are ints if all four are whole numbers.
    /// </summary>
    [Parameter]
    public double? Step { get; set; }

    /// <summary>Gets or sets the first value. Default: the least.</summary>
    [Parameter]
    public double? Value { get; set; }

    /// <summary>Gets or sets the text before the slider. Default: none.</summary>
    [Parameter]
    [ValidateNotNull]
    public string Description { get; set; } = string.Empty;

    /// <inheritdoc />
    protected override void ProcessRecord()
    {
        SliderScale scale = Scale();
        object value = scale.Value(scale.Start);
        string caption = string.Create(
            CultureInfo.InvariantCulture,
            $"{(Description.Length > 0 ? Description : "Slider")}: {value} (from {scale.Minimum} to {scale.Maximum})"
        );
        if (Widgets is { } widgets)
        {
            widgets.Show(new SliderWidget(scale, Description, widgets.Block(ScriptBlock)), caption);
            return;
        }

        if (!IsNotebookFile)
        {
            WriteWarning(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"There is no notebook to show a slider in: the script block runs once, with {value}."
                )
            );
        }

        WriteObject(InvokeCommand.InvokeScript(useLocalScope: true, ScriptBlock, null, value), enumerateCollection: true);
    }

    private SliderScale Scale()
    {
        double first = Value ?? Minimum;
        bool isWhole = new[] { Minimum, Maximum, first }.All(double.IsInteger);
        double step = Step ?? (isWhole ? 1 : (Maximum - Minimum) / FractionSteps);
        Check(double.IsFinite(Minimum) && double.IsFinite(Maximum) && Maximum > Minimum, "-Maximum", "more than -Minimum", Maximum);
        Check(double.IsFinite(step) && step > 0 && step <= Maximum - Minimum, "-Step", "above 0 and at most the range", step);
        Check(first >= Minimum && first <= Maximum, "-Value", "from -Minimum to -Maximum", first);
        return new SliderScale(Minimum, Maximum, step, first);
    }

    private void Check(bool isGood, string parameter, string expected, double received)
    {
        if (!isGood)
        {
            string message = string.Create(
                CultureInfo.InvariantCulture,
                $"{parameter} must be {expected}, with -Minimum {Minimum} and -Maximum {Maximum}. Received: {received}."
            );
            ThrowTerminatingError(
                new ErrorRecord(new ArgumentException(message), "Slider.BadRange", ErrorCategory.InvalidArgument, received)
            );
        }
    }
}
