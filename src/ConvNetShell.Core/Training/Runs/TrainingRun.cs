using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Records.Understanding;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Core.Training.Runs;

/// <summary>A training run: the network with its best weights, its history, and the data to reproduce it.</summary>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed class TrainingRun : IFigureSource
{
    private readonly Lock gate = new();
    private readonly WeakReference<Dataset> usedData;
    private readonly Lazy<Dataset> source;
    private RecordList<EpochRecord> history = new([], "epoch");
    private RecordList<LayerGradient> gradients = new([], "gradient");
    private RecordList<LayerFilter> filters = new([], "filter");
    private RecordList<SettingChange> changes = new([], "change");
    private RecordTable versions = new(new Dictionary<string, string>());
    private Dataset? heldData; // while the run goes on

    internal TrainingRun(Network network, Dataset dataset, Dataset given, TrainingSettings settings, string device, string? name = null)
        : this(network, new Lazy<Dataset>(given), settings, device, name)
    {
        heldData = dataset;
        usedData.SetTarget(dataset);
    }

    /// <param name="network">The network.</param>
    /// <param name="given">Reads the dataset when it is asked for.</param>
    /// <param name="settings">The settings, as they were used.</param>
    /// <param name="device">The device.</param>
    /// <param name="name">The run's name, or <see langword="null"/>.</param>
    internal TrainingRun(Network network, Lazy<Dataset> given, TrainingSettings settings, string device, string? name)
    {
        GivenName = name is null ? null : VisibleText.Of(name);
        usedData = new WeakReference<Dataset>(null!);
        Network = network;
        source = given;
        Settings = settings;
        Device = device;
        Control = new RunControl(settings);
        Versions = RunVersions.Current(settings, device);
    }

    /// <summary>Gets the run's number in its session, from 1; 0 where no session has it.</summary>
    public int Id { get; private set; }

    /// <summary>Gets the run's name: the one given, or the network's with the run's number, for example CIFAR10-3.</summary>
    public string Name => GivenName ?? (Id > 0 ? string.Create(CultureInfo.InvariantCulture, $"{Network.Name}-{Id}") : Network.Name);

    /// <summary>
    /// Gets the run whose weights this one began with; <see langword="null"/> where it began with the weights of a network.
    /// </summary>
    public RunReference? StartedFrom { get; internal init; }

    /// <summary>Gets the network. When the run has ended it holds the weights of the best epoch.</summary>
    public Network Network { get; }

    /// <summary>
    /// Gets the dataset, with the validation split the run used. A run that has ended does not keep the copies of images that its splits
    /// were made
    /// of: the same splits are made again when they are asked for.
    /// </summary>
    public Dataset Dataset
    {
        get
        {
            lock (gate)
            {
                if (!usedData.TryGetTarget(out Dataset? data))
                {
                    data = TrainingData.For(TrainingClasses.Match(Network, SourceDataset, Settings.LearnsClasses), Settings);
                    usedData.SetTarget(data);
                }
                return data;
            }
        }
    }

    /// <summary>Gets the settings, as they were used.</summary>
    public TrainingSettings Settings { get; }

    /// <summary>Gets one record for each epoch that was finished so far; the list never changes, a later epoch makes a new one.</summary>
    public IReadOnlyList<EpochRecord> History => history;

    /// <summary>
    /// Gets the epoch that is best by the monitored figure: by default the best validation accuracy, of equal ones the lowest loss (without
    /// validation: the last); <see langword="null"/> before the first ends.
    /// </summary>
    public EpochRecord? Best { get; internal set; }

    /// <summary>
    /// Gets the mean length of the gradients of each layer with weights in each epoch; the list never changes, a later epoch makes a new
    /// one.
    /// </summary>
    public IReadOnlyList<LayerGradient> LayerGradients
    {
        get => gradients;
        internal set => gradients = new([.. value], "gradient");
    }

    /// <summary>
    /// Gets the first layer's filters as they were before the training and after its epochs, where they were kept (-KeepFilters); of at
    /// most 64 filters. A kept run that is read from its folder has none.
    /// </summary>
    public IReadOnlyList<LayerFilter> FilterHistory => filters;

    /// <summary>Gets the learning rate of each step so far.</summary>
    public IReadOnlyList<StepLearningRate> LearningRates => new RecordList<StepLearningRate>([.. Rates.ToRecords()], "step");

    /// <summary>Gets the seed.</summary>
    public int Seed => Settings.Seed;

    /// <summary>Gets the device the run was on.</summary>
    public string Device { get; }

    /// <summary>Gets how far the run came.</summary>
    public RunStatus Status { get; internal set; }

    /// <summary>Gets what ended it.</summary>
    public StopReason StopReason { get; internal set; }

    /// <summary>Gets the handles of the run while it is under way: pause, continue, stop, another learning rate.</summary>
    public RunControl Control { get; }

    /// <summary>
    /// Gets the settings that were changed while it was under way; the list never changes, a later change makes a new one.
    /// </summary>
    public IReadOnlyList<SettingChange> Changes => changes;

    /// <summary>
    /// Gets the file the run was saved in last, from which Resume-Training goes on; <see langword="null"/> where it was not.
    /// </summary>
    public string? Checkpoint { get; internal set; }

    /// <summary>Gets the folder the run is kept in; <see langword="null"/> where it is not kept.</summary>
    public string? Folder { get; internal set; }

    /// <summary>Gets the validation accuracy of the best epoch, from 0 to 1; not a number where there is none.</summary>
    public double BestAccuracy => Best?.ValidationAccuracy ?? double.NaN;

    /// <summary>Gets how long it took, validation included.</summary>
    public TimeSpan Elapsed { get; internal set; }

    /// <summary>Gets when it began.</summary>
    public DateTimeOffset Started { get; internal init; } = DateTimeOffset.Now;

    /// <summary>Gets the versions of what computed it: ConvNetShell, TorchSharp, libtorch, .NET, system, threads.</summary>
    public IReadOnlyDictionary<string, string> Versions
    {
        get => versions;
        internal init => versions = new(value.ToDictionary());
    }

    /// <summary>Says the network, the dataset, the status and the best epoch.</summary>
    /// <returns>For example <c>CIFAR10 on Shapes: Completed, best epoch 10 with 95.4 % validation accuracy, 12.3 s</c>.</returns>
    public override string ToString()
    {
        string best =
            Best is null ? "no epoch finished"
            : double.IsNaN(Best.ValidationAccuracy)
                ? string.Create(CultureInfo.InvariantCulture, $"epoch {Best.Epoch}, training accuracy {100 * Best.TrainAccuracy:F1} %")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"best epoch {Best.Epoch} with {100 * Best.ValidationAccuracy:F1} % validation accuracy"
            );
        return string.Create(
            CultureInfo.InvariantCulture,
            $"{Network.Name} on {SourceDataset.Name}: {Status}, {best}, {Elapsed.TotalSeconds:F1} s"
        );
    }

    /// <summary>Gets the learning rates of the steps.</summary>
    internal StepRates Rates { get; } = new();

    /// <summary>Gets the name that was given to the run, or <see langword="null"/>.</summary>
    internal string? GivenName { get; }

    /// <summary>Gets a value indicating whether the network had never been trained before.</summary>
    internal bool IsFirstTraining { get; init; }

    /// <summary>Gets the dataset as it was given, before anything was held out or left out.</summary>
    public Dataset SourceDataset => source.Value;

    /// <inheritdoc/>
    object IFigureSource.ToFigure() => TrainingCharts.Of(this);

    /// <summary>Gives the run its number in a session. A run keeps the first one it gets.</summary>
    /// <param name="id">The number, from 1.</param>
    public void Identify(int id)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(id, 1);
        Id = Id == 0 ? id : Id;
    }

    /// <summary>Lets go of the copies of images that only this run needs.</summary>
    internal void ReleaseData()
    {
        lock (gate)
        {
            heldData = null;
        }
    }

    internal void Add(EpochRecord epoch) => history = new([.. history, epoch], "epoch");

    internal void Add(IEnumerable<LayerFilter> kept) => filters = new([.. filters, .. kept], "filter");

    internal void Add(SettingChange change) => changes = new([.. changes, change], "change");
}
