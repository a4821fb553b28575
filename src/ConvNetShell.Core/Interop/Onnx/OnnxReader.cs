using System.Globalization;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Interop.Onnx;

/// <summary>Translates the operators of a chain to layers.</summary>
/// <param name="chain">The operators.</param>
/// <param name="preprocesses">Whether the first two normalize pixels, as Export-Network writes them.</param>
/// <param name="depth">How many blocks the chain is within.</param>
internal sealed class OnnxReader(OnnxChain chain, bool preprocesses, int depth = 0)
{
    private readonly List<ImportedLayer> layers = [];
    private readonly OnnxWindowReader windows = new(chain);
    private readonly OnnxPatternReader patterns = new(chain);
    private readonly OnnxStreamReader streams = new(chain);
    private readonly OnnxBlockReader blocks = new(chain, depth);

    public IReadOnlyList<ImportedLayer> Layers => layers;

    /// <summary>Gets the normalization that the model does itself, or <see langword="null"/>.</summary>
    public ChannelStatistics? Normalization { get; private set; }

    /// <summary>Reads all operators.</summary>
    public void Read()
    {
        if (preprocesses)
        {
            Preprocessing();
        }
        while (!chain.IsAtEnd)
        {
            string owner = Owner(chain.Peek()!);
            if (Next() is { } layer)
            {
                layers.Add(layer.Inner.Count > 0 ? layer with { Owner = Owner(chain.Last!) } : layer with { Owner = owner });
            }
        }
        windows.RequireNone();
    }

    private Shape Shape() => layers.Aggregate(chain.InputShape, (shape, layer) => layer.Spec.OutputShape(shape));

    private ImportedLayer? Next()
    {
        OnnxNode node = chain.Peek()!;
        bool isFork = chain.IsFork;
        (int, string Value) start = chain.Position;
        ImportedLayer[] before = isFork ? [.. layers] : [];
        if (patterns.Read(layers) is { } layer)
        {
            // a pattern may take a value twice, which is no fork; a branch may begin with a pattern, which is one
            if (!isFork || !chain.IsWanted(start.Value))
            {
                return layer;
            }
            chain.Position = start;
            layers.Clear();
            layers.AddRange(before);
        }
        if (isFork)
        {
            windows.RequireNone();
            return blocks.Read(Shape());
        }
        switch (node.OpType)
        {
            case "Slice":
                return streams.Read(Shape()) ?? patterns.ChannelPad(Shape());
            case "Conv" or "ConvTranspose" or "MaxPool" or "AveragePool" or "GlobalMaxPool" or "GlobalAveragePool":
                return windows.Read(chain.Take());
            case "Pad":
                windows.Pad(chain.Take());
                return null;
            case "Identity":
                chain.Take();
                return null;
            case "Flatten":
                return Flatten(chain.Take());
            case "Gemm":
                return Gemm(chain.Take());
            case "MatMul":
                return MatMul(chain.Take());
            default:
                return new ImportedLayer(
                    Simple(chain.Take(), out (string, Tensor)[] weights),
                    [.. weights.Select(weight => (weight.Item1, (ImportedWeight)weight.Item2))]
                );
        }
    }

    private LayerSpec Simple(OnnxNode node, out (string, Tensor)[] weights)
    {
        weights = [];
        switch (node.OpType)
        {
            case "Relu":
                return new ActivationSpec(ActivationKind.ReLU);
            case "Sigmoid":
                return new ActivationSpec(ActivationKind.Sigmoid);
            case "Tanh":
                return new ActivationSpec(ActivationKind.Tanh);
            case "LeakyRelu" when Math.Abs(node.Real("alpha", 0.01) - 0.01) < 1e-6:
                return new ActivationSpec(ActivationKind.LeakyReLU);
            case "Softmax":
                node.Require("axis", -1, -1, 1);
                return new ActivationSpec(ActivationKind.Softmax);
            case "Dropout":
                double? ratio = node.Input.Count > 1 ? chain.Constants.Scalar(node.Input[1]) : node.Real("ratio", 0.5);
                return new DropoutSpec(ratio ?? 0.5);
            case "Mul" when chain.Constants.Scalar(Constant(node)) is double factor:
                return new ScaleSpec(factor);
            case "LRN":
                int size = checked((int)node.Integer("size", 1));
                return new LocalResponseSpec(
                    size,
                    node.Real("alpha", 1e-4) / Math.Max(1, size),
                    node.Real("beta", 0.75),
                    node.Real("bias", 1)
                );
            case "BatchNormalization" when node.Input.Count == 5:
                weights = BatchNorm(node);
                return new BatchNormSpec(Momentum(node), Shortest(node.Real("epsilon", BatchNormSpec.StandardEpsilon)));
            case "Add" or "Concat" or "Sum":
                throw OnnxChain.Wrong(node, "branches that begin at one value");
            default:
                throw OnnxChain.Wrong(node, "an operator that is a layer here");
        }
    }

    // attributes are float32: the number that was written is the shortest one that rounds to it
    private static double Shortest(double value) =>
        double.Parse(((float)value).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    // only training needs the momentum: one that keeps all or nothing of the averages is no reason to refuse a file
    private static double Momentum(OnnxNode node) =>
        Math.Round(1 - Shortest(node.Real("momentum", 1 - BatchNormSpec.StandardMomentum)), 7) is > 0 and <= 1 and var momentum
            ? momentum
            : BatchNormSpec.StandardMomentum;

    private (string, Tensor)[] BatchNorm(OnnxNode node) =>
        [
            ("weight", chain.Constants.Real(node.Input[1])),
            ("bias", chain.Constants.Real(node.Input[2])),
            ("running_mean", chain.Constants.Real(node.Input[3])),
            ("running_var", chain.Constants.Real(node.Input[4])),
        ];

    private ImportedLayer? Flatten(OnnxNode node)
    {
        node.Require("axis", 1, 1);
        // a dense layer of ours flattens by itself; both operators are then named after it
        bool isOfNext = chain.Peek() is { OpType: "Gemm" } next && Owner(next) == Owner(node);
        return isOfNext ? null : new ImportedLayer(new FlattenSpec());
    }

    private ImportedLayer Gemm(OnnxNode node)
    {
        node.Require("transA", 0, 0);
        if (Math.Abs(node.Real("alpha", 1) - 1) > 0 || Math.Abs(node.Real("beta", 1) - 1) > 0 || node.Input.Count < 2)
        {
            throw OnnxChain.Wrong(node, "alpha and beta of 1");
        }
        ImportedWeight weight = Matrix(node, node.Integer("transB", 0) != 0);
        return node.Input.Count > 2 && node.Input[2].Length > 0 ? Dense(weight, chain.Constants.Real(node.Input[2])) : Dense(weight, null);
    }

    private ImportedLayer MatMul(OnnxNode node)
    {
        ImportedWeight weight = Matrix(node, transposed: false);
        bool hasBias = chain.Peek() is { OpType: "Add" } next && next.Input.Any(chain.Constants.Has);
        return Dense(weight, hasBias ? chain.Constants.Real(Constant(chain.Take())) : null);
    }

    private ImportedWeight Matrix(OnnxNode node, bool transposed)
    {
        if (node.Input.Count < 2 || chain.Constants.Shape(node.Input[1]) is not [> 0, > 0])
        {
            throw OnnxChain.Wrong(node, "a constant matrix as the second input");
        }
        return transposed ? chain.Constants.Weight(node.Input[1]) : chain.Constants.Real(node.Input[1]).t();
    }

    private static ImportedLayer Dense(ImportedWeight weight, Tensor? bias)
    {
        var spec = new DenseSpec((int)weight.Shape[0], bias is not null, (int)weight.Shape[1]);
        return bias is null ? new ImportedLayer(spec, ("weight", weight)) : new ImportedLayer(spec, ("weight", weight), ("bias", bias));
    }

    private void Preprocessing()
    {
        OnnxNode product = chain.Take(),
            difference = chain.Take();
        if (product.OpType != "Mul" || difference.OpType != "Sub")
        {
            throw OnnxChain.Wrong(product, "the normalization of pixels: a product and a difference");
        }
        float[] scale = chain.Constants.Real(Constant(product)).data<float>().ToArray(),
            shift = chain.Constants.Real(Constant(difference)).data<float>().ToArray();
        if (scale.Length != chain.InputShape.Channels || shift.Length != scale.Length)
        {
            throw OnnxChain.Wrong(product, "a number for each channel");
        }
        double[] deviation = [.. scale.Select(factor => 1 / (255.0 * factor))];
        Normalization = new ChannelStatistics([.. shift.Zip(deviation, (amount, unit) => amount * unit)], deviation);
    }

    private string Constant(OnnxNode node) =>
        node.Input.FirstOrDefault(chain.Constants.Has) ?? throw OnnxChain.Wrong(node, "a constant as the other input");

    private static string Owner(OnnxNode node) => node.Name.Split('/')[0];
}
