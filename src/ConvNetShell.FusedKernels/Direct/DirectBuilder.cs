using ConvNetShell.FusedKernels.Direct.Planes;
using ConvNetShell.FusedKernels.Direct.Steps;
using ConvNetShell.FusedKernels.Recurrent;

namespace ConvNetShell.FusedKernels.Direct;

/// <summary>
/// Makes a <see cref="DirectProgram"/>, layer by layer. A normalization becomes part of the convolution before it, and a ReLU part of
/// whatever is before it.
/// </summary>
public sealed class DirectBuilder
{
    private readonly List<IDirectStep> steps = [];
    private readonly Plane input;
    private Plane here;
    private IDirectStep? last; // what nobody but the next layer reads

    /// <param name="channels">The channels of the images.</param>
    /// <param name="height">Their rows.</param>
    /// <param name="width">Their columns.</param>
    /// <param name="frames">Their frames.</param>
    public DirectBuilder(int channels, int height, int width, int frames = 1) => here = input = new Plane(height, width, channels, frames);

    /// <summary>Gets or sets the plane that the next layer reads; set it to begin another branch.</summary>
    public Plane Here
    {
        get => here;
        set => (here, last) = (value, null);
    }

    /// <summary>Adds a convolution.</summary>
    /// <param name="window">Its window.</param>
    /// <param name="filters">The weights: filters x frames x rows x columns x channels.</param>
    /// <param name="bias">A number for each filter.</param>
    public void Convolve(DirectWindow window, float[] filters, float[] bias)
    {
        if (TileStep.Suits(here, window, bias.Length))
        {
            Add(new TileStep(here, window, filters, bias));
            return;
        }

        here.Widen(window.Border);
        Add(new WindowStep(here, window, filters, bias));
    }

    /// <summary>Adds a convolution whose filters see a channel each.</summary>
    /// <param name="window">Its window.</param>
    /// <param name="filters">The weights: channels x frames x rows x columns.</param>
    /// <param name="bias">A number for each channel.</param>
    public void ConvolveEach(DirectWindow window, float[] filters, float[] bias)
    {
        here.Widen(window.Border);
        Add(new DepthwiseStep(here, window, filters, bias));
    }

    /// <summary>Adds a factor and a summand for each channel.</summary>
    public void Scale(ReadOnlySpan<double> scale, ReadOnlySpan<double> shift)
    {
        if (last is ConvolutionStep { Rectifies: false } convolution)
        {
            convolution.Scale(scale, shift);
        }
        else
        {
            Add(new ScaleStep(here, Alike(here), scale, shift));
        }
    }

    /// <summary>Adds a ReLU.</summary>
    public void Rectify()
    {
        if (last is null)
        {
            Add(Identity());
        }

        last!.Rectifies = true;
    }

    /// <summary>Adds another activation.</summary>
    /// <param name="activation">Which.</param>
    public void Activate(DirectActivation activation)
    {
        if (last is not ScaleStep { Rectifies: false, Activation: DirectActivation.None })
        {
            Add(Identity());
        }

        ((ScaleStep)last!).Activation = activation;
    }

    /// <summary>Adds pooling.</summary>
    /// <param name="window">Its window.</param>
    /// <param name="isMean">Whether the mean of all its numbers is taken, and not the largest; no window may then cross the border.</param>
    public void Pool(DirectWindow window, bool isMean) => Add(new PoolingStep(here, window.Over(here, here.Channels), window, isMean));

    /// <summary>Adds a fully connected layer.</summary>
    /// <param name="weights">The weights: units x channels x frames x rows x columns.</param>
    /// <param name="bias">A number for each unit.</param>
    public void Connect(float[] weights, float[] bias) => Add(new DenseStep(here, weights, bias));

    /// <summary>Adds a recurrent layer.</summary>
    /// <param name="kernel">What it computes in a step.</param>
    /// <param name="directions">The weights of the direction forward in time and, if there is one, backward.</param>
    /// <param name="isSequence">Whether the states of all steps are its output, and not only the last.</param>
    public void Recur(RecurrentKernel kernel, RecurrentWeights[] directions, bool isSequence) =>
        Add(new SequenceStep(here, kernel, directions, isSequence));

    /// <summary>Takes every so many pixels, and adds channels of zeros on both sides, one more behind where their number is odd.</summary>
    public void Shortcut(int channels, int rowStep, int columnStep) =>
        Add(
            new ShortcutStep(
                here,
                new Plane((here.Height + rowStep - 1) / rowStep, (here.Width + columnStep - 1) / columnStep, channels),
                rowStep,
                columnStep,
                (channels - here.Channels) / 2
            )
        );

    /// <summary>Adds the sum of the ends of two branches.</summary>
    public void Sum(Plane first, Plane second) => Add(new SumStep(first, second, Alike(first)));

    /// <summary>Adds the channels of the ends of some branches, one behind the other.</summary>
    public void Concatenate(IReadOnlyList<Plane> ends) =>
        Add(new ConcatenationStep(new Plane(ends[0].Height, ends[0].Width, ends.Sum(end => end.Channels), ends[0].Frames), [.. ends]));

    /// <summary>Returns the program, which ends here.</summary>
    public DirectProgram Build() => Build(new AlignedMemory());

    /// <summary>Returns the program, which ends here.</summary>
    /// <param name="allocator">Allocates the memory of weights and images.</param>
    internal DirectProgram Build(INativeMemory allocator)
    {
        DirectMemory.Place(input, here, steps);
        var packed = new CountedMemory(allocator);
        steps.ForEach(step => step.Prepare(packed));
        int size = DirectMemory.Size(steps.Select(step => step.Output).Prepend(input));
        return new DirectProgram(input, here, [.. steps], size, allocator) { Bytes = packed.Bytes };
    }

    private ScaleStep Identity()
    {
        double[] ones = [.. Enumerable.Repeat(1.0, here.Channels)];
        return new ScaleStep(here, Alike(here), ones, new double[ones.Length]);
    }

    private static Plane Alike(Plane plane) => new(plane.Height, plane.Width, plane.Channels, plane.Frames);

    private void Add(IDirectStep step)
    {
        steps.Add(step);
        (here, last) = (step.Output, step);
    }
}
