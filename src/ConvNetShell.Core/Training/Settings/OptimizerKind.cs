namespace ConvNetShell.Core.Training.Settings;

/// <summary>How weights follow their gradients.</summary>
public enum OptimizerKind
{
    /// <summary>Stochastic gradient descent with Nesterov or plain momentum; the decay is added to the gradient.</summary>
    SGD,

    /// <summary>Adam (Kingma and Ba, arXiv 1412.6980); the decay is added to the gradient.</summary>
    Adam,

    /// <summary>Adam with the decay taken off the weights directly (Loshchilov and Hutter, arXiv 1711.05101).</summary>
    AdamW,

    /// <summary>Adadelta (Zeiler, arXiv 1212.5701), ConvNetJS's default; the decay is added to the gradient.</summary>
    Adadelta,

    /// <summary>RMSprop (Hinton's lecture 6e, 2012), with momentum; the decay is added to the gradient.</summary>
    RMSprop,

    /// <summary>
    /// Muon (Jordan et al., 2024): filters and matrices of hidden layers move along the nearest orthogonal matrix to their momentum,
    /// vectors and the output layer by AdamW at a fifth of the rate.
    /// </summary>
    Muon,
}
