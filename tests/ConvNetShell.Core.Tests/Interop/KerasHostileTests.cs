using System.Globalization;
using System.IO.Compression;
using System.Text;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Interop;
using ConvNetShell.Core.Interop.Formats;
using ConvNetShell.Core.Tests.Data;

namespace ConvNetShell.Core.Tests.Interop;

/// <summary>Keras files with code, branches, other layers or broken parts are refused by a typed error that says which.</summary>
public sealed class KerasHostileTests : IDisposable
{
    private const string Weights = "model.weights.h5";
    private readonly TestFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Theory]
    [InlineData("""{"class_name":"Lambda","config":{"name":"mine","function":["4wEAAAA"]}}""", "Unsafe", "Lambda 'mine'")]
    [InlineData(
        """{"class_name":"Swish","module":"my_package","registered_name":"my_package>Swish","config":{"name":"own"}}""",
        "Unsafe",
        "Swish 'own'"
    )]
    [InlineData("""{"class_name":"MultiHeadAttention","config":{"name":"heads"}}""", "Unsupported", "MultiHeadAttention 'heads'")]
    [InlineData("""{"class_name":"Conv2D","config":{"name":"c","kernel_size":3}}""", "Unsupported", "filters of Conv2D 'c'")]
    [InlineData("""{"class_name":"Conv2D","config":{"name":"c","filters":-3,"kernel_size":3}}""", "Unsupported", "-3")]
    [InlineData("""{"class_name":"Conv2D","config":{"name":"c","filters":2147483647,"kernel_size":2000000}}""", "Unsupported", "conv")]
    [InlineData("""{"class_name":"Conv2D","config":{"name":"c","filters":2,"kernel_size":[3,3,3]}}""", "Unsupported", "2 integers")]
    [InlineData("""{"class_name":"Conv3D","config":{"name":"c","filters":2,"kernel_size":3}}""", "Unsupported", "Conv3D 'c'")]
    [InlineData(
        """{"class_name":"Conv2D","config":{"name":"c","filters":2,"kernel_size":3,"data_format":"channels_first"}}""",
        "Unsupported",
        "channels_last"
    )]
    [InlineData("""{"class_name":"Dense","config":{"name":"d","units":2,"activation":"mish"}}""", "Unsupported", "mish")]
    [InlineData("""{"class_name":"Dense","config":{"name":"d","units":2,"activation":{"class_name":"x"}}}""", "Unsupported", "activation")]
    [InlineData("""{"class_name":"LeakyReLU","config":{"name":"l","negative_slope":0.3}}""", "Unsupported", "0.01")]
    [InlineData("""{"class_name":"LayerNormalization","config":{"name":"n","axis":[-1]}}""", "Unsupported", "axis")]
    [InlineData("""{"class_name":"BatchNormalization","config":{"name":"n","axis":[1]}}""", "Unsupported", "axis")]
    [InlineData("""{"class_name":"GRU","config":{"name":"g","units":2,"reset_after":false}}""", "Unsupported", "reset_after")]
    [InlineData("""{"class_name":"LSTM","config":{"name":"g","units":2,"go_backwards":true}}""", "Unsupported", "go_backwards")]
    [InlineData("""{"class_name":"ZeroPadding2D","config":{"name":"p","padding":[[1,1],[1,1]]}}""", "Unsupported", "ZeroPadding2D 'p'")]
    [InlineData("""{"class_name":"Flatten","config":{"name":"f"}}""", "Unsupported", "Flatten")]
    [InlineData("""{"class_name":"\ud800","config":{}}""", "Damaged", "JSON")]
    [InlineData("""{"class_name":"Dense"}""", "Unsupported", "config")]
    [InlineData("""[]""", "Unsupported", "config")]
    [InlineData("""{"class_name":"Dense","config":{"name":"d","units":2}}""", "Unsupported", "conv1.weight")]
    public void A_layer_is_refused_by_its_name(string layer, string id, string text)
    {
        string config = $$$"""
            {"class_name":"Sequential","config":{"layers":[
            {"class_name":"InputLayer","config":{"batch_shape":[null,6,6,2],"name":"input"}},{{{layer}}}]}}
            """;
        AssertRefused(config, id, text);
    }

    [Theory]
    [InlineData("""{"class_name":"Sequential","config":{"layers":[]}}""", "The input")]
    [InlineData("""{"class_name":"Sequential","config":{}}""", "layers")]
    [InlineData("""{"class_name":"MyModel","config":{"layers":[]}}""", "MyModel")]
    [InlineData(
        """{"class_name":"Sequential","config":{"layers":[{"class_name":"ReLU","config":{"batch_shape":[null,99999999,99999999]}}]}}""",
        "at most 16777216"
    )]
    [InlineData(
        """{"class_name":"Sequential","config":{"layers":[{"class_name":"ReLU","config":{"batch_shape":[null,null,3]}}]}}""",
        "known sizes"
    )]
    [InlineData(
        """
            {"class_name":"Functional","config":{"layers":[{"class_name":"InputLayer","name":"a","config":{"batch_shape":[null,4]},
            "inbound_nodes":[]},{"class_name":"Dense","name":"b","config":{"units":2},"inbound_nodes":[[["a",0,0,{}]]]},
            {"class_name":"Dense","name":"c","config":{"units":2},"inbound_nodes":[[["a",0,0,{}]]]},
            {"class_name":"Add","name":"d","config":{},"inbound_nodes":[[["b",0,0,{}],["c",0,0,{}]]]}]}}
            """,
        "'c'"
    )]
    [InlineData(
        """
            {"class_name":"Functional","config":{"layers":[{"class_name":"InputLayer","name":"a","config":{"batch_shape":[null,4]},
            "inbound_nodes":[]},{"class_name":"ReLU","name":"b","config":{},"inbound_nodes":[[["c",0,0,{}]]]},
            {"class_name":"ReLU","name":"c","config":{},"inbound_nodes":[[["b",0,0,{}]]]}]}}
            """,
        "apart"
    )]
    public void A_model_that_is_no_chain_is_refused(string config, string text) => AssertRefused(config, "Unsupported", text);

    [Fact]
    public void Deep_JSON_is_refused() => AssertRefused("{\"config\":" + new string('[', 100_000), "Damaged", "JSON");

    [Fact]
    public void A_compressed_file_is_refused_and_so_is_no_bomb()
    {
        Zip(new string(' ', 10_000_000), CompressionLevel.SmallestSize);
        Assert.Equal("NetworkFile.Unsupported", Refused("x.keras").ErrorId);
    }

    [Fact]
    public void Links_that_name_themselves_end()
    {
        byte[] file = File.ReadAllBytes(Data("model.h5"));
        int tree = file.AsSpan().IndexOf("TREE"u8);
        BitConverter.TryWriteBytes(file.AsSpan(tree + 32), (ulong)tree); // its first child is itself
        File.WriteAllBytes(folder["x.h5"], file);
        Assert.Contains("twice", Refused("x.h5").Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    [InlineData(100)]
    [InlineData(2000)]
    public void A_file_that_was_cut_short_is_an_error_with_its_offset(int length)
    {
        File.WriteAllBytes(folder["x.h5"], File.ReadAllBytes(Data("model.h5"))[..length]);
        NetworkFileException error = Refused("x.h5");
        Assert.True(error.Offset is not null, error.Message);
    }

    [Fact]
    public void Variables_that_share_their_bytes_are_no_bomb()
    {
        byte[] file = File.ReadAllBytes(Data("model.h5"));
        string text = Encoding.Latin1.GetString(file);
        // the list of a group says its largest variable again and again
        int kernel = text.IndexOf("dense/kernel:0", StringComparison.Ordinal),
            bias = text.IndexOf("dense/bias:0", StringComparison.Ordinal);
        Assert.True(kernel > 0 && bias > 0, string.Create(CultureInfo.InvariantCulture, $"{kernel} {bias}"));
        "dense/kernel:0"u8.CopyTo(file.AsSpan(bias));
        File.WriteAllBytes(folder["x.h5"], file);
        _ = Refused("x.h5");
    }

    private static string Data(string name) => Path.Combine(AppContext.BaseDirectory, "Interop", name);

    private void AssertRefused(string config, string id, string text)
    {
        Zip(config, CompressionLevel.NoCompression);
        NetworkFileException error = Refused("x.keras");
        Assert.Equal("NetworkFile." + id, error.ErrorId);
        Assert.Contains(text, error.Message, StringComparison.Ordinal);
    }

    private NetworkFileException Refused(string name) =>
        Assert.Throws<NetworkFileException>(() => NetworkFormats.ForReading(name).Read(folder[name], new ImportSettings()));

    private void Zip(string config, CompressionLevel level)
    {
        using ZipArchive model = ZipFile.OpenRead(Data("model.keras")),
            made = ZipFile.Open(folder["x.keras"], ZipArchiveMode.Create);
        using (Stream entry = made.CreateEntry("config.json", level).Open())
        {
            entry.Write(Encoding.UTF8.GetBytes(config));
        }
        using Stream weights = made.CreateEntry(Weights, CompressionLevel.NoCompression).Open(),
            from = model.GetEntry(Weights)!.Open();
        from.CopyTo(weights);
    }
}
