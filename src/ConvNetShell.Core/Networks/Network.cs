using System.Globalization;
using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks.Direct;
using ConvNetShell.Core.Networks.Placement;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Display.Mime;
using ConvNetShell.Display.Records.Training;
using ConvNetShell.Display.Text;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Networks;

/// <summary>A live network: layers with weights, the input they are made for, and what training taught it about its data.</summary>
[TypeFormatterSource(MimeBundle.Html, MimeBundle.Png, MimeBundle.PlainText)]
public sealed class Network : IFigureSource, IDisposable
{
    private readonly LayerModule[] modules,
        logitOrder;
    private readonly NetworkState state;
    private readonly MemoryPressure memory;
    private readonly DirectCache direct;

    private Network(string name, NetworkPlan plan, LayerModule[] modules, int seed)
    {
        Name = VisibleText.Of(name);
        Plan = plan;
        this.modules = modules;
        Seed = seed;
        logitOrder = LayerStack.ExecutionOrder(EndsInSoftmax ? modules[..^1] : modules);
        Parameters = [.. modules.SelectMany(module => module.Parameters)];
        state = new NetworkState([.. modules.SelectMany(module => module.Parameters.Concat(module.Buffers))]);
        direct = new DirectCache(InputShape, OutputShape, logitOrder, TimeProvider.System);
        memory = new MemoryPressure(State.Sum(tensor => tensor.Value.NumberOfElements * tensor.Value.ElementSize));
    }

    /// <summary>Gets the network's name: the preset's, or the user's.</summary>
    public string Name { get; }

    /// <summary>Gets the preset it was made from, or <see langword="null"/>.</summary>
    public string? Preset { get; private init; }

    /// <summary>Gets the layers, fitted to their input.</summary>
    public NetworkPlan Plan { get; }

    /// <summary>Gets the shape of one input, channels first.</summary>
    public Shape InputShape => Plan.InputShape;

    /// <summary>Gets the shape of the output: a vector with one value a class for a classifier.</summary>
    public Shape OutputShape => Plan.OutputShape;

    /// <summary>Gets the layers in order.</summary>
    public IReadOnlyList<NetworkLayer> Layers => Plan.Layers;

    /// <summary>Gets the number of trainable values.</summary>
    public long ParameterCount => Plan.ParameterCount;

    /// <summary>Gets the multiply-adds for one sample, biases left out.</summary>
    public long MultiplyAdds => Plan.MultiplyAdds;

    /// <summary>Gets the class names by output; empty until they are given or learned from a dataset.</summary>
    public IReadOnlyList<string> Classes
    {
        get;
        internal set => field = value.Select(VisibleText.Of).ToArray().AsReadOnly();
    } = Array.Empty<string>();

    /// <summary>Gets the mean and deviation its input is normalized with, or <see langword="null"/> before training.</summary>
    public ChannelStatistics? Normalization { get; internal set; }

    /// <summary>Gets how it was trained, as the file it was read from says; <see langword="null"/> where none does.</summary>
    public TrainingSummary? Training { get; internal set; }

    /// <summary>Gets the texts that stood beside the weights in the file it was read from, by name.</summary>
    public IReadOnlyDictionary<string, string> Metadata { get; internal set; } = new Dictionary<string, string>();

    /// <summary>Gets the names of the layers whose weights training leaves as they are.</summary>
    public IReadOnlyList<string> FrozenLayers => [.. ParameterLayers.Frozen(Layers, modules)];

    /// <summary>Gets how layers are trained, by name, where that is not as the others are.</summary>
    public IReadOnlyDictionary<string, LayerTraining> LayerTraining => ParameterLayers.Settings(Plan, modules);

    /// <summary>Gets the seed its first weights were drawn with.</summary>
    public int Seed { get; }

    /// <summary>Gets the layers in the specification language.</summary>
    public string Spec => NetworkSpec.Write(Layers.Select(layer => layer.Spec));

    /// <summary>
    /// Gets a value indicating whether the weights are still the first ones: no training, no checkpoint and no Set-Filter has changed them.
    /// </summary>
    public bool HasInitialWeights { get; internal set; } = true;

    /// <summary>Gets a value indicating whether the weights were freed; the network can then no longer compute.</summary>
    public bool IsDisposed { get; private set; }

    internal IReadOnlyList<LayerModule> Modules => modules;

    /// <summary>Gets the layers as far as the values softmax works on, in the order they are computed in.</summary>
    internal LayerModule[] ExecutionOrder => logitOrder;

    /// <summary>Gets the layers as far as the values softmax works on, in the order they were written in.</summary>
    internal ReadOnlySpan<LayerModule> LogitModules => modules.AsSpan(0, EndsInSoftmax ? modules.Length - 1 : modules.Length);

    /// <summary>Gets the normalization of the input: that of the training data, or the middle of the byte range before training.</summary>
    internal ChannelStatistics InputStatistics =>
        Normalization
        ?? new ChannelStatistics([.. Enumerable.Repeat(0.5, InputShape.Channels)], [.. Enumerable.Repeat(0.25, InputShape.Channels)]);

    /// <summary>Gets a name for each output: the class names, or 0, 1, 2 where none are known.</summary>
    internal IReadOnlyList<string> OutputNames =>
        Classes.Count == OutputShape.Channels
            ? Classes
            : [.. Enumerable.Range(0, OutputShape.Channels).Select(index => index.ToString(CultureInfo.InvariantCulture))];

    internal IReadOnlyList<NamedTensor> Parameters { get; }

    internal IReadOnlyList<NamedTensor> State => state.Tensors;

    internal bool EndsInSoftmax => Layers[^1].Spec is ActivationSpec { Function: ActivationKind.Softmax };

    /// <summary>Makes a network with fresh weights.</summary>
    /// <param name="plan">The layers, fitted to their input.</param>
    /// <param name="seed">The seed of the first weights.</param>
    /// <param name="initializer">How weights start.</param>
    /// <param name="name">The network's name; default: the preset's, or Network.</param>
    /// <param name="preset">The name of the preset it is made from.</param>
    /// <returns>The network, on the CPU.</returns>
    /// <exception cref="NativeLibraryException">libtorch cannot be opened.</exception>
    /// <exception cref="MemoryShortageException">Its weights do not fit into the free memory.</exception>
    /// <exception cref="InvalidSettingException">Another layer than a convolution on the images is to whiten them.</exception>
    public static Network Create(
        NetworkPlan plan,
        int seed = 0,
        InitializerKind initializer = InitializerKind.Auto,
        string? name = null,
        string? preset = null
    )
    {
        WhiteningCheck.Require(plan, initializer);
        plan.RequireMemory();
        TorchLibrary.Open();
        using var random = new Generator((ulong)(uint)seed);
        var start = new WeightInitializer(random, new Initializer(initializer), Rectified: false, IsOutput: true);
        LayerModule[] modules = LayerStack.Build([.. plan.Layers.Select(layer => layer.Spec)], plan.InputShape, start, new LayerNames());
        return new Network(name ?? preset ?? "Network", plan, modules, seed) { Preset = preset };
    }

    /// <summary>Returns a network of its own with the same weights, on the same device.</summary>
    /// <returns>The copy.</returns>
    public Network Copy()
    {
        Network copy = Alike();
        copy.TakeOver(this, modules.Length);
        return copy;
    }

    /// <summary>
    /// Returns a network that computes with the very weights of this one, on another thread for instance; its gradients are its own.
    /// </summary>
    internal Network Replica()
    {
        Network replica = Alike();
        for (int i = 0; i < State.Count; i++)
        {
            replica.State[i].Share(State[i]);
        }
        return replica;
    }

    /// <summary>Takes the weights of the first layers from a network that has the same ones, and moves to its device.</summary>
    /// <param name="other">The network the weights come from.</param>
    /// <param name="count">The number of layers.</param>
    internal void TakeOver(Network other, int count)
    {
        using var scope = NewDisposeScope();
        using var noGradients = no_grad();
        MoveTo(other.Device);
        for (int i = 0; i < count; i++)
        {
            modules[i].CopyWeightsFrom(other.modules[i]);
        }
        (Normalization, HasInitialWeights) = (other.Normalization, other.HasInitialWeights);
    }

    /// <summary>Returns what computes it outside of training with its weights of now, or null where libtorch has to.</summary>
    internal DirectForward? Direct() => direct.Get();

    internal void ReleaseDirect() => direct.Release();

    /// <summary>Frees the weights.</summary>
    public void Dispose()
    {
        IsDisposed = true;
        memory.Dispose();
        foreach (LayerModule module in modules)
        {
            module.Dispose();
        }
    }

    /// <inheritdoc/>
    object IFigureSource.ToFigure() => NetworkSummarizer.Summarize(Plan, Name);

    /// <summary>Says the name, the layers and the number of parameters.</summary>
    /// <returns>For example <c>CIFAR10: 3x32x32 -> conv5x5x16 ... softmax -> 10 (22466 parameters)</c>.</returns>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: {InputShape} -> {Spec} -> {OutputShape} ({ParameterCount} parameters)");

    /// <summary>Gets the device the weights are on.</summary>
    internal Device Device => state.Device;

    /// <summary>
    /// Moves the weights to a device, and back when the result is disposed of: looking at a network leaves it where it was.
    /// </summary>
    internal IDisposable On(Device device)
    {
        var stay = new DeviceStay(state);
        MoveTo(device);
        return stay;
    }

    /// <summary>Moves the weights to a device.</summary>
    internal void MoveTo(Device device) => state.MoveTo(device);

    /// <summary>
    /// Returns a network of the same layers with meaningless weights, and with the same classes, normalization and algorithm choices.
    /// </summary>
    private Network Alike()
    {
        Network other = Create(Plan, Seed, InitializerKind.Constant, Name, Preset);
        for (int i = 0; i < modules.Length; i++)
        {
            other.modules[i].CopyChecksFrom(modules[i]);
        }
        (other.Classes, other.Normalization, other.HasInitialWeights) = (Classes, Normalization, HasInitialWeights);
        (other.Training, other.Metadata) = (Training, Metadata);
        return other;
    }
}
