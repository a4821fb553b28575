namespace ConvNetShell.Core.Training.Settings;

/// <summary>How the weights follow their gradients that Muon leaves: vectors and the output layer.</summary>
public enum RestOptimizerKind
{
    /// <summary>Adam with the decay taken off the weights directly.</summary>
    AdamW,

    /// <summary>Stochastic gradient descent with Nesterov momentum; the decay is added to the gradient.</summary>
    SGD,
}
