using System.Globalization;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Operators;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Operators;

/// <summary>
/// Goes down a loss over two weights step by step, with the optimizers that trainings use. Show-Figure and Export-Figure draw the paths on
/// the surface: whole as .png or .svg, moving as .gif, .webp or .html.
/// </summary>
/// <example>
/// <code>Trace-Descent Bowl -Steps 3</code>
/// <output>
/// Optimizer Step      X     Y  Loss SlopeX SlopeY
/// --------- ----      -     -  ---- ------ ------
/// SGD          0     -4     3    25     -8      6
/// SGD          1   -3.2   2.4    16   -6.4    4.8
/// SGD          2  -2.56  1.92 10.24  -5.12   3.84
/// SGD          3 -2.048 1.536 6.554 -4.096  3.072
/// </output>
/// Each step moves the weights against the slope, by the learning rate (here 0.1) times the slope.
/// </example>
/// <example>
/// <code>$paths = @(Trace-Descent Ravine -Steps 40; Trace-Descent Ravine -Steps 40 -Momentum 0.8)
/// $paths | Export-Figure ravine.gif</code>
/// Without momentum the path goes to and fro across the valley.
/// </example>
/// <example>
/// <code>Trace-Descent -Function { param($x, $y) [math]::Pow($x - $y, 2) + $x * $x } -From 2,-1 -Optimizer SGD, Adam</code>
/// A loss of one's own.
/// </example>
[Cmdlet(VerbsDiagnostic.Trace, "Descent", HelpUri = ProjectLinks.Help + "Trace-Descent")]
[OutputType(typeof(DescentStep))]
public sealed class TraceDescentCommand : ConvNetCommand
{
    /// <summary>Gets or sets the loss: Bowl, Ravine (the default), Saddle, Rosenbrock or Himmelblau.</summary>
    [Parameter(Position = 0)]
    public SurfaceKind Surface { get; set; } = SurfaceKind.Ravine;

    /// <summary>Gets or sets a loss of your own instead: a script of two numbers that gives a number. Default:
    /// none.</summary>
    [Parameter]
    public ScriptBlock? Function { get; set; }

    /// <summary>Gets or sets the optimizers; each goes down by itself. Default: SGD.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public OptimizerKind[] Optimizer { get; set; } = [OptimizerKind.SGD];

    /// <summary>
    /// Gets or sets the learning rate. Default: for SGD one with which it does not diverge on the surface (0.01 with -Function), for
    /// Adadelta 1, for the others 0.1.
    /// </summary>
    [Parameter]
    [ValidateRange(0.0, double.MaxValue)]
    public double? LearningRate { get; set; }

    /// <summary>Gets or sets the momentum of SGD and RMSprop, below 1. Default: 0, none.</summary>
    [Parameter]
    [ValidateRange(0.0, 1.0)]
    public double Momentum { get; set; }

    /// <summary>Gets or sets the number of steps. Default: 50.</summary>
    [Parameter]
    [ValidateRange(1, 10_000)]
    public int Steps { get; set; } = 50;

    /// <summary>Gets or sets where the descent begins: two numbers. Default: the surface's own; with -Function 1,1.</summary>
    [Parameter]
    [ValidateCount(2, 2)]
    public double[]? From { get; set; }

    /// <inheritdoc />
    protected override void Finish()
    {
        if (Function is not null && MyInvocation.BoundParameters.ContainsKey(nameof(Surface)))
        {
            throw new InvalidSettingException("-Function", "left out where a surface is named", Surface);
        }
        LossSurface surface = Function is null
            ? LossSurface.Of(Surface, From is [var x, var y] ? (x, y) : null)
            : LossSurface.Of("Loss", Loss, From is [var left, var right] ? (left, right) : (1, 1));
        DescentSurface drawn = surface.Draw(Stop);
        foreach (OptimizerKind kind in Optimizer)
        {
            WriteObject(DescentTracer.Trace(surface, drawn, kind, Steps, LearningRate, Momentum, Stop), enumerateCollection: true);
        }
    }

    private double Loss(double x, double y)
    {
        object? result = Function!.InvokeReturnAsIs(x, y);
        return LanguagePrimitives.TryConvertTo(result, CultureInfo.InvariantCulture, out double loss)
            ? loss
            : throw new InvalidSettingException("-Function", "a script of two numbers that gives a number", result);
    }
}
