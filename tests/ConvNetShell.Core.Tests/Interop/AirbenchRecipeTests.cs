using System.Globalization;
using System.Runtime.InteropServices;
using ConvNetShell.Core.Compute;
using ConvNetShell.Core.Data.Augmentations;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Interop.NetworkCode;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Tests.Data;
using ConvNetShell.Core.Tests.Training;
using ConvNetShell.Core.Training.Loop;
using ConvNetShell.Core.Training.Settings;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>
/// The preset CIFAR10Fast takes the same steps as airbench94's recipe in PyTorch: same weights, same batch, four steps of four epochs.
/// </summary>
public sealed class AirbenchRecipeTests : IDisposable
{
    private const int Images = 16,
        Epochs = 4;

    /// <summary>
    /// The recipe with the numbers of its authors: outputs divided by 256, a rate for each group, a summed loss, Muon on the filters.
    /// </summary>
    private const string Recipe = """
        import json, sys
        import numpy as np
        import torch.nn.functional as F

        folder, shapes, count, epochs = sys.argv[1], json.loads(sys.argv[2]), int(sys.argv[3]), int(sys.argv[4])
        state = np.fromfile(folder + '/before.bin', dtype=np.float32)
        tensors, at = {}, 0
        for name, shape in shapes:
            size = int(np.prod(shape))
            tensors[name] = torch.from_numpy(state[at:at + size].reshape(shape).copy())
            at += size
        model.load_state_dict(tensors, strict=False)
        images = torch.from_numpy(np.fromfile(folder + '/images.bin', dtype=np.float32).reshape(count, 3, 32, 32))
        labels = torch.arange(count) % 10
        body, ratio = model[:-3], 256 / 72
        head = torch.nn.Parameter(model.fc1.weight.detach() * ratio)
        filters = [p for name, p in model.named_parameters() if p.dim() == 4 and name != 'conv1.weight']
        biases = [p for name, p in model.named_parameters() if p.dim() == 1 and p.requires_grad and name != 'conv1.bias']
        decay = 2e-6 * 2000
        groups = [dict(params=p, lr=rate, weight_decay=decay / rate, first=rate, last=last)
                  for p, rate, last in (([model.conv1.bias], 0.053, 3), (biases, 0.053, epochs), ([head], 0.67, epochs))]
        sgd = torch.optim.SGD(groups, lr=1, momentum=0.85, nesterov=True)
        velocity = [torch.zeros_like(p) for p in filters]

        def orthogonal(g):
            x = g if g.shape[0] <= g.shape[1] else g.T
            x = x / (x.norm() + 1e-7)
            for _ in range(3):
                a = x @ x.T
                x = 3.4445 * x + (-4.7750 * a + 2.0315 * a @ a) @ x
            return x if g.shape[0] <= g.shape[1] else x.T

        model.train()
        for step in range(epochs):
            logits = body(images).flatten(1) @ head.T / 256
            for p in [head, *model.parameters()]:
                p.grad = None
            F.cross_entropy(logits, labels, label_smoothing=0.2, reduction='sum').backward()
            if step >= 3:
                model.conv1.bias.grad = None
            for group in sgd.param_groups:
                group['lr'] = group['first'] * max(0, 1 - step / group['last'])
            sgd.step()
            with torch.no_grad():
                for p, v in zip(filters, velocity):
                    v.mul_(0.6).add_(p.grad)
                    p.mul_(len(p) ** 0.5 / p.norm())
                    p.sub_(0.24 * (1 - step / epochs) * orthogonal((p.grad + 0.6 * v).flatten(1)).view_as(p))
        after = dict(model.state_dict(), **{'fc1.weight': head.detach() / ratio})
        np.concatenate([after[name].numpy().reshape(-1) for name, _ in shapes]).tofile(folder + '/after.bin')
        """;
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public void The_preset_learns_as_the_recipe_does_in_PyTorch()
    {
        NetworkPreset preset = NetworkPresets.Find("CIFAR10Fast");
        DatasetSplit noise = TinyData.Noise(Images, 10, preset.InputShape, seed: 1);
        var split = new DatasetSplit("Train", noise.Shape, Pixels(noise), [.. Enumerable.Range(0, Images).Select(i => i % 10)]);
        var data = new Dataset("Noise", "made by a test", [.. Enumerable.Range(0, 10).Select(i => $"class {i}")], split);
        using Network network = NetworkFactory.FromPreset(preset);
        network.Normalization = ChannelStatistics.Measure(split);
        PatchWhitening.Start(network, split);
        File.WriteAllBytes(folder["images.bin"], Normalized(split, network.Normalization));
        File.WriteAllBytes(folder["before.bin"], State(network));
        string shapes = string.Join(',', network.State.Select(tensor => $"[\"{tensor.Name}\",[{string.Join(',', tensor.Value.shape)}]]"));
        float[] before = Floats("before.bin");

        Trainer.Train(
            network,
            data,
            preset.Recipe! with
            {
                Epochs = Epochs,
                BatchSize = Images,
                Augmentation = Augmentation.None,
                Precision = Precision.Float32,
                Device = "cpu",
                Threads = 1,
            }
        );

        string code = NetworkCodeWriter.Write(network, CodeLanguage.PyTorch);
        ForeignProgram.RunPython("torch", code + Recipe, folder.Root, $"[{shapes}]", Text(Images), Text(Epochs));
        File.WriteAllBytes(folder["own.bin"], State(network));
        float[] expected = Floats("after.bin"),
            own = Floats("own.bin");
        int at = 0;
        foreach (NamedTensor tensor in network.State)
        {
            int count = (int)tensor.Value.numel();
            float[] first = before[at..(at + count)],
                theirs = expected[at..(at + count)],
                ours = own[at..(at + count)];
            double moved = Distance(theirs, first),
                apart = Distance(theirs, ours);
            Assert.True(apart <= 0.01 * moved, $"{tensor.Name} moved by {moved}, and is {apart} from PyTorch's");
            Assert.Equal(tensor.Name is "conv1.weight" || (tensor.Name.StartsWith("bn") && tensor.Name.EndsWith("weight")), moved == 0);
            at += count;
        }
    }

    private static double Distance(float[] one, float[] other) => Math.Sqrt(one.Zip(other, (a, b) => (double)(a - b) * (a - b)).Sum());

    private static byte[] Pixels(DatasetSplit split) => [.. Enumerable.Range(0, split.Count).SelectMany(i => split.Image(i).ToArray())];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static byte[] State(Network network) =>
        [.. network.State.SelectMany(tensor => MemoryMarshal.AsBytes(Values(tensor).AsSpan()).ToArray())];

    private static float[] Values(NamedTensor tensor)
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        return tensor.Value.detach().contiguous().data<float>().ToArray();
    }

    /// <summary>Images are stored row by row with the channels of a pixel together; PyTorch wants whole channels.</summary>
    private static byte[] Normalized(DatasetSplit split, ChannelStatistics statistics)
    {
        const int channels = 3;
        var values = new List<float>();
        for (int i = 0; i < split.Count; i++)
        {
            byte[] image = split.Image(i).ToArray();
            for (int channel = 0; channel < channels; channel++)
            {
                for (int pixel = channel; pixel < image.Length; pixel += channels)
                {
                    values.Add((float)((image[pixel] / 255.0 - statistics.Mean[channel]) / statistics.StandardDeviation[channel]));
                }
            }
        }
        return MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(values)).ToArray();
    }

    private float[] Floats(string file) => MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder[file])).ToArray();
}
