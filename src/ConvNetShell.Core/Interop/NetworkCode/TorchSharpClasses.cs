namespace ConvNetShell.Core.Interop.NetworkCode;

/// <summary>Classes for the layers that TorchSharp has no module for.</summary>
internal static class TorchSharpClasses
{
    /// <summary>Gets the C# code of each class by its name.</summary>
    public static IReadOnlyDictionary<string, string> All { get; } =
        new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["ShiftOnlyBatchNorm1d"] = ShiftOnlyBatchNorm("1d"),
            ["ShiftOnlyBatchNorm2d"] = ShiftOnlyBatchNorm("2d"),
            ["ShiftOnlyBatchNorm3d"] = ShiftOnlyBatchNorm("3d"),
            ["ScaledTanh"] = """
                public sealed class ScaledTanh : nn.Module<Tensor, Tensor>
                {
                    public ScaledTanh() : base(nameof(ScaledTanh)) { }

                    public override Tensor forward(Tensor x) => 1.7159 * (x * (2.0 / 3)).tanh();
                }
                """,
            ["Scale"] = """
                public sealed class Scale : nn.Module<Tensor, Tensor>
                {
                    private readonly double factor;

                    public Scale(double factor) : base(nameof(Scale)) => this.factor = factor;

                    public override Tensor forward(Tensor x) => x * factor;
                }
                """,
            ["PictureRows"] = """
                public sealed class PictureRows : nn.Module<Tensor, Tensor>
                {
                    private readonly long rows;

                    public PictureRows(long rows) : base(nameof(PictureRows)) => this.rows = rows;

                    public override Tensor forward(Tensor x) => x.narrow(3, 0, rows);
                }
                """,
            ["SoundRows"] = """
                public sealed class SoundRows : nn.Module<Tensor, Tensor>
                {
                    private readonly long rows;

                    public SoundRows(long rows) : base(nameof(SoundRows)) => this.rows = rows;

                    public override Tensor forward(Tensor x) => x.narrow(3, x.shape[3] - rows, rows).flatten(2);
                }
                """,
            ["Maxout"] = """
                public sealed class Maxout : nn.Module<Tensor, Tensor>
                {
                    private readonly long size;

                    public Maxout(long size) : base(nameof(Maxout)) => this.size = size;

                    public override Tensor forward(Tensor x) => x.unflatten(1, x.shape[1] / size, size).max(2).values;
                }
                """,
            ["ChannelPad"] = """
                public sealed class ChannelPad : nn.Module<Tensor, Tensor>
                {
                    private readonly long channels;
                    private readonly long[] stride;

                    public ChannelPad(long channels, long[] stride) : base(nameof(ChannelPad))
                    {
                        (this.channels, this.stride) = (channels, stride);
                    }

                    public override Tensor forward(Tensor x)
                    {
                        for (int d = 0; d < stride.Length; d++)
                        {
                            x = x.slice(d + 2, 0, x.shape[d + 2], stride[d]);
                        }
                        long missing = channels - x.shape[1];
                        long[] pads = new long[2 * stride.Length + 2];
                        (pads[^2], pads[^1]) = (missing / 2, missing - missing / 2);
                        return nn.functional.pad(x, pads);
                    }
                }
                """,
            ["Recurrent"] = """
                public sealed class Recurrent : nn.Module<Tensor, Tensor>
                {
                    private readonly nn.Module cell;
                    private readonly long units;
                    private readonly bool sequence;

                    public Recurrent(string kind, long inputs, long units, bool sequence, bool bidirectional) : base(nameof(Recurrent))
                    {
                        (this.units, this.sequence) = (units, sequence);
                        cell = kind switch
                        {
                            "RNN" => RNN(inputs, units, batchFirst: true, bidirectional: bidirectional),
                            "GRU" => GRU(inputs, units, batchFirst: true, bidirectional: bidirectional),
                            _ => LSTM(inputs, units, batchFirst: true, bidirectional: bidirectional),
                        };
                        RegisterComponents();
                    }

                    public override Tensor forward(Tensor x)
                    {
                        Tensor input = x.transpose(1, 2);
                        Tensor y = cell switch
                        {
                            TorchSharp.Modules.RNN rnn => rnn.call(input).Item1,
                            TorchSharp.Modules.GRU gru => gru.call(input).Item1,
                            _ => ((TorchSharp.Modules.LSTM)cell).call(input).Item1,
                        };
                        return sequence
                            ? y.transpose(1, 2)
                            : cat(new[] { y.select(1, -1).narrow(1, 0, units), y.select(1, 0).narrow(1, units, y.shape[2] - units) }, 1);
                    }
                }
                """,
            ["Branches"] = """
                public sealed class Branches : nn.Module<Tensor, Tensor>
                {
                    private readonly string join;
                    private readonly (string Name, nn.Module<Tensor, Tensor> Module)[][] paths;

                    public Branches(string join, params (string Name, nn.Module<Tensor, Tensor> Module)[][] paths) : base(nameof(Branches))
                    {
                        (this.join, this.paths) = (join, paths);
                        foreach (var (name, module) in paths.SelectMany(path => path))
                        {
                            register_module(name, module);
                        }
                    }

                    public override Tensor forward(Tensor x)
                    {
                        Tensor[] outputs = paths.Select(path => path.Aggregate(x, (y, step) => step.Module.call(y))).ToArray();
                        return join == "add" ? outputs.Aggregate((sum, output) => sum + output) : cat(outputs, 1);
                    }
                }
                """,
        };

    // TorchSharp's own class has no constructor for others; the parameters have its names
    private static string ShiftOnlyBatchNorm(string dimensions) =>
        $$"""
            public sealed class ShiftOnlyBatchNorm{{dimensions}} : nn.Module<Tensor, Tensor>
            {
                private readonly TorchSharp.Modules.Parameter bias;
                private readonly Tensor weight, running_mean, running_var;
                private readonly double eps, momentum;

                public ShiftOnlyBatchNorm{{dimensions}}(long channels, double eps = 1e-5, double momentum = 0.1)
                    : base(nameof(ShiftOnlyBatchNorm{{dimensions}}))
                {
                    (this.eps, this.momentum) = (eps, momentum);
                    bias = new TorchSharp.Modules.Parameter(zeros(channels));
                    (weight, running_mean, running_var) = (ones(channels), zeros(channels), ones(channels));
                    RegisterComponents();
                }

                public override Tensor forward(Tensor x) =>
                    nn.functional.batch_norm(x, running_mean, running_var, weight, bias, training, momentum, eps);
            }
            """;
}
