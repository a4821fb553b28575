using System.Collections;
using System.Management.Automation;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session.Sweeps;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Sweeps.Pruning;
using ConvNetShell.Core.Sweeps.Search;
using ConvNetShell.Core.Sweeps.Storage;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Sweeps;

/// <summary>
/// Trains with many settings and says which are best. Each trial is kept in the sweep's folder, with its run; worker processes share the
/// trials. Ctrl+C ends the workers, and Resume-Sweep continues. A trial that fails is recorded with its error, and the sweep continues.
/// </summary>
/// <example>
/// <code>$net | Start-Sweep -Dataset $d -Parameter @{ LearningRate = 0.01, 0.02 } -Method Grid -Epochs 1 -SweepPath ./s `
///     -ThrottleLimit 2</code>
/// Two trials in two processes; (Get-Sweep ./s).Ranking has the better rate.
/// </example>
/// <example><code>Start-Sweep -SweepPath ./s -Method TPE -Trials 30 -Parameter @{ LearningRate = New-SearchRange 1e-4 1e-1 -Log; `
///     Filters = 16, 32 } { param($p) New-Network -Spec "conv3x3x$($p.Filters) relu pool2 fc10 softmax" -InputShape 3,32,32 | `
///     Start-Training Shapes -LearningRate $p.LearningRate -Epochs 5 }</code>The script is run in worker processes, in which $using:name
/// has the value of a variable of this session.</example>
/// <seealso href="https://papers.nips.cc/paper/4443">J. Bergstra et al.: Algorithms for hyper-parameter optimization (TPE), 2011.</seealso>
[Cmdlet(VerbsLifecycle.Start, "Sweep", SupportsShouldProcess = true, HelpUri = ProjectLinks.Help + "Start-Sweep")]
[OutputType(typeof(Sweep))]
public sealed class StartSweepCommand : SweepCommand
{
    private const int DefaultEpochs = 10;

    /// <summary>
    /// Gets or sets the network that each trial trains a copy of, where there is no script. Default: none, with a script.
    /// </summary>
    [Parameter(ValueFromPipeline = true)]
    [NetworkSourceTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource? Network { get; set; }

    /// <summary>
    /// Gets or sets the script of a trial: it takes the parameters as a table and returns one run of Start-Training, or one number,
    /// which is then the objective. Default: none, with a network.
    /// </summary>
    [Parameter(Position = 0)]
    public ScriptBlock? ScriptBlock { get; set; }

    /// <summary>
    /// Gets or sets the parameters: names with a list of values, or a range of New-SearchRange. Without a script they are settings of
    /// Start-Training.
    /// </summary>
    [Parameter(Mandatory = true)]
    public IDictionary Parameter { get; set; } = null!;

    /// <summary>Gets or sets the folder of the sweep, made if it is not there.</summary>
    [Parameter(Mandatory = true)]
    public string SweepPath { get; set; } = string.Empty;

    /// <summary>Gets or sets how parameters are chosen: Grid, Random or TPE. Default: Random; Grid without -Trials.</summary>
    [Parameter]
    public SweepMethod? Method { get; set; }

    /// <summary>
    /// Gets or sets the number of parameter sets of Random and TPE. Default: all combinations of Grid; Random and TPE need a number.
    /// </summary>
    [Parameter]
    public int? Trials { get; set; }

    /// <summary>
    /// Gets or sets the figure to make as good as possible: ValidationAccuracy (the default), ValidationLoss, TrainAccuracy or TrainLoss.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ObjectiveCompleter))]
    public string Objective { get; set; } = "ValidationAccuracy";

    /// <summary>Gets or sets the trials of each parameter set, with different seeds; sets are ranked by the mean. Default: 1.</summary>
    [Parameter]
    public int Repeat { get; set; } = 1;

    /// <summary>Gets or sets the failed trials that are allowed; with more the sweep ends. Default: any number.</summary>
    [Parameter]
    public int? MaxFailures { get; set; }

    /// <summary>
    /// Gets or sets how trials end early: Median (worse than the median of the others at the same epoch), ASHA (successive halving: trials
    /// pause at rungs, and the best continue from their checkpoints), Hyperband (halving in brackets that begin with 1, 3, 9 ... times
    /// -MinEpochs) or None. Default: None.
    /// </summary>
    [Parameter]
    public PrunerKind Pruner { get; set; }

    /// <summary>
    /// Gets or sets the epochs of the first rung of ASHA and Hyperband, or those in which Median ends no trial. Default: 1.
    /// </summary>
    [Parameter]
    public int MinEpochs { get; set; } = 1;

    /// <summary>Gets or sets how many times fewer trials reach the next rung, with so many times the epochs. Default: 3.</summary>
    [Parameter]
    public int ReductionFactor { get; set; } = 3;

    /// <summary>Gets or sets the dataset of the network: an object, a known name or a path. Default: none; a network needs one.</summary>
    [Parameter]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>
    /// Gets or sets the epochs of each trial of the network; with a script, those of its whole run, which ASHA and Hyperband need.
    /// Default: 10.
    /// </summary>
    [Parameter]
    public int Epochs { get; set; } = DefaultEpochs;

    /// <summary>Gets or sets further settings of Start-Training that all trials of the network have. Default: none.</summary>
    [Parameter]
    public Hashtable Setting { get; set; } = [];

    /// <summary>Gets or sets the seed of the search and of each parameter set's first trial. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <inheritdoc />
    protected override object? Target => SweepPath;

    /// <inheritdoc />
    protected override void Process()
    {
        SweepDefinition definition = Definition();
        var values = new Dictionary<string, object?>(StringComparer.OrdinalIgnoreCase);
        if (ScriptBlock is not null)
        {
            (string text, values) = SweepValues.Take(ScriptBlock, SessionState);
            definition = definition with { Script = text };
        }
        else
        {
            values["Network"] = Network!.Network;
            values["Setting"] = new Hashtable(Setting, StringComparer.OrdinalIgnoreCase) { [nameof(Epochs)] = Epochs };
        }
        string folder = FullPath(SweepPath);
        if (!ShouldProcess(folder, $"Run {Planned(definition)}"))
        {
            return;
        }
        if (ScriptBlock is null && Dataset is not null)
        {
            values["Dataset"] = Resolve(Dataset);
        }
        SweepFolder made = SweepFolder.Create(folder, definition);
        SweepValues.Write(folder, values);
        Follow(made);
    }

    private static string Planned(SweepDefinition definition) =>
        definition.Method == SweepMethod.Grid
            ? FormattableString.Invariant($"{definition.Space().Grid().Count() * definition.Repeat} trials of a grid")
            : FormattableString.Invariant($"{definition.Trials * definition.Repeat} trials ({definition.Method})");

    private SweepDefinition Definition()
    {
        if ((Network is null) == (ScriptBlock is null))
        {
            throw new InvalidSettingException("ScriptBlock", "given where no network is, and the other way round", Network?.ToString());
        }
        IReadOnlyList<KeyValuePair<string, SearchDimension>> parameters = SweepParameters.Read(Parameter);
        if (ScriptBlock is null)
        {
            SweepParameters.RequireSettings(
                parameters.Select(parameter => parameter.Key).Concat(Setting.Keys.Cast<object>().Select(key => $"{key}"))
            );
        }
        SweepMethod method = Method ?? (Trials is null ? SweepMethod.Grid : SweepMethod.Random);
        Require(Repeat is >= 1 and <= 1000, nameof(Repeat), "from 1 to 1000", Repeat);
        Require(method == SweepMethod.Grid || Trials is >= 1 and <= 1_000_000, nameof(Trials), $"1 or more with -Method {method}", Trials);
        Require(MaxFailures is null or >= 0, nameof(MaxFailures), "0 or more", MaxFailures);
        if (Pruner is PrunerKind.ASHA or PrunerKind.Hyperband)
        {
            _ = new SuccessiveHalving(MinEpochs, Epochs, ReductionFactor); // its errors before anything is written
        }
        return new SweepDefinition
        {
            Created = DateTimeOffset.Now,
            Method = method,
            Parameters = new SearchSpace(parameters).Dimensions,
            Trials = Trials ?? 0,
            Repeat = Repeat,
            Objective = SweepObjective.Find(Objective).Name,
            Seed = Seed,
            Threads = Threads,
            MaxFailures = MaxFailures,
            Pruner = Pruner,
            MinEpochs = MinEpochs,
            MaxEpochs = Epochs,
            ReductionFactor = ReductionFactor,
        };
    }

    private static void Require(bool holds, string setting, string expected, object? received)
    {
        if (!holds)
        {
            throw new InvalidSettingException(setting, expected, received);
        }
    }
}
