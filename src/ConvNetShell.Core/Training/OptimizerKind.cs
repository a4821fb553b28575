namespace ConvNetShell.Core.Training;

/// <summary>How weights follow their gradients.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with Nesterov momentum; the decay is added to the gradient.</summary>
    SGD,

    /// <summary>Adam (Kingma and Ba, arXiv 1412.6980); the decay is added to the gradient.</summary>
    Adam,

    /// <summary>Adam with the decay taken off the weights directly (Loshchilov and Hutter, arXiv 1711.05101).</summary>
    AdamW,
}
