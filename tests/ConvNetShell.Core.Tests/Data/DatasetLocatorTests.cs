using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Download;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Operators;
using ConvNetShell.Display.Records.Data;
using SkiaSharp;

namespace ConvNetShell.Core.Tests.Data;

public class DatasetLocatorTests
{
    [Fact]
    public void The_places_are_searched_in_order()
    {
        using var folder = new TestFolder();
        var places = new DatasetFolders(folder["named"], folder["user"], folder["shared"]);
        Assert.Null(DatasetLocator.Find(KnownDatasets.Cifar10, places).Path);
        Assert.Equal([folder["named"], folder["user"], folder["shared"]], DatasetLocator.Find(KnownDatasets.Cifar10, places).Searched);
        folder.File(["shared", "cifar-10-batches-bin", "data_batch_1.bin"], [1]);
        Assert.Equal(folder["shared", "cifar-10-batches-bin"], DatasetLocator.Find(KnownDatasets.Cifar10, places).Path);
        string archive = folder.File(["user", "CIFAR10", "cifar-10-binary.tar.gz"], [1]);
        Assert.Equal(archive, DatasetLocator.Find(KnownDatasets.Cifar10, places).Path);
        folder.File(["named", "data_batch_1.bin"], [1]);
        Assert.Equal(folder["named"], DatasetLocator.Find(KnownDatasets.Cifar10, places).Path);
        string elsewhere = folder.File(["elsewhere", "cifar-10-binary.tar.gz"], [1]);
        Assert.Equal(elsewhere, DatasetLocator.Find(KnownDatasets.Cifar10, places, folder["elsewhere"]).Path);
    }

    [Theory]
    [InlineData("fashion-mnist")]
    [InlineData("FashionMNIST", "raw")]
    public void Mnist_and_fashion_are_told_apart_by_their_folders(params string[] parts)
    {
        using var folder = new TestFolder();
        folder.File([.. parts, "train-images-idx3-ubyte.gz"], [1]);
        var places = new DatasetFolders(folder.Root, folder["user"], null);
        Assert.Equal(folder[parts], DatasetLocator.Find(KnownDatasets.FashionMnist, places).Path);
        Assert.Null(DatasetLocator.Find(KnownDatasets.Mnist, places).Path);
        Assert.Null(DatasetLocator.Find(KnownDatasets.Mnist, places with { Named = folder[parts] }).Path);
        Assert.Equal(folder[parts], DatasetLocator.Find(KnownDatasets.FashionMnist, places with { Named = folder[parts] }).Path);
        Assert.Equal(folder[parts], DatasetLocator.Find(KnownDatasets.Mnist, places, folder[parts]).Path);
    }

    [Fact]
    public void Images_in_folders_named_after_the_classes_are_the_set()
    {
        using var folder = new TestFolder();
        foreach (string name in KnownDatasets.Cifar10.Classes)
        {
            folder.File(["cifar10-jpeg", "train", name, "0000.jpg"], Samples.Picture(SKEncodedImageFormat.Jpeg, 32, 32, SKColors.Red));
            folder.File(["cifar10-jpeg", "test", name, "0000.jpg"], Samples.Picture(SKEncodedImageFormat.Jpeg, 32, 32, SKColors.Red));
        }
        foreach (string named in new[] { folder.Root, folder["cifar10-jpeg"] })
        {
            var options = new ReadOptions { Places = new DatasetFolders(named, folder["user"], null) };
            Dataset dataset = DatasetReader.Read("cifar-10", options);
            Assert.Equal("CIFAR10: 3x32x32, 10 classes, Train 10, Test 10", dataset.ToString());
            Assert.Equal(KnownDatasets.Cifar10.Classes, dataset.Classes);
        }
    }

    [Fact]
    public void The_list_says_what_is_there()
    {
        using var folder = new TestFolder();
        folder.File(["mnist", "train-images.idx3-ubyte"], [1]);
        IReadOnlyList<DatasetInfo> list = DatasetLocator.Describe(new DatasetFolders(null, folder.Root, null));
        Assert.Equal(
            ["CIFAR10", "CIFAR100", "MNIST", "FashionMNIST", "Shapes", "MovingShapes", "Signals", "Faces", "Scenes", "Matches"],
            list.Select(info => info.Name)
        );
        Assert.Equal([false, false, true, false, true, true, true, true, true, true], list.Select(info => info.Available));
        Assert.Equal(folder["mnist"], list[2].Location);
        Assert.Equal("CIFAR10: not on this machine (170.1 MB to download)", list[0].ToString());
    }

    [Fact]
    public void Places_follow_the_environment()
    {
        var variables = new Dictionary<string, string> { ["HOME"] = "/home/ada" };
        Assert.Null(DatasetFolders.FromEnvironment(name => variables.GetValueOrDefault(name)).Named);
        variables["CONVNETSHELL_DATA"] = Path.GetTempPath();
        variables["XDG_DATA_HOME"] = "/data/ada";
        DatasetFolders places = DatasetFolders.FromEnvironment(name => variables.GetValueOrDefault(name));
        Assert.Equal(Path.GetFullPath(Path.GetTempPath()), places.Named);
        if (OperatingSystem.IsLinux())
        {
            Assert.Equal("/data/ada/ConvNetShell", places.User);
            variables["XDG_DATA_HOME"] = "relative";
            Assert.Equal(
                "/home/ada/.local/share/ConvNetShell",
                DatasetFolders.FromEnvironment(name => variables.GetValueOrDefault(name)).User
            );
        }
    }

    [Theory]
    [InlineData("CIFAR10", "cifar-10")]
    [InlineData("FashionMNIST", "Fashion_MNIST")]
    [InlineData("Shapes", "shapes")]
    public void Names_are_forgiving(string name, string typed) => Assert.Equal(name, KnownDatasets.Get(typed).Name);

    [Fact]
    public void Errors_name_what_there_is()
    {
        using var folder = new TestFolder();
        Assert.Contains(
            "CIFAR10, CIFAR100",
            Assert.Throws<NameNotFoundException>(() => KnownDatasets.Get("cifar")).Message,
            StringComparison.Ordinal
        );
        Assert.Contains(
            "Received: 'nowhere'",
            Assert.Throws<InvalidSettingException>(() => DatasetReader.Read("nowhere")).Message,
            StringComparison.Ordinal
        );
        var options = new ReadOptions { Places = new DatasetFolders(null, folder.Root, null), Download = false };
        Assert.Contains(
            folder.Root,
            Assert.Throws<DatasetUnavailableException>(() => DatasetReader.Read("MNIST", options)).Message,
            StringComparison.Ordinal
        );
        Assert.Throws<DatasetUnavailableException>(() => DatasetReader.Read("MNIST", options with { Path = folder.Root, Download = true }));
    }

    [Fact]
    public void Another_dataset_under_the_name_is_refused()
    {
        using var folder = new TestFolder();
        string archive = folder.File(["a.tar.gz"], Samples.Gzip(Samples.Tar(Samples.TarFile("train.bin", Samples.Cifar(3, 2)))));
        DataFormatException error = Assert.Throws<DataFormatException>(() =>
            DatasetReader.Read("CIFAR10", new ReadOptions { Path = archive })
        );
        Assert.Equal("Data.WrongDataset", error.ErrorId);
    }
}
