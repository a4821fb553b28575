namespace ConvNetShell.FusedKernels.Recurrent;

/// <summary>
/// One step of a recurrent layer without its matrix product, forward and backward, in float32: the gates, the memory and the state of each
/// image in one pass.
/// </summary>
public abstract class RecurrentKernel
{
    private RecurrentKernel(int gates, bool hasMemory, bool splitsGradients) =>
        (Gates, HasMemory, SplitsGradients) = (gates, hasMemory, splitsGradients);

    /// <summary>Gets the step of a simple recurrent layer (Elman, 1990): tanh of the sum.</summary>
    public static RecurrentKernel Simple { get; } = new Of<SimpleCell>(gates: 1, hasMemory: false, splitsGradients: false);

    /// <summary>Gets the step of a gated recurrent unit (Cho and others, 2014): gates reset, update, new, in libtorch's order.</summary>
    public static RecurrentKernel Gru { get; } = new Of<GruCell>(gates: 3, hasMemory: true, splitsGradients: true);

    /// <summary>
    /// Gets the step of a long short-term memory (Hochreiter and Schmidhuber, 1997): gates input, forget, cell, output, in libtorch's
    /// order.
    /// </summary>
    public static RecurrentKernel Lstm { get; } = new Of<LstmCell>(gates: 4, hasMemory: true, splitsGradients: false);

    /// <summary>Gets the number of sums for each unit.</summary>
    public int Gates { get; }

    /// <summary>Gets a value indicating whether a step keeps a second number for each unit: the cell of an LSTM, what a GRU's reset gate
    /// multiplies.</summary>
    public bool HasMemory { get; }

    /// <summary>Gets a value indicating whether the sums of the inputs have other gradients than those of the states.</summary>
    public bool SplitsGradients { get; }

    /// <summary>Computes a step: gates, memory and state from both sums.</summary>
    /// <param name="step">Where the numbers lie.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="units">The units of the layer.</param>
    public abstract void Forward(RecurrentStep step, int images, int units);

    /// <summary>Computes the gradients of a step that was computed.</summary>
    /// <param name="step">Where its numbers lie.</param>
    /// <param name="gradients">Where the gradients lie.</param>
    /// <param name="images">The number of images.</param>
    /// <param name="units">The units of the layer.</param>
    public abstract void Backward(RecurrentStep step, RecurrentStepGradients gradients, int images, int units);

    private sealed class Of<T>(int gates, bool hasMemory, bool splitsGradients) : RecurrentKernel(gates, hasMemory, splitsGradients)
        where T : IRecurrentCell
    {
        public override void Forward(RecurrentStep step, int images, int units)
        {
            for (int image = 0; image < images; image++)
            {
                for (int unit = 0; unit < units; unit += StepLanes.Width)
                {
                    T.Forward(step, new StepLanes(image, units, Gates, unit));
                }
            }
        }

        public override void Backward(RecurrentStep step, RecurrentStepGradients gradients, int images, int units)
        {
            for (int image = 0; image < images; image++)
            {
                for (int unit = 0; unit < units; unit += StepLanes.Width)
                {
                    T.Backward(step, gradients, new StepLanes(image, units, Gates, unit));
                }
            }
        }
    }
}
