namespace ConvNetShell.Core.Training.Settings;

/// <content>Muon, and what moves the weights that it leaves.</content>
public sealed partial record TrainingSettings
{
    private const double RestFraction = 0.2;

    /// <summary>
    /// Gets the Newton-Schulz iterations with which Muon makes a step orthogonal; fewer are quicker and less exact. Default: 5.
    /// </summary>
    [Setting(SettingGroup.Optimizer, Unit = "iterations", Least = 1, Most = 100)]
    public int MuonIterations
    {
        get;
        init => field = Check(value);
    } = 5;

    /// <summary>
    /// Gets a value indicating whether Muon brings the filters of a layer to the norm sqrt(filters) before each step. The step is then the
    /// orthogonal matrix times the learning rate, without the factor 0.2 sqrt(max(rows, columns)), and these filters have no weight decay
    /// (airbench94; Jordan, arXiv 2404.00498).
    /// </summary>
    [Setting(SettingGroup.Optimizer)]
    public bool NormalizeFilters { get; init; }

    /// <summary>
    /// Gets the optimizer of the weights that Muon leaves, which are vectors and the output layer: AdamW or SGD. Default: AdamW, or the
    /// preset's.
    /// </summary>
    [Setting(SettingGroup.Optimizer, Default = "AdamW, or the preset's")]
    public RestOptimizerKind RestOptimizer { get; init; }

    /// <summary>
    /// Gets the largest learning rate of the weights that Muon leaves; it follows the schedule of the others. 0 is a fifth of LearningRate.
    /// Default: 0, or the preset's.
    /// </summary>
    [Setting(SettingGroup.Optimizer, Least = 0, Most = 1e30, Zero = "a fifth of LearningRate", Default = "0, or the preset's")]
    public double RestLearningRate
    {
        get;
        init => field = Check(value);
    }

    /// <summary>Gets the momentum of SGD on the weights that Muon leaves. Default: 0.9, or the preset's.</summary>
    [Setting(SettingGroup.Optimizer, Least = 0, Below = 1, Default = "0.9, or the preset's")]
    public double RestMomentum
    {
        get;
        init => field = Check(value);
    } = 0.9;

    /// <summary>Gets the factor of the learning rate for the weights that Muon leaves.</summary>
    internal double RestScale => RestLearningRate > 0 ? RestLearningRate / LearningRate : RestFraction;
}
