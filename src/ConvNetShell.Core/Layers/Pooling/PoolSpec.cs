using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Windows;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Layers.Pooling;

/// <summary>A pooling in one to three dimensions: each window of each channel becomes one number. Input CxHxW, output CxH'xW'.</summary>
public sealed record PoolSpec : LayerSpec
{
    /// <summary>Initializes a new instance of the <see cref="PoolSpec"/> class.</summary>
    /// <param name="pooling">The value kept of a window: its maximum or average.</param>
    /// <param name="window">The window, its stride and the padding, which is at most half the window.</param>
    /// <exception cref="InvalidSettingException">A number is out of range.</exception>
    public PoolSpec(PoolKind pooling, Window window)
    {
        Pooling = pooling;
        Window = window.Validate(null, "-Size");
        if (!window.Dilation.Equals(1))
        {
            throw new InvalidSettingException("-Dilation", "1 for a pooling layer", window.Dilation.ToString());
        }
        for (int d = 0; d < Dimension.Most && window.Kernel.Fits(d + 1); d++)
        {
            if (Math.Max(window.Padding.Before[d], window.Padding.After[d]) > window.Kernel[d] / 2)
            {
                throw new InvalidSettingException(
                    "-Padding",
                    $"at most half the pooling window of {window.Kernel}",
                    window.Padding.ToString()
                );
            }
        }
    }

    /// <summary>Gets the value kept of a window: its maximum or average.</summary>
    public PoolKind Pooling { get; }

    /// <inheritdoc />
    public override Window Window { get; }

    /// <inheritdoc />
    public override string Kind => "pool";

    /// <inheritdoc />
    public override Shape OutputShape(Shape input) => new([input.Channels, .. Window.OutputSizes(ToToken(), input)]);

    /// <inheritdoc />
    public override string ToToken() =>
        $"{(Pooling == PoolKind.Average ? "avgpool" : "pool")}{WindowToken.Number(Window.Kernel)}"
        + $"{WindowToken.Options(Window, Window.Kernel, Padding.Valid)}";

    internal override LayerModule Build(Shape input, WeightInitializer start) => new PoolModule(this, input);
}
