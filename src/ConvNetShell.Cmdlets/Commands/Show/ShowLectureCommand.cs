using System.Management.Automation;
using System.Net;
using ConvNetShell.Cmdlets.Abstractions;
using ConvNetShell.Cmdlets.Parameters.Completion;
using ConvNetShell.Cmdlets.Parameters.Sources;
using ConvNetShell.Cmdlets.Session;
using ConvNetShell.Cmdlets.Session.Figures;
using ConvNetShell.Cmdlets.Session.Lecture;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Training.Settings;
using ConvNetShell.Display.Text;

namespace ConvNetShell.Cmdlets.Commands.Show;

/// <summary>
/// Trains a network on a live page, as ConvNetJS's demos do: a browser shows loss and accuracy, the filters, every layer's activations
/// and gradients for one image, and test images with the three likeliest classes, green where right. On the page the training is
/// paused, learning rate, momentum, batch size and weight decay change at the next batch, and the network's definition is edited and
/// begun anew. A copy of the network trains until Ctrl+C (-AsJob: until Stop-Job); Get-TrainingRun -Last then has the run. The page is
/// served to this machine only, at an address with a random part, works offline, and closes with the session. In a notebook it is shown
/// in the cell, whose interruption ends it.
/// </summary>
/// <example>
/// <code>Show-Lecture</code>
/// ConvNetJS's CIFAR-10 network, on CIFAR-10 where it is found, else on Shapes. Opens the browser; Ctrl+C ends it.
/// </example>
/// <example>
/// <code>$page = Show-Lecture LeNet5 FashionMNIST -AsJob -NoBrowser; $page.Url</code>
/// In the background. $page | Stop-Job ends it, and $page.StatusMessage says how it stands.
/// </example>
/// <example>
/// <code>Show-Lecture -Spec 'conv3x3x16 bn relu pool2 conv3x3x32 bn relu pool2 fc10 softmax' -Dataset Shapes `
///     -LearningRate 0.01</code>
/// A network of your own; its definition can be edited on the page.
/// </example>
/// <seealso href="https://cs.stanford.edu/people/karpathy/convnetjs/demo/cifar10.html">ConvNetJS: the page that it follows.</seealso>
[Cmdlet(VerbsCommon.Show, "Lecture", DefaultParameterSetName = NetworkSet, HelpUri = ProjectLinks.Help + "Show-Lecture")]
[OutputType(typeof(string), typeof(LectureJob))]
public sealed class ShowLectureCommand : DataCommand
{
    private const string NetworkSet = "Network",
        SpecSet = "Spec",
        DefaultPreset = "CIFAR10";
    private const int ActivityId = 1,
        FrameHeight = 900;
    private static readonly TimeSpan StatusInterval = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Gets or sets the network, a run, or a preset's name; a copy is trained. Default: CIFAR10, in the size of the dataset.
    /// </summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ParameterSetName = NetworkSet)]
    [NetworkSourceTransform]
    [ArgumentCompleter(typeof(PresetCompleter))]
    public NetworkSource? Network { get; set; }

    /// <summary>Gets or sets the layers as a spec, for example conv5x5x16 relu pool2 fc10 softmax.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SpecSet)]
    [ArgumentCompleter(typeof(SpecCompleter))]
    public string Spec { get; set; } = string.Empty;

    /// <summary>
    /// Gets or sets the dataset, of pictures with 1 or 3 channels: an object, a known name or a path. Default: the run's, else the preset's
    /// own, else Shapes.
    /// </summary>
    [Parameter(Position = 1)]
    [DatasetTransform]
    [ArgumentCompleter(typeof(DatasetCompleter))]
    public DatasetSource? Dataset { get; set; }

    /// <summary>Gets or sets the learning rate, which is constant. Default: the preset's, else 0.02 for SGD.</summary>
    [Parameter]
    public double? LearningRate { get; set; }

    /// <summary>Gets or sets the momentum. Default: 0.9.</summary>
    [Parameter]
    public double? Momentum { get; set; }

    /// <summary>Gets or sets the images in a step. Default: the preset's, else 64.</summary>
    [Parameter]
    public int? BatchSize { get; set; }

    /// <summary>Gets or sets the weight decay. Default: the preset's, else 0.0005.</summary>
    [Parameter]
    public double? WeightDecay { get; set; }

    /// <summary>Gets or sets the optimizer. Default: the preset's, else SGD.</summary>
    [Parameter]
    public OptimizerKind? Optimizer { get; set; }

    /// <summary>Gets or sets the port of the page; 0 takes a free one. Default: 0.</summary>
    [Parameter]
    [ValidateRange(IPEndPoint.MinPort, IPEndPoint.MaxPort)]
    public int Port { get; set; }

    /// <summary>Gets or sets a value indicating whether the address is shown and no browser is opened.</summary>
    [Parameter]
    public SwitchParameter NoBrowser { get; set; }

    /// <summary>
    /// Gets or sets a value indicating whether the lecture goes on in the background; returned is a job with the Url of the page, for
    /// Stop-Job and Remove-Job.
    /// </summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>Gets or sets the seed of weights, shuffling and images. Default: 0.</summary>
    [Parameter]
    public int Seed { get; set; }

    /// <summary>Gets or sets the threads that compute; 0 is one for each physical core. Default: 0.</summary>
    [Parameter]
    public int Threads { get; set; }

    /// <summary>Gets or sets the device: auto (the default), cpu, cuda, cuda:1 or mps.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DeviceCompleter))]
    public string Device { get; set; } = ComputeDevice.Auto;

    /// <inheritdoc />
    protected override object? Target => Network?.Network;

    /// <inheritdoc />
    protected override void Process()
    {
        Dataset? given = Dataset is null ? null : Resolve(Dataset);
        Network network = Copy(given);
        LectureServer server;
        try
        {
            Dataset data =
                given is not null ? DefaultDataset.Fit(network, given)
                : Network?.Run is { } run ? run.SourceDataset
                : ReadBeside(options => DefaultDataset.For(network, options));
            ConvNetSession session = ConvNetSession.Current;
            server = new LectureServer(network, data, Settings(network, data), Port, run => session.Remember(run));
        }
        catch (Exception)
        {
            network.Dispose();
            throw;
        }
        string name = $"Lecture: {network.Name}";
        if (AsJob)
        {
            var job = new LectureJob(server, MyInvocation.Line.Trim(), name);
            JobRepository.Add(job);
            Open(server.Url);
            WriteObject(job);
            return;
        }
        using (server)
        {
            WriteObject(server.Url);
            Open(server.Url);
            Wait(server, name);
        }
    }

    /// <summary>Returns the network to train, which nobody else has.</summary>
    private Network Copy(Dataset? data)
    {
        if (ParameterSetName == SpecSet)
        {
            NetworkPreset preset = NetworkPresets.Find(DefaultPreset);
            return NetworkFactory.FromLayers(NetworkPlan.Fit(NetworkSpec.Parse(Spec), data?.InputShape ?? preset.InputShape), seed: Seed);
        }
        return Network is { } source
            ? source.Network.Copy()
            : NetworkFactory.FromPreset(
                NetworkPresets.Find(DefaultPreset),
                data?.InputShape,
                data is null ? null : [.. data.Classes],
                Seed
            );
    }

    private TrainingSettings Settings(Network network, Dataset data)
    {
        TrainingSettings recipe = TrainingRecipe.For(Optimizer, NetworkPresets.Of(network), data);
        return recipe with
        {
            LearningRate = LearningRate ?? recipe.LearningRate,
            Momentum = Momentum ?? recipe.Momentum,
            BatchSize = BatchSize ?? recipe.BatchSize,
            WeightDecay = WeightDecay ?? recipe.WeightDecay,
            Seed = Seed,
            Threads = Threads,
            Device = Device,
        };
    }

    private void Open(string url)
    {
        if (NotebookDisplay.Find(SessionState) is { } notebook)
        {
            notebook.Show(LectureFigure.Of(url, FrameHeight));
        }
        else if (!NoBrowser && !BrowserLauncher.Open(url))
        {
            WriteWarning($"No program opens web pages here. The lecture is at {url}");
        }
    }

    /// <summary>Shows how the lecture stands until Ctrl+C.</summary>
    private void Wait(LectureServer server, string activity)
    {
        while (!Stop.WaitHandle.WaitOne(StatusInterval))
        {
            WriteProgress(new ProgressRecord(ActivityId, $"{activity}. Ctrl+C ends it.", LectureJob.Describe(server.Lecture.Figures)));
        }
    }
}
