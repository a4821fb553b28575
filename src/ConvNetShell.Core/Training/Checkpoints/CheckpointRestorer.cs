using ConvNetShell.Core.Data.Batches;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Training.Runs;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Training.Checkpoints;

/// <summary>Puts the state of a checkpoint into a run.</summary>
/// <param name="header">The checkpoint's numbers.</param>
/// <param name="tensors">Its tensors.</param>
/// <param name="unknown">Makes the error for what a run of this version cannot have.</param>
internal sealed class CheckpointRestorer(CheckpointHeader header, StoredTensors tensors, Func<string, CheckpointException> unknown)
{
    /// <summary>Restores the state of the run, or nothing where a part of it does not fit.</summary>
    /// <param name="run">The run.</param>
    /// <param name="state">Its state, which is overwritten.</param>
    /// <exception cref="CheckpointException">A part does not fit.</exception>
    public void Restore(TrainingRun run, TrainingState state)
    {
        RequireSteps(run);
        RestoreRates(run);
        using Tensor dropout = state.Dropout.get_state();
        List<(string Name, Tensor Value)> wanted = [.. StateTensors.Of(run.Network, state), ("dropout", dropout)];
        wanted.ForEach(tensor => tensors.Require(tensor.Name, tensor.Value));
        NamedTensor[] gathered =
        [
            .. run
                .Network.Parameters.Concat(state.Loss?.Parameters ?? [])
                .Where(parameter => header.Gathered > 0 && tensors.Has(StateTensors.Gradient + parameter.Name)),
        ];
        Array.ForEach(gathered, parameter => tensors.Require(StateTensors.Gradient + parameter.Name, parameter.Value));
        tensors.Read("dropout", dropout);
        if (!GeneratorState.IsValid(dropout.bytes))
        {
            throw unknown("a state of the dropout's random numbers that cannot be");
        }
        state.Dropout.set_state(dropout);
        wanted.ForEach(tensor => tensors.Read(tensor.Name, tensor.Value));
        foreach (NamedTensor parameter in gathered)
        {
            using Tensor gradient = zeros_like(parameter.Value);
            tensors.Read(StateTensors.Gradient + parameter.Name, gradient);
            parameter.Value.grad = gradient;
        }
        RestoreNumbers(state, run.Network.State[0].Value.device);
    }

    private void RestoreNumbers(TrainingState state, Device device)
    {
        (state.Epoch, state.Step, state.TotalSteps, state.BatchSize, state.MaxLearningRate) = (
            header.Epoch,
            header.Step,
            header.TotalSteps,
            header.BatchSize,
            header.MaxLearningRate
        );
        (state.OrderAtStart, state.Draws.State, state.EpochTime) = (header.Order, header.Draws, header.EpochTime);
        (state.Optimizer.Steps, state.Optimizer.Momentum, state.Optimizer.WeightDecay) = (
            header.OptimizerSteps,
            header.Momentum,
            header.WeightDecay
        );
        state.Optimizer.LearningRate = header.LearningRate;
        (state.Average.Count, state.Average.Epoch, state.Gathered) = (header.AverageCount, header.AverageEpoch, header.Gathered);
        state.Times.Restore((header.DataTime, header.ForwardTime, header.BackwardTime), (header.NormSums, header.NormCount), device);
        (state.Monitor.Since, state.Monitor.SinceStep, state.Monitor.Factor) = (header.Since, header.SinceStep, header.Factor);
        state.Meter.Restore(header.LossSum, header.Correct, header.Count);
        state.StepHashes.AddRange(header.StepHashes);
    }

    private void RestoreRates(TrainingRun run)
    {
        if (header.NormCount > 0 && header.NormSums.Length != 1 + ParameterLayers.NamesOf(run.Network).Count)
        {
            throw unknown("gradients of other layers");
        }
        double[] rates = tensors.Doubles(StateTensors.Rates);
        if (rates.Length != StepRates.Columns * header.TotalSteps)
        {
            throw unknown("learning rates of other steps");
        }
        run.Rates.Restore(rates);
    }

    private void RequireSteps(TrainingRun run)
    {
        var plan = new BatchPlan(run.Dataset.Train.Count, header.BatchSize, run.Settings.DropLast);
        if (run.SourceDataset.Hash() == header.DatasetHash && header.Step > plan.Steps)
        {
            throw unknown("more steps than the epoch has");
        }
    }
}
