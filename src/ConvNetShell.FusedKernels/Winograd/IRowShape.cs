namespace ConvNetShell.FusedKernels.Winograd;

/// <summary>The sizes of a convolution of pictures.</summary>
public interface IRowShape
{
    /// <summary>Gets the filters, which are the channels of an output.</summary>
    int Filters { get; }

    /// <summary>Gets the rows of an output.</summary>
    int OutputHeight { get; }

    /// <summary>Gets the columns of an output.</summary>
    int OutputWidth { get; }

    /// <summary>Returns what computes it.</summary>
    /// <param name="scratch">Memory to work in, which others may use before and after each call.</param>
    /// <exception cref="ArgumentException">There is no such convolution.</exception>
    IRowConvolution With(KernelScratch scratch);
}
