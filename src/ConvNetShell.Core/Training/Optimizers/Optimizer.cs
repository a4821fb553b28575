using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Core.Training.Settings;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Optimizers;

/// <summary>Moves weights along their gradients. Its state is tensors of the weights' shapes and the number of steps made.</summary>
internal abstract class Optimizer(IReadOnlyList<NamedTensor> parameters, TrainingSettings settings) : IDisposable
{
    private readonly List<NamedTensor> state = [];

    /// <summary>Gets or sets the rate of the next step.</summary>
    public double LearningRate { get; set; }

    /// <summary>Gets or sets the largest rate of the run, from which layers with a schedule of their own come down.</summary>
    public double MaxLearningRate { get; set; } = settings.LearningRate;

    /// <summary>Gets or sets the epoch of the next step, from 1.</summary>
    public int Epoch { get; set; } = 1;

    /// <summary>Gets or sets the epochs done before the next step, with their fraction.</summary>
    public double EpochsDone { get; set; }

    /// <summary>Gets or sets the momentum, where the optimizer has one.</summary>
    public double Momentum { get; set; } = settings.Momentum;

    /// <summary>Gets or sets the weight decay.</summary>
    public double WeightDecay { get; set; } = settings.WeightDecay;

    /// <summary>Gets or sets the steps made.</summary>
    public long Steps { get; set; }

    /// <summary>Gets the tensors a checkpoint keeps.</summary>
    public IReadOnlyList<NamedTensor> State => state;

    /// <summary>Gets the sum of half the decay times the squares of the weights: the loss that the decay is the gradient of.</summary>
    public double DecayLoss
    {
        get
        {
            using var noGradients = no_grad();
            using var scope = NewDisposeScope();
            return parameters
                .Select((parameter, i) => Decay(i) is > 0 and double decay ? decay / 2 * parameter.Value.Squared().sum().item<float>() : 0)
                .Sum();
        }
    }

    /// <summary>Forgets the gradients of the step before.</summary>
    public void ClearGradients()
    {
        foreach (NamedTensor parameter in parameters)
        {
            parameter.Value.grad = null;
        }
    }

    /// <summary>Makes a step along the gradients there are; they are used up.</summary>
    /// <param name="threads">What moves weights side by side; default: one after the other. The results are the same.</param>
    public void Step(IPieceRunner? threads = null)
    {
        Steps++;
        WeightPiece[] pieces = [.. Enumerable.Range(0, parameters.Count).SelectMany(Pieces).OrderByDescending(piece => piece.Count)];
        if (threads is not null)
        {
            threads.Run(pieces, Move);
        }
        else
        {
            Array.ForEach(pieces, Move);
        }
    }

    /// <inheritdoc />
    public void Dispose() => state.ForEach(tensor => tensor.Dispose());

    /// <summary>Makes the optimizer a setting asks for.</summary>
    public static Optimizer Create(IReadOnlyList<NamedTensor> parameters, TrainingSettings settings) =>
        settings.Optimizer switch
        {
            OptimizerKind.SGD => new SgdOptimizer(parameters, settings),
            OptimizerKind.Adam => new AdamOptimizer(parameters, settings, decoupled: false),
            OptimizerKind.AdamW => new AdamOptimizer(parameters, settings, decoupled: true),
            OptimizerKind.Adadelta => new AdadeltaOptimizer(parameters, settings),
            OptimizerKind.RMSprop => new RmsPropOptimizer(parameters, settings),
            OptimizerKind.Muon => new MuonOptimizer(parameters, settings),
            _ => throw new ArgumentOutOfRangeException(nameof(settings), settings.Optimizer, "not an optimizer"),
        };

    /// <summary>Returns one zero tensor for each weight, alive until the optimizer is disposed of.</summary>
    protected Tensor[] CreateState(string name)
    {
        using var noGradients = no_grad();
        Tensor[] tensors = [.. parameters.Select(parameter => zeros_like(parameter.Value).DetachFromDisposeScope())];
        state.AddRange(tensors.Select((tensor, i) => new NamedTensor($"{name}.{parameters[i].Name}", tensor)));
        return tensors;
    }

    /// <summary>Returns the learning rate of a weight: its layer may have a factor of its own, and an earlier end.</summary>
    protected double Rate(int index)
    {
        LayerTraining training = parameters[index].Training;
        double rate = training.LearningEpochs > 0 ? MaxLearningRate * Math.Max(0, 1 - EpochsDone / training.LearningEpochs) : LearningRate;
        return rate * training.LearningRateScale;
    }

    /// <summary>
    /// Returns the decay of a weight: biases and normalization, which have one dimension, may be left out, and a layer may have a factor
    /// of its own.
    /// </summary>
    protected virtual double Decay(int index) =>
        settings.ExcludeBiasAndNormFromDecay && parameters[index].Value.dim() < 2
            ? 0
            : WeightDecay * parameters[index].Training.WeightDecayScale;

    /// <summary>Adds the decay to the gradient, which makes it the gradient of the loss with an L2 penalty.</summary>
    protected void AddDecay(int index, Tensor weight, Tensor gradient)
    {
        if (Decay(index) is > 0 and double decay)
        {
            gradient.AddInPlace(weight, decay);
        }
    }

    /// <summary>Returns whether a weight can only be moved as a whole, as its numbers depend on each other.</summary>
    protected virtual bool IsWhole(int index) => false;

    /// <summary>Moves a part of a weight, or all of it; the gradient may be overwritten. Several threads do this side by side.</summary>
    /// <param name="piece">Which part.</param>
    /// <param name="weight">The part of the weight.</param>
    /// <param name="gradient">The part of the gradient.</param>
    protected abstract void Update(WeightPiece piece, Tensor weight, Tensor gradient);

    private WeightPiece[] Pieces(int index)
    {
        NamedTensor parameter = parameters[index];
        using Tensor? gradient = parameter.Value.grad;
        return gradient is null || parameter.RestsIn(Epoch) ? []
            : IsWhole(index) || parameter.Device.type != DeviceType.CPU ? [new WeightPiece(index, 0, parameter.Value.numel())]
            : [.. WeightPiece.Split(index, parameter.Value, gradient)];
    }

    private void Move(WeightPiece piece)
    {
        using var noGradients = no_grad();
        using var scope = NewDisposeScope();
        Tensor weight = parameters[piece.Index].Value;
        Update(piece, piece.Of(weight), piece.Of(weight.grad!));
    }
}
