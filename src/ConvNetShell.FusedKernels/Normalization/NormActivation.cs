namespace ConvNetShell.FusedKernels.Normalization;

/// <summary>The activation behind a normalization.</summary>
public enum NormActivation
{
    /// <summary>There is none.</summary>
    None,

    /// <summary>ReLU: values below zero become zero.</summary>
    Relu,

    /// <summary>GELU (Hendrycks and Gimpel, arXiv 1606.08415); in float32 on processors with AVX-512 only.</summary>
    Gelu,
}
