namespace ConvNetShell.Core.Training.Settings;

/// <summary>The part of a training that a setting belongs to.</summary>
internal enum SettingGroup
{
    /// <summary>Read by the optimizer, in each step.</summary>
    Optimizer,

    /// <summary>Read by the learning rate schedule, before each step.</summary>
    Schedule,

    /// <summary>Read where the loss is computed, and where weights are averaged.</summary>
    Loss,

    /// <summary>Read where the images of a run are chosen and changed, before the first step.</summary>
    Data,

    /// <summary>Read after each step and each epoch: when the run ends, and the weights it keeps.</summary>
    End,

    /// <summary>Read where the run is saved.</summary>
    Checkpoints,

    /// <summary>Read once, before the run: device, precision, threads, random numbers.</summary>
    Computing,
}
