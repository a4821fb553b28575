using System.Diagnostics;
using System.Text;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Layers;
using ConvNetShell.Core.Layers.Activation;
using ConvNetShell.Core.Layers.Blocks;
using ConvNetShell.Core.Layers.Spec;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Numerics;
using ConvNetShell.Testing;

namespace ConvNetShell.Core.Tests.Networks;

/// <summary>Specifications that nobody means: each ends in a typed error, at once and without taking memory.</summary>
public sealed class HostileSpecTests
{
    private static readonly Shape Image = new(3, 32, 32);

    [Theory]
    [InlineData("drop\u0663")] // digits of other scripts
    [InlineData("fc\u0661\u0660")]
    [InlineData("conv3x3x\uFF18")]
    [InlineData("gn1e300")]
    [InlineData("lrn2147483648")]
    [InlineData("scale1e999")]
    [InlineData("skip3s0")]
    [InlineData("skip0")]
    [InlineData("fc2147483648")]
    [InlineData("res()")]
    [InlineData("res(relu")]
    [InlineData(")")]
    public void A_word_that_makes_no_sense_is_a_typed_error(string spec) =>
        Assert.ThrowsAny<ConvNetException>(() => NetworkSpec.Parse(spec));

    [Theory]
    [InlineData("fc2147483647 fc2147483647")]
    [InlineData("conv3x3x2147483647")]
    [InlineData("conv2147483647x2147483647x2147483647")]
    [InlineData("conv3x3x2147483647 conv3x3x2147483647 globalavg fc2")]
    [InlineData("conv3x3x8d2147483647")]
    [InlineData("conv3x3x8p2147483647")]
    [InlineData("pool2s2147483647p1 flatten fc2147483647 flatten fc2147483647")]
    [InlineData("deconv4x4x2147483647s2147483647")]
    [InlineData("local3x3x2147483647")]
    [InlineData("skip2147483647 skip2147483647 conv65535x65535x65535")]
    [InlineData("concat(conv1x1x2147483647 | conv1x1x2147483647)")]
    [InlineData("adaptiveavg2147483647")]
    public void A_layer_whose_tensors_cannot_exist_is_refused(string spec) =>
        Assert.ThrowsAny<ConvNetException>(() => Network.Create(NetworkPlan.Fit(NetworkSpec.Parse(spec), Image)));

    [Fact]
    public void A_network_larger_than_the_memory_is_refused_before_it_is_made()
    {
        NetworkPlan plan = NetworkPlan.Fit(NetworkSpec.Parse("fc4000000 fc1000000"), Image); // 16 TB
        var clock = Stopwatch.StartNew();
        MemoryShortageException error = Assert.Throws<MemoryShortageException>(() => Network.Create(plan));

        Assert.Contains("fc2", error.Message, StringComparison.Ordinal);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
    }

    [Fact]
    public void A_sample_has_at_most_as_many_values_as_an_array() =>
        Assert.Throws<InvalidSettingException>(() => NetworkPlan.Fit(NetworkSpec.Parse("globalavg fc2"), new Shape(3, 100_000, 100_000)));

    [Theory]
    [InlineData("res(")]
    [InlineData("add(|")]
    public void Blocks_nested_too_deep_are_refused(string opening) =>
        Assert.Throws<InvalidSettingException>(() =>
            NetworkSpec.Parse(string.Concat(Enumerable.Repeat(opening, 3000)) + "relu" + new string(')', 3000))
        );

    [Fact]
    public void Blocks_made_one_within_another_are_refused_too()
    {
        BlockSpec block = new ResidualSpec([new ActivationSpec(ActivationKind.ReLU)], ShortcutKind.Identity);
        Assert.Throws<InvalidSettingException>(() =>
        {
            for (int level = 0; level < 1000; level++)
            {
                block = new ResidualSpec([block], ShortcutKind.Identity);
            }
        });
    }

    [Fact]
    public void A_hundred_levels_take_no_more_than_a_moment()
    {
        var clock = Stopwatch.StartNew();
        string spec = string.Concat(Enumerable.Repeat("resproj(", 100)) + "relu" + new string(')', 100);
        NetworkPlan plan = NetworkPlan.Fit(NetworkSpec.Parse(spec), Image);

        Assert.Equal(101, plan.AllLayers.Count);
        Assert.Equal(Image, plan.OutputShape);
        Assert.InRange(clock.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10)); // 2^100 steps would take for ever
    }

    [Fact]
    public void Changed_specifications_are_fitted_or_refused_by_our_own_errors()
    {
        string[] whole =
        [
            "conv5x5x16 relu pool2 conv3x3x8s2p1d2g2-nobias bn drop0.5 fc10 softmax",
            "res(conv3x3x3 relu conv3x3x3) concat(conv1x1x2 | avgpool2s1 | lrn3) add(tanh | ) globalavg fc3",
            "deconv4x4x8s2 gn4 local3x3x4 adaptiveavg2 spatialdrop0.2 leakyrelu flatten fc2",
        ];
        const string letters = "0123456789.-|() xspgdconvfepl\u0663\u00b2\n";
        var random = new Random(1);
        int refused = 0;
        for (int i = 0; i < Mutations.Count; i++)
        {
            var spec = new StringBuilder(whole[i % whole.Length]);
            for (int changes = random.Next(1, 5); changes > 0; changes--)
            {
                int at = random.Next(spec.Length);
                _ = random.Next(3) switch
                {
                    0 => spec.Remove(at, 1),
                    1 => spec.Insert(at, letters[random.Next(letters.Length)]),
                    _ => spec.Replace(spec[at], letters[random.Next(letters.Length)], at, 1),
                };
            }
            var watch = Stopwatch.StartNew();
            Exception? error = Record.Exception(() => NetworkPlan.Fit(NetworkSpec.Parse(spec.ToString()), Image));
            Assert.True(error is null or ConvNetException, $"{spec}: {error}");
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"{spec}: {watch.Elapsed}");
            refused += error is null ? 0 : 1;
        }
        Assert.InRange(refused, Mutations.Count / 4, Mutations.Count - 1);
    }

    [Fact]
    public void A_specification_has_a_longest_length()
    {
        string longest = string.Join(' ', Enumerable.Repeat("relu", NetworkSpec.MaxTokens));

        Assert.Equal(NetworkSpec.MaxTokens, NetworkSpec.Parse(longest).Count);
        Assert.Throws<InvalidSettingException>(() => NetworkSpec.Parse(longest + " relu"));
        Assert.Throws<InvalidSettingException>(() => NetworkSpec.Parse(string.Concat(Enumerable.Repeat("relu ", 10_000_000))));
    }
}
