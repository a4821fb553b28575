using System.Globalization;

namespace ConvNetShell.Display.Records.Training;

/// <summary>One step of a descent on a loss over two weights.</summary>
/// <param name="Optimizer">The optimizer, with its momentum where it has one.</param>
/// <param name="Step">The step, from 0, where it begins.</param>
/// <param name="X">The first weight after the step.</param>
/// <param name="Y">The second weight after the step.</param>
/// <param name="Loss">The loss there.</param>
/// <param name="SlopeX">The loss's slope along the first weight there.</param>
/// <param name="SlopeY">The loss's slope along the second weight there.</param>
public sealed record DescentStep(string Optimizer, int Step, double X, double Y, double Loss, double SlopeX, double SlopeY)
{
    /// <summary>Gets the surface, for pictures of the descent; <see langword="null"/> where it is not known.</summary>
    public DescentSurface? Surface { get; init; }

    /// <summary>Gives the optimizer, the step and the loss.</summary>
    /// <returns>For example <c>Adam, step 10 at 0.5, 0.2: loss 0.25</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Optimizer}, step {Step} at {X:G4}, {Y:G4}: loss {Loss:G4}");
}
