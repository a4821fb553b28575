using System.Runtime.InteropServices;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Tests.Data;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>Files in the layouts of Keras, made by h5py, give the outputs that numpy computes channels last.</summary>
public sealed class KerasFileTests : IDisposable
{
    private const double Tolerance = 1e-5;
    private readonly TestFolder folder = new();
    private readonly List<string> warnings = [];

    public static TheoryData<string, string> Models =>
        new()
        {
            {
                "conv5x5x6 relu conv3x3x4s2-nobias bn-m0.01-eps0.001 tanh pool2s1 flatten fc10 sigmoid drop0.5 fc3 softmax",
                "[I(9,8,3), ('Conv2D',{'filters':6,'kernel_size':[5,5],'padding':'same','activation':'relu'}),"
                    + "('Conv2D',{'filters':4,'kernel_size':3,'strides':[2,2],'padding':'same','use_bias':False}),"
                    + "('BatchNormalization',{'axis':[3],'epsilon':0.001,'momentum':0.99}), ('Activation',{'activation':'tanh'}),"
                    + "('MaxPooling2D',{'pool_size':[2,2],'strides':[1,1]}), ('Flatten',{}),"
                    + "('Dense',{'units':10,'activation':'sigmoid'}), ('Dropout',{'rate':0.5}),"
                    + "('Dense',{'units':3,'activation':'softmax'})]"
            },
            {
                "conv1d4x5p3:0 gelu pool2 conv1d1x4 flatten drop0.2 bn-m0.01-eps0.001-noscale fc2-nobias",
                "[I(12,2), ('Conv1D',{'filters':5,'kernel_size':[4],'padding':'causal','activation':'gelu'}), ('MaxPooling1D',{}),"
                    + "('Dense',{'units':4}), ('Flatten',{}), ('Dropout',{'rate':0.2}), ('BatchNormalization',{'scale':False}),"
                    + "('Dense',{'units':2,'use_bias':False})]"
            },
            {
                "conv3d2x2x2x3p0 relu avgpool1x2x2 globalavg fc2 softmax",
                "[I(4,5,6,2), ('Conv3D',{'filters':3,'kernel_size':[2,2,2]}), ('ReLU',{}), ('AveragePooling3D',{'pool_size':[1,2,2]}),"
                    + "('GlobalAveragePooling3D',{}), ('Dense',{'units':2}), ('Softmax',{'axis':-1})]"
            },
            {
                "conv3x3x6s2g3 leakyrelu conv3x3x3g3 conv3x3x3g3-nobias conv1x1x5 tanh conv2x2x4p0d2 globalmax fc3",
                "[I(11,9,3), ('DepthwiseConv2D',{'kernel_size':[3,3],'strides':[2,2],'depth_multiplier':2,'padding':'same'}),"
                    + "('LeakyReLU',{'negative_slope':0.01}), ('Conv2D',{'filters':3,'kernel_size':[3,3],'groups':3,'padding':'same'}),"
                    + "('SeparableConv2D',{'filters':5,'kernel_size':[3,3],'padding':'same','activation':'tanh'}),"
                    + "('Conv2D',{'filters':4,'kernel_size':[2,2],'dilation_rate':[2,2]}), ('GlobalMaxPooling2D',{}),"
                    + "('Dense',{'units':3})]"
            },
            {
                "conv3x3x4s2p1 relu pool3s2p1 deconv4x4x3s2 conv2x3x2p0:1x2:0 gn2 flatten ln fc2",
                "[I(9,9,2), ('ZeroPadding2D',{'padding':[[1,1],[1,1]]}), ('Conv2D',{'filters':4,'kernel_size':[3,3],'strides':2,"
                    + "'activation':'relu'}), ('ZeroPadding2D',{'padding':1}), ('MaxPooling2D',{'pool_size':[3,3],'strides':[2,2]}),"
                    + "('Conv2DTranspose',{'filters':3,'kernel_size':[4,4],'strides':[2,2],'padding':'same'}),"
                    + "('ZeroPadding2D',{'padding':[[0,1],[2,0]]}), ('Conv2D',{'filters':2,'kernel_size':[2,3]}),"
                    + "('GroupNormalization',{'groups':2,'epsilon':1e-5}), ('Flatten',{}),"
                    + "('LayerNormalization',{'axis':[-1],'epsilon':1e-5}), ('Dense',{'units':2})]"
            },
            {
                "lstm4-seq gru3-seq-bi rnn5 fc2",
                "[I(6,3), ('LSTM',{'units':4,'return_sequences':True,'activation':'tanh','recurrent_activation':'sigmoid'}),"
                    + "('Bidirectional',{'merge_mode':'concat','layer':{'class_name':'GRU','config':{'units':3,'return_sequences':True,"
                    + "'reset_after':True}}}), ('SimpleRNN',{'units':5}), ('Dense',{'units':2})]"
            },
            { "gru4-bi fc2", "[I(5,2), ('Bidirectional',{'layer':{'class_name':'GRU','config':{'units':4}}}), ('Dense',{'units':2})]" },
            {
                "conv3x3x4 relu flatten fc3",
                "[I(6,5,3), ('Rescaling',{'scale':0.00784313725,'offset':-1.0}), ('RandomFlip',{'mode':'horizontal'}),"
                    + "('Conv2D',{'filters':4,'kernel_size':[3,3],'padding':'same','activation':'relu'}), ('Flatten',{}),"
                    + "('Dense',{'units':3})]"
            },
            {
                "fc5 relu scale0.5 fc3",
                "[I(4), ('Normalization',{'axis':[-1]}), ('Dense',{'units':5,'activation':'relu'}), ('Rescaling',{'scale':0.5}),"
                    + "('Dense',{'units':3})]"
            },
        };

    public void Dispose() => folder.Dispose();

    [Theory]
    [MemberData(nameof(Models))]
    public void A_model_gives_the_same_outputs(string spec, string model)
    {
        foreach (string kind in new[] { "sequential", "functional" })
        {
            float[] expected = Write(model, kind);
            foreach (string name in new[] { "new.keras", "old.h5" })
            {
                using Network network = Read(name);
                Assert.Equal(spec, network.Spec);
                SampleNetworks.AssertClose(expected, Outputs(network), Tolerance, $"{kind} {name}: {network.Spec}");
            }
        }
    }

    [Theory]
    [InlineData(
        "[I(9,8,3), ('Conv2D',{'filters':6,'kernel_size':[5,5],'activation':'relu'}), ('BatchNormalization',{'epsilon':1e-5}),"
            + "('DepthwiseConv2D',{'kernel_size':[3,3],'padding':'same'}), ('Conv2D',{'filters':4,'kernel_size':3,'use_bias':False}),"
            + "('Flatten',{}), ('Dense',{'units':10,'activation':'tanh'}), ('Dense',{'units':3,'activation':'softmax'})]"
    )]
    [InlineData("[I(6,3), ('LSTM',{'units':4,'return_sequences':True}), ('SimpleRNN',{'units':5}), ('Dense',{'units':2})]")]
    [InlineData("[I(5,2), ('Bidirectional',{'layer':{'class_name':'GRU','config':{'units':4}}}), ('Dense',{'units':2})]")]
    public void Weights_alone_go_into_a_network(string model)
    {
        float[] expected = Write(model);
        using Network network = Read("new.keras");
        foreach (string name in new[] { "new.weights.h5", "old.weights.h5" })
        {
            using Network into = Network.Create(network.Plan, seed: 9);
            into.Normalization = network.Normalization;
            Assert.Same(into, Read(name, into));
            SampleNetworks.AssertClose(expected, Outputs(into), Tolerance, $"{name}: {into.Spec}");
            Assert.Throws<NetworkFileException>(() => Read(name));
        }
    }

    [Fact]
    public void Pixels_are_normalized_as_the_first_layers_do()
    {
        _ = Write("[I(6,5,3), ('Rescaling',{'scale':0.00784313725,'offset':-1.0}), ('Flatten',{}), ('Dense',{'units':3})]");
        using Network network = Read("new.keras");
        Assert.All(network.Normalization!.Mean, mean => Assert.Equal(0.5, mean, 1e-6));
        Assert.All(network.Normalization.StandardDeviation, deviation => Assert.Equal(0.5, deviation, 1e-6));
        Assert.Empty(warnings);
        _ = Write("[I(6,5,3), ('RandomFlip',{}), ('Flatten',{}), ('Dense',{'units':3})]");
        using Network plain = Read("old.h5");
        Assert.Equal([0, 0, 0], plain.Normalization!.Mean);
        Assert.Equal(2, warnings.Count);
        Assert.Contains("RandomFlip", warnings[0], StringComparison.Ordinal);
    }

    private float[] Write(string model, string kind = "sequential")
    {
        string script = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Interop", "keras.py"));
        string output = ForeignProgram.RunPython(
            "h5py",
            "I = lambda *sizes: ('InputLayer', {'batch_shape': [None, *sizes]})\n" + script,
            folder.Root,
            model,
            kind
        );
        return SampleNetworks.Parse(output);
    }

    private Network Read(string name, Network? into = null) =>
        NetworkFormats.ForReading(name).Read(folder[name], new ImportSettings { Into = into, Warn = warnings.Add });

    /// <summary>Returns the outputs for the script's inputs, which are channels last and not normalized.</summary>
    private float[] Outputs(Network network)
    {
        using var scope = NewDisposeScope();
        float[] numbers = MemoryMarshal.Cast<byte, float>(File.ReadAllBytes(folder["input.bin"])).ToArray();
        int[] shape = network.InputShape.ToArray();
        long[] axes = [0, shape.Length, .. Enumerable.Range(1, shape.Length - 1)];
        Tensor batch = tensor(numbers).reshape([2, .. shape[1..], shape[0]]).permute(axes).contiguous();
        double largest = network.Normalization!.StandardDeviation.Max();
        if (largest is not 1 || network.Normalization.Mean.Any(mean => mean != 0))
        {
            long[] one = [1, shape[0], .. Enumerable.Repeat(1L, shape.Length - 1)];
            Tensor mean = tensor(network.Normalization.Mean).reshape(one),
                deviation = tensor(network.Normalization.StandardDeviation).reshape(one);
            batch = ((batch.to(ScalarType.Float64) / tensor(255.0) - mean) / deviation).to(ScalarType.Float32);
        }
        return SampleNetworks.Outputs(network, batch);
    }
}
