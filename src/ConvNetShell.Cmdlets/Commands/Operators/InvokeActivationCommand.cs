using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Conversion;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Operators;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Operators;

/// <summary>
/// Takes numbers through an activation function: its value and its slope for each. Softmax takes them together, as the scores of classes,
/// and gives probabilities and the loss of each class. Show-Figure and Export-Figure draw the function with the numbers in it.
/// </summary>
/// <example>
/// <code>Invoke-Activation -0.62,8.12,2.53 Softmax</code>
/// <output>
/// Index Function Input    Output     Slope     Loss
/// ----- -------- -----    ------     -----     ----
///     0 Softmax  -0.62 0.0001594 0.0001594    8.744
///     1 Softmax   8.12    0.9961  0.003865 0.003888
///     2 Softmax   2.53  0.003721  0.003707    5.594
/// </output>
/// Scores of three classes become probabilities.
/// </example>
/// <example>
/// <code>Invoke-Activation -2,0,3 ReLU</code>
/// <output>
/// Index Function Input Output Slope Loss
/// ----- -------- ----- ------ ----- ----
///     0 ReLU        -2      0     0    -
///     1 ReLU         0      0     0    -
///     2 ReLU         3      3     1    -
/// </output>
/// Below 0 nothing passes, forward or backward.
/// </example>
[Cmdlet(VerbsLifecycle.Invoke, "Activation", HelpUri = ProjectLinks.Help + "Invoke-Activation")]
[OutputType(typeof(ActivationRow))]
public sealed class InvokeActivationCommand : ConvNetCommand
{
    private readonly List<double> inputs = [];

    /// <summary>Gets or sets the numbers, in any shape; from the pipeline they are collected.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true)]
    [NumericArrayTransform("-InputObject")]
    public NumericArray InputObject { get; set; } = null!;

    /// <summary>Gets or sets the function.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    public ActivationKind Function { get; set; }

    /// <inheritdoc />
    protected override void Process() => inputs.AddRange(InputObject.Values);

    /// <inheritdoc />
    protected override void Finish()
    {
        if (inputs.Count > 0)
        {
            WriteObject(ActivationCalculator.Compute(Function, inputs), enumerateCollection: true);
        }
    }
}
