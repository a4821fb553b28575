using System.Globalization;
using System.Text;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Networks;
using ConvNetShell.Core.Presets;
using ConvNetShell.Core.Tests.Data;
using static TorchSharp.torch;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>Networks go to ConvNetJS and come from it with equal outputs, computed there by node.</summary>
public sealed class ConvNetJsTests
{
    private const double Tolerance = 1e-5;

    // The network of the lecture's CIFAR-10 page, as its text box has it.
    private const string Lecture = """
        layer_defs = [];
        layer_defs.push({type:'input', out_sx:32, out_sy:32, out_depth:3});
        layer_defs.push({type:'conv', sx:5, filters:16, stride:1, pad:2, activation:'relu'});
        layer_defs.push({type:'pool', sx:2, stride:2});
        layer_defs.push({type:'conv', sx:5, filters:20, stride:1, pad:2, activation:'relu'});
        layer_defs.push({type:'pool', sx:2, stride:2});
        layer_defs.push({type:'conv', sx:5, filters:20, stride:1, pad:2, activation:'relu'});
        layer_defs.push({type:'pool', sx:2, stride:2});
        layer_defs.push({type:'softmax', num_classes:10});

        net = new convnetjs.Net();
        net.makeLayers(layer_defs);

        trainer = new convnetjs.SGDTrainer(net, {method:'adadelta', batch_size:4, l2_decay:0.0001});
        """;

    // x runs fastest in a batch here, the channels in a Vol there
    private const string Forward = """
        const fs = require('fs');
        function vol(path, sx, sy, depth) {
          const b = fs.readFileSync(path), v = new convnetjs.Vol(sx, sy, depth, 0);
          for (let d = 0; d < depth; d++) for (let y = 0; y < sy; y++) for (let x = 0; x < sx; x++)
            v.set(x, y, d, b.readFloatLE(4 * ((d * sy + y) * sx + x)));
          return v;
        }
        """;

    [Theory]
    [InlineData("conv5x5x8 relu pool2 conv3x3x6s2p1 tanh drop0.3 pool3s2p1 fc10 relu drop0.5 fc4 softmax", 3, 12, 10)]
    [InlineData("conv3x2x5p0 sigmoid lrn3 fc6 flatten fc3", 2, 7, 6)]
    [InlineData("conv3x3x4-nobias scale0.5 relu flatten fc5-nobias softmax", 2, 6, 6)]
    [InlineData("fc8 tanh drop0.2 scale0.2 fc3 softmax", 5)]
    [InlineData("conv3x3x6 maxout3 pool2 fc8 scale0.5 maxout2 fc3 softmax", 2, 6, 5)]
    public void Ours_gives_equal_outputs_there(string spec, params int[] shape)
    {
        using Network network = SampleNetworks.Make(spec, shape);
        using var folder = new TestFolder();
        using Tensor batch = SampleNetworks.Batch(network, 1);
        NetworkFormats.ForWriting("x.json").Write(folder["net.json"], network, new ExportSettings());
        SampleNetworks.Write(folder["batch.bin"], batch);
        string output = ForeignProgram.RunConvNetJs(
            Forward
                + """
                const [folder, sx, sy, depth] = process.argv.slice(1);
                const net = new convnetjs.Net();
                net.fromJSON(JSON.parse(fs.readFileSync(folder + '/net.json')));
                console.log(Array.from(net.forward(vol(folder + '/batch.bin', +sx, +sy, +depth)).w).join());
                """,
            [folder.Root, .. Volume(shape)]
        );

        SampleNetworks.AssertClose(SampleNetworks.Outputs(network, batch), SampleNetworks.Parse(output), Tolerance, spec);
    }

    public static TheoryData<string, int[]> Theirs =>
        new()
        {
            { Lecture, [3, 32, 32] },
            {
                "[{type:'input',out_sx:9,out_sy:7,out_depth:2},{type:'conv',sx:3,sy:2,filters:4,stride:2,pad:1,activation:'tanh'},"
                    + "{type:'lrn',k:1,n:3,alpha:0.1,beta:0.75},{type:'pool',sx:3,stride:2,pad:1},"
                    + "{type:'fc',num_neurons:6,activation:'sigmoid',drop_prob:0.3},{type:'svm',num_classes:3}]",
                [2, 7, 9]
            },
            {
                "[{type:'input',out_sx:6,out_sy:5,out_depth:2},{type:'conv',sx:3,filters:6,pad:1,activation:'maxout',group_size:3},"
                    + "{type:'fc',num_neurons:8,activation:'maxout'},{type:'regression',num_neurons:3}]",
                [2, 5, 6]
            },
            {
                "[{type:'input',out_sx:1,out_sy:1,out_depth:5},{type:'fc',num_neurons:7,activation:'relu'},{type:'dropout',drop_prob:0.5},"
                    + "{type:'regression',num_neurons:2}]",
                [5]
            },
        };

    [Theory]
    [MemberData(nameof(Theirs))]
    public void Theirs_gives_equal_outputs_here(string definitions, int[] shape)
    {
        using var folder = new TestFolder();
        using Tensor batch = randn([1, .. shape.Select(size => (long)size)]);
        SampleNetworks.Write(folder["batch.bin"], batch);
        File.WriteAllText(
            folder["defs.js"],
            definitions.StartsWith('[') ? "var layer_defs = " + definitions : definitions.Split("net =")[0]
        );
        string output = ForeignProgram.RunConvNetJs(
            Forward
                + """
                const [folder, sx, sy, depth] = process.argv.slice(1);
                const net = new convnetjs.Net();
                net.makeLayers(new Function(fs.readFileSync(folder + '/defs.js') + '; return layer_defs;')());
                fs.writeFileSync(folder + '/net.json', JSON.stringify(net.toJSON()));
                console.log(Array.from(net.forward(vol(folder + '/batch.bin', +sx, +sy, +depth)).w).join());
                """,
            [folder.Root, .. Volume(shape)]
        );
        using Network network = Read(folder["net.json"]);
        using Network planned = Read(folder.File(["plan.js"], Encoding.UTF8.GetBytes(definitions)));

        SampleNetworks.AssertClose(SampleNetworks.Parse(output), SampleNetworks.Outputs(network, batch), Tolerance, network.Spec);
        Assert.Equal(network.Spec, planned.Spec);
        Assert.Equal(network.InputShape, planned.InputShape);
    }

    [Theory]
    [InlineData("conv5x5x8 relu pool2 conv3x3x6s2p1 tanh pool3s2p1 fc10 relu drop0.5 scale0.5 fc4 softmax", 3, 12, 10)]
    [InlineData("conv3x2x5p0 sigmoid lrn3 fc3", 2, 7, 6)]
    public void A_network_comes_back_as_it_was(string spec, params int[] shape)
    {
        using Network network = SampleNetworks.Make(spec, shape);
        using var folder = new TestFolder();
        NetworkFormats.ForWriting("x.json").Write(folder["net.json"], network, new ExportSettings());
        using Network read = Read(folder["net.json"]);

        Assert.Equal(network.Spec, read.Spec);
        Assert.Equal(network.InputShape, read.InputShape);
        Assert.Equal(
            network.State.SelectMany(tensor => tensor.Value.contiguous().data<float>().ToArray()),
            read.State.SelectMany(tensor => tensor.Value.contiguous().data<float>().ToArray())
        );
    }

    [Fact]
    public void The_lectures_text_is_the_CIFAR10_preset()
    {
        using var folder = new TestFolder();
        using Network network = Read(folder.File(["demo.js"], Encoding.UTF8.GetBytes(Lecture)));

        Assert.Equal(22_466, network.ParameterCount);
        Assert.Equal("3x32x32", network.InputShape.ToString());
        Assert.Equal(NetworkPresets.Find("CIFAR10").Spec, network.Spec);
    }

    [Theory]
    [InlineData("layer_defs = makeThem(); // no literal")]
    [InlineData("layer_defs.push({type:'input', out_sx:32, out_sy:32, out_depth:require('fs').x});")]
    [InlineData("layer_defs.push({type:'input', out_sx:1e99, out_sy:32, out_depth:3}); layer_defs.push({type:'softmax', num_classes:2})")]
    [InlineData(
        "[{type:'input',out_sx:8,out_sy:8,out_depth:1},{type:'fc',num_neurons:5,activation:'maxout'},{type:'softmax',num_classes:2}]"
    )]
    [InlineData("[{type:'input',out_sx:8,out_sy:8,out_depth:1},{type:'fc',num_neurons:4,tensor:true},{type:'softmax',num_classes:2}]")]
    [InlineData("[{type:'conv',sx:3,filters:2}]")]
    [InlineData("[{type:'input'")]
    [InlineData("[[[[[[")]
    [InlineData("layer_defs.push({'type")]
    [InlineData("")]
    public void Other_text_is_a_typed_error(string text)
    {
        using var folder = new TestFolder();
        string path = folder.File(["x.js"], Encoding.UTF8.GetBytes(text));

        Assert.Throws<NetworkFileException>(() => Read(path));
    }

    [Fact]
    public void A_quadratic_layer_is_named()
    {
        using var folder = new TestFolder();
        string path = folder.File(
            ["x.json"],
            """
            {"layers":[{"layer_type":"input","out_sx":4,"out_sy":4,"out_depth":2},{"layer_type":"quadtransform","out_depth":1}]}
            """u8
        );

        Assert.Contains(
            "quadtransform as layer 1",
            Assert.Throws<NetworkFileException>(() => Read(path)).Message,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_maxout_of_flattened_maps_is_no_layer_there()
    {
        using Network network = SampleNetworks.Make("flatten maxout2 fc2", 2, 4, 4);
        using var folder = new TestFolder();
        LayerException error = Assert.Throws<LayerException>(() =>
            NetworkFormats.ForWriting("x.json").Write(folder["x.json"], network, new ExportSettings())
        );

        Assert.Contains("maxout1", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_JSON_is_an_error_with_its_offset()
    {
        using var folder = new TestFolder();
        string path = folder.File(["x.json"], "{\"layers\":\n [{\"layer_type\":!}]}"u8);

        Assert.Equal(27, Assert.Throws<NetworkFileException>(() => Read(path)).Offset);
    }

    private static Network Read(string path) => NetworkFormats.ForReading(path).Read(path, new ImportSettings());

    private static string[] Volume(int[] shape) =>
        [
            .. (shape.Length == 3 ? new[] { shape[2], shape[1], shape[0] } : [1, 1, shape[0]]).Select(size =>
                size.ToString(CultureInfo.InvariantCulture)
            ),
        ];
}
