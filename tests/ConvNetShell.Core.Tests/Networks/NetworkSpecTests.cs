using System.Globalization;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Convolution;
using ConvNetShell.Core.Layers.Dense;
using ConvNetShell.Core.Layers.Normalization;
using ConvNetShell.Core.Layers.Pooling;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Layers.Windows;
using CsCheck;

namespace ConvNetShell.Core.Tests.Networks;

public sealed class NetworkSpecTests
{
    private static readonly Gen<SpatialSize> Size = Gen.OneOf(
        Gen.Int[1, 9].Select(n => new SpatialSize(n)),
        Gen.Select(Gen.Int[1, 9], Gen.Int[1, 9], (h, w) => new SpatialSize(h, w))
    );

    private static readonly Gen<LayerSpec> Layer = Gen.OneOf<LayerSpec>(
        Gen.Select(
            Gen.Int[1, 64],
            Size,
            Size,
            Pads(4),
            Gen.Int[1, 3],
            Gen.Bool,
            (filters, kernel, stride, padding, groups, bias) =>
                (LayerSpec)new ConvSpec(filters * groups, new Window(kernel, stride, padding), groups, bias)
        ),
        Gen.Select(
            Gen.Enum<PoolKind>(),
            Size,
            Size,
            Pads(0),
            (kind, kernel, stride, padding) => (LayerSpec)new PoolSpec(kind, new Window(kernel, stride, padding))
        ),
        Gen.Select(Gen.Int[1, 5000], Gen.Bool, (units, bias) => (LayerSpec)new DenseSpec(units, bias)),
        Gen.Enum<ActivationKind>().Select(kind => (LayerSpec)new ActivationSpec(kind)),
        Gen.Double[0, 0.999].Select(rate => (LayerSpec)new DropoutSpec(rate)),
        Gen.Select(
            Gen.OneOf(Gen.Const(0.1), Gen.Const(0.4), Gen.Const(1.0)),
            Gen.OneOf(Gen.Const(1e-5), Gen.Const(1e-12), Gen.Const(0.001), Gen.Const(0.0)),
            Gen.Bool,
            (momentum, epsilon, scale) => (LayerSpec)new BatchNormSpec(momentum, epsilon, scale)
        ),
        Gen.Const((LayerSpec)new FlattenSpec())
    );

    [Fact]
    public void What_is_written_is_read_back() =>
        Layer.List[1, 12].Sample(layers => Assert.Equal(layers, NetworkSpec.Parse(NetworkSpec.Write(layers))), iter: 500, threads: 1);

    [Fact]
    public void Culture_does_not_matter()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(0.25, Assert.IsType<DropoutSpec>(NetworkSpec.Parse("drop0.25").Single()).Rate);
            Assert.Equal("drop0.25", new DropoutSpec(0.25).ToToken());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("CONV5x5x16 ReLU Pool2", "conv5x5x16 relu pool2")]
    [InlineData("bn-m0.1-eps0.00001 BN-NoScale-eps1E-12", "bn bn-eps1e-12-noscale")]
    [InlineData("maxpool2 meanpool3s2 adaptivemean4 globalmean", "pool2 avgpool3s2 adaptiveavg4 globalavg")]
    [InlineData("  conv3x3x4p1\t\n fc10  ", "conv3x3x4p1 fc10")]
    [InlineData("conv3x3x4psame pool2p0", "conv3x3x4 pool2")]
    public void Other_spellings_are_understood(string text, string canonical) =>
        Assert.Equal(canonical, NetworkSpec.Write(NetworkSpec.Parse(text)));

    [Theory]
    [InlineData("conv5x5", "Layer.Syntax")]
    [InlineData("fc", "Layer.Syntax")]
    [InlineData("dropp", "Layer.Syntax")]
    [InlineData("3", "Layer.Syntax")]
    [InlineData("relu6", "Layer.Syntax")]
    [InlineData("conv0x5x5", "Setting.Invalid")]
    [InlineData("conv5x5x0", "Setting.Invalid")]
    [InlineData("conv3x3x4s0", "Setting.Invalid")]
    [InlineData("conv3x3x4g3", "Setting.Invalid")]
    [InlineData("pool2p2", "Setting.Invalid")]
    [InlineData("drop1", "Setting.Invalid")]
    [InlineData("fc99999999999", "Setting.Invalid")]
    public void Nonsense_is_refused_by_name(string text, string id)
    {
        var error = Assert.ThrowsAny<ConvNetException>(() => NetworkSpec.Parse(text));
        Assert.Equal(id, error.ErrorId);
        if (id == "Layer.Syntax")
        {
            Assert.Contains(text, error.Message, StringComparison.Ordinal);
        }
    }

    private static Gen<Padding> Pads(int most) =>
        Gen.OneOf(
            Gen.Const(Padding.Valid),
            Gen.Const(Padding.Same),
            Gen.Select(Gen.Int[0, most], Gen.Int[0, most], (h, w) => Padding.Of(new SpatialSize(h, w)))
        );
}
