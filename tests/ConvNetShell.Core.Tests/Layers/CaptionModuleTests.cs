using ConvNetShell.Core.Applications.Captions;
using ConvNetShell.Core.Data.Captions;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Captions;
using ConvNetShell.Core.Layers.Initializers;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Numerics;
using TorchSharp;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Layers;

public sealed class CaptionModuleTests
{
    private static readonly Shape Maps = new(6, 5, 7);

    [Theory]
    [InlineData("caption8w9t5")]
    [InlineData("caption8w9t5-att")]
    public void Teacher_forcing_gives_the_scores_of_going_word_by_word(string token)
    {
        using var scope = NewDisposeScope();
        using CaptionModule layer = Build(token);
        Tensor maps = Batch(3);
        Tensor words = tensor(
            new long[,]
            {
                { 4, 2, 7, 0, -1 },
                { 3, 3, 8, 2, 0 },
                { 5, 0, -1, -1, -1 },
            }
        );
        Tensor taught = layer.Forward(maps, new ForwardContext(Training: false, Words: words));
        Assert.Equal([3L, 9, 5], taught.shape);

        SeenImage image = layer.See(maps, default);
        CaptionState state = layer.Begin(image);
        Tensor before = full([3], CaptionVocabulary.Start, ScalarType.Int64);
        for (int place = 0; place < 5; place++)
        {
            (state, Tensor scores, Tensor? looks) = layer.Next(image, state, before);
            Assert.True(scores.allclose(taught.select(2, place), 1e-4, 1e-5), $"place {place}");
            Assert.Equal(token.EndsWith("att", StringComparison.Ordinal), looks is not null);
            Assert.True(looks is null || looks.sum(1).allclose(ones(3)));
            before = words.select(1, place).clamp_min(0);
        }
    }

    [Fact]
    public void Without_words_it_goes_on_from_its_own()
    {
        using var scope = NewDisposeScope();
        using CaptionModule layer = Build("caption8w9t5-att");
        Tensor maps = Batch(4);
        Tensor said = layer.Forward(maps, new ForwardContext(Training: false));
        Tensor taught = layer.Forward(maps, new ForwardContext(Training: false, Words: said.argmax(1)));
        Assert.True(said.allclose(taught, 1e-4, 1e-5));
    }

    [Theory]
    [InlineData("caption8w9t5")]
    [InlineData("caption8w9t5-att")]
    public void It_has_the_parameters_that_the_summary_counts_and_each_gets_a_gradient(string token)
    {
        using var scope = NewDisposeScope();
        using CaptionModule layer = Build(token);
        Assert.Equal(layer.Parameters.Sum(tensor => tensor.Value.numel()), NetworkSpec.Parse(token)[0].ParameterCount(Maps));
        using var random = new Generator(1);
        Tensor words = tensor(
            new long[,]
            {
                { 4, 2, 7, 3, 0 },
                { 3, 3, 8, 2, 0 },
            }
        );
        layer.Forward(Batch(2), new ForwardContext(Training: true, random, Words: words)).square().sum().backward();
        Assert.All(layer.Parameters, tensor => Assert.True(tensor.Value.grad!.abs().sum().item<float>() > 0, tensor.Name));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void The_search_finds_a_caption_of_the_probability_it_says(int beam)
    {
        using var scope = NewDisposeScope();
        using CaptionModule layer = Build("caption8w9t5-att");
        Tensor maps = Batch(6);
        FoundCaption[] found = new CaptionSearch(layer, 5, beam).Find(maps);
        Assert.Equal(6, found.Length);
        for (int i = 0; i < found.Length; i++)
        {
            long[] words = [.. found[i].Words.Select(word => (long)word), 0, 0, 0, 0, 0];
            Tensor scores = layer.Forward(maps.narrow(0, i, 1), new ForwardContext(false, Words: tensor(words[..5]).unsqueeze(0)));
            Tensor logarithms = nn.functional.log_softmax(scores, 1)[0];
            double total = Enumerable
                .Range(0, found[i].Logarithms.Count)
                .Sum(place => (double)logarithms[words[place], place].item<float>());
            Assert.Equal(total, found[i].Total, 1e-4);
            Assert.Equal(found[i].Words.Count, found[i].Looks.Count);
        }
    }

    [Fact]
    public void A_wider_beam_never_finds_less_probable_captions_than_all_of_them()
    {
        using var scope = NewDisposeScope();
        using CaptionModule layer = Build("caption4w4t3");
        Tensor maps = Batch(1);

        // All captions of up to three places: the beam that holds every one of them finds the best.
        double best = double.NegativeInfinity;
        foreach (long[] words in from a in Numbers() from b in Numbers() from c in Numbers() select new[] { a, b, c })
        {
            int end = Array.IndexOf(words, 0L);
            Tensor scores = layer.Forward(maps, new ForwardContext(false, Words: tensor(words).unsqueeze(0)));
            Tensor logarithms = nn.functional.log_softmax(scores, 1)[0];
            int places = end < 0 ? 3 : end + 1;
            best = Math.Max(best, Enumerable.Range(0, places).Sum(place => (double)logarithms[words[place], place].item<float>()));
        }
        Assert.Equal(best, new CaptionSearch(layer, 3, 64).Find(maps)[0].Total, 1e-4);

        static IEnumerable<long> Numbers() => [0, 1, 2, 3];
    }

    [Fact]
    public void It_needs_maps_and_sizes()
    {
        Assert.Throws<LayerException>(() => new CaptionSpec(8, 9, 5).OutputShape(new Shape(10)));
        Assert.Throws<InvalidSettingException>(() => new CaptionSpec(0, 9, 5));
        Assert.Throws<InvalidSettingException>(() => new CaptionSpec(8, 2, 5));
        Assert.Throws<InvalidSettingException>(() => NetworkSpec.Parse("caption8w9t1"));
        Assert.Equal("caption8w9t5-att", NetworkSpec.Parse("Caption8w9t5-ATT").Single().ToToken());
    }

    private static CaptionModule Build(string token)
    {
        using var random = new Generator(5);
        var layer = (CaptionModule)
            NetworkSpec.Parse(token)[0].Build(Maps, new WeightInitializer(random, new Initializer(InitializerKind.Auto), false));
        using (no_grad())
        {
            foreach (NamedTensor tensor in layer.Parameters)
            {
                tensor.Value.uniform_(-1, 1, random);
            }
        }
        return layer;
    }

    private static Tensor Batch(int count)
    {
        using var random = new Generator(2);
        return randn([count, 6, 5, 7], generator: random);
    }
}
