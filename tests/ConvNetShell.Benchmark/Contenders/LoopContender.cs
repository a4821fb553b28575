using ConvNetShell.Core.Compute.Native;
using ConvNetShell.Core.Data.Datasets;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace ConvNetShell.Benchmark.Contenders;

/// <summary>A training loop as one writes it by hand in TorchSharp: modules, their optimizer, a random batch gathered from bytes.</summary>
internal sealed class LoopContender(string name, bool channelsLast) : IContender
{
    public string Name => name;

    public bool TunedAllocator => channelsLast;

    public string? Missing(Workload work) => work.Network == Workload.ByHand ? null : $"it is written by hand for {Workload.ByHand} only";

    public double Measure(Workload work)
    {
        TorchLibrary.Open();
        Dataset data = work.MakeImages();
        int batch = work.Batch;
        using Tensor pixels = frombuffer(data.Train.PixelArray, ScalarType.Byte).reshape(-1, 32, 32, 3);
        using Tensor images = channelsLast ? pixels.alias() : pixels.permute(0, 3, 1, 2).contiguous();
        using Tensor labels = tensor(data.Train.Labels.Select(label => (long)label).ToArray());
        using Sequential network = Sequential(
            Conv2d(3, 16, 5, padding: 2),
            ReLU(),
            MaxPool2d(2),
            Conv2d(16, 20, 5, padding: 2),
            ReLU(),
            MaxPool2d(2),
            Conv2d(20, 20, 5, padding: 2),
            ReLU(),
            MaxPool2d(2),
            Flatten(),
            Linear(320, 10)
        );
        using var optimizer = optim.SGD(network.parameters(), 0.02, momentum: 0.9, weight_decay: 5e-4, nesterov: true);
        long seen = labels.shape[0] / batch * batch;
        return seen * Pace.Of(() => Epoch(network, optimizer, images, labels, batch));
    }

    private void Epoch(Sequential network, SGD optimizer, Tensor images, Tensor labels, int batch)
    {
        using Tensor order = randperm(labels.shape[0], ScalarType.Int64);
        for (long seen = 0; seen + batch <= labels.shape[0]; seen += batch)
        {
            using var scope = NewDisposeScope();
            Tensor chosen = order.narrow(0, seen, batch);
            Tensor input = images.index_select(0, chosen).to(ScalarType.Float32).div_(255).sub_(0.5).div_(0.25);
            Tensor target = labels.index_select(0, chosen);
            optimizer.zero_grad();
            Tensor logits = network.forward(channelsLast ? input.permute(0, 3, 1, 2) : input);
            Tensor cost = functional.cross_entropy(logits, target);
            cost.backward();
            optimizer.step();
            _ = cost.item<float>(); // as a loop that shows its loss does; its value is not judged: see Convolution
        }
    }
}
