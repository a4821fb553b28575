using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Numerics;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

public sealed class StreamModuleTests
{
    private static readonly Shape Film = new(1, 2, 5, 3);

    [Fact]
    public void The_picture_is_the_upper_rows_and_the_sound_the_lower_ones_in_order_of_time()
    {
        using var scope = NewDisposeScope();
        Tensor film = arange(60, ScalarType.Float32).reshape(2, 1, 2, 5, 3);
        Tensor picture = Run("picture3", film),
            sound = Run("sound2", film);
        Assert.Equal([2L, 1, 2, 3, 3], picture.shape);
        Assert.Equal([0f, 1, 2, 3, 4, 5, 6, 7, 8, 15], picture[0].contiguous().data<float>().ToArray()[..10]);
        Assert.Equal([2L, 1, 12], sound.shape);
        Assert.Equal([9f, 10, 11, 12, 13, 14, 24, 25, 26, 27, 28, 29], sound[0].contiguous().data<float>().ToArray());
    }

    [Fact]
    public void Its_shape_is_known_before_and_a_stream_of_no_film_is_an_error()
    {
        Assert.Equal(new Shape(1, 2, 3, 3), Spec("picture3").OutputShape(Film));
        Assert.Equal(new Shape(1, 12), Spec("sound2").OutputShape(Film));
        Assert.Equal("picture3", Spec("picture3").ToToken());
        Assert.Equal(0, Spec("sound2").ParameterCount(Film));
        Assert.Contains(
            "6 rows or more",
            Assert.Throws<LayerException>(() => Spec("sound6").OutputShape(Film)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<LayerException>(() => Spec("picture3").OutputShape(new Shape(3, 32, 32)));
        Assert.Throws<InvalidSettingException>(() => Spec("sound0"));
    }

    private static LayerSpec Spec(string token) => Assert.Single(NetworkSpec.Parse(token));

    private static Tensor Run(string token, Tensor film)
    {
        using var random = new Generator(1);
        using LayerModule module = Spec(token).Build(Film, new WeightInitializer(random, new Initializer(InitializerKind.Auto), false));
        return module.Run(film, new ForwardContext(Training: false));
    }
}
