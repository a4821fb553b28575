namespace ConvNetShell.Display.Records.Understanding;

/// <summary>The method that computes the importance of a picture's positions for a class.</summary>
public enum SaliencyMethod
{
    /// <summary>The gradient of the class's score at each position (Simonyan et al., arXiv 1312.6034).</summary>
    Gradient,

    /// <summary>
    /// Gradients summed up on the way from a baseline to the picture; they add up to the difference of the scores (Sundararajan et al.,
    /// arXiv 1703.01365).
    /// </summary>
    IntegratedGradient,

    /// <summary>
    /// The maps of a layer, each weighted with the mean gradient of the score there (Selvaraju et al., arXiv 1610.02391).
    /// </summary>
    GradCam,

    /// <summary>How much the score falls when a window is covered (Zeiler and Fergus, arXiv 1311.2901).</summary>
    Occlusion,

    /// <summary>The mean gradient of noisy copies of the picture (Smilkov et al., arXiv 1706.03825).</summary>
    SmoothGrad,
}
