using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Generated;
using ConvNetShell.Core.Data.Matches;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Data.Download;

/// <summary>
/// The datasets known by name: CIFAR10, CIFAR100, MNIST, FashionMNIST and the generated Shapes, MovingShapes, Signals,
/// Faces, Scenes and Matches.
/// </summary>
public static class KnownDatasets
{
    private const string Toronto = "https://www.cs.toronto.edu/~kriz/";
    private const string KrizhevskySource =
        "A. Krizhevsky: Learning Multiple Layers of Features from Tiny Images, 2009. "
        + "https://www.cs.toronto.edu/~kriz/cifar.html. No licence is stated; the author asks that the report be cited.";

    private static readonly string[] IdxMarkers =
    [
        "train-images-idx3-ubyte",
        "train-images-idx3-ubyte.gz",
        "train-images.idx3-ubyte",
        "train-images.idx3-ubyte.gz",
    ];

    /// <summary>Gets CIFAR-10: 60,000 color photographs of 32x32 pixels, 10 classes.</summary>
    public static KnownDataset Cifar10 { get; } =
        new()
        {
            Name = "CIFAR10",
            Files =
            [
                new(
                    "cifar-10-binary.tar.gz",
                    170_052_171,
                    "c32a1d4ab5d03f1284b67883e8d87530",
                    Addresses(
                        "cifar-10-binary.tar.gz",
                        Toronto,
                        "https://storage.googleapis.com/s4tf-hosted-binaries/datasets/CIFAR10/",
                        "https://mindspore-website.obs.cn-north-4.myhuaweicloud.com/notebook/datasets/"
                    )
                ),
            ],
            FolderNames = ["cifar10", "cifar10batchesbin", "cifar10binary", "cifar10jpeg", "cifar10images"],
            Markers = ["data_batch_1.bin", "cifar-10-binary.tar.gz"],
            Shape = new Shape(3, 32, 32),
            Classes = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"],
            TrainCount = 50_000,
            TestCount = 10_000,
            Source = KrizhevskySource,
            MayFlip = true,
            Shift = 2,
        };

    /// <summary>Gets CIFAR-100: 60,000 color photographs of 32x32 pixels, 100 fine classes in 20 coarse ones.</summary>
    public static KnownDataset Cifar100 { get; } =
        new()
        {
            Name = "CIFAR100",
            Files =
            [
                new(
                    "cifar-100-binary.tar.gz",
                    168_513_733,
                    "03b5dce01913d631647c71ecec9e9cb8",
                    Addresses("cifar-100-binary.tar.gz", Toronto)
                ),
            ],
            FolderNames = ["cifar100", "cifar100binary", "cifar100batchesbin"],
            Markers = ["train.bin", "cifar-100-binary.tar.gz"],
            Shape = new Shape(3, 32, 32),
            Classes = Cifar100Classes.Fine,
            TrainCount = 50_000,
            TestCount = 10_000,
            Source = KrizhevskySource,
            MayFlip = true,
            Shift = 2,
        };

    /// <summary>Gets MNIST: 70,000 handwritten digits of 28x28 grey pixels.</summary>
    public static KnownDataset Mnist { get; } =
        new()
        {
            Name = "MNIST",
            Files = IdxFiles(
                [
                    "https://ossci-datasets.s3.amazonaws.com/mnist/",
                    "https://storage.googleapis.com/cvdf-datasets/mnist/",
                    "http://yann.lecun.com/exdb/mnist/",
                ],
                (9_912_422, "f68b3c2dcbeaaa9fbdd348bbdeb94873"),
                (28_881, "d53e105ee54ea40749a09fcbcd1e9432"),
                (1_648_877, "9fb629c4189551a2d022fa330f9573f3"),
                (4_542, "ec29112dd5afa0611ce80d1b7f02629c")
            ),
            FolderNames = ["mnist"],
            Markers = IdxMarkers,
            SharesFileNames = true,
            Shape = new Shape(1, 28, 28),
            Classes = ["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"],
            TrainCount = 60_000,
            TestCount = 10_000,
            Source =
                "Y. LeCun, C. Cortes, C. Burges: The MNIST database of handwritten digits. http://yann.lecun.com/exdb/mnist/. "
                + "CC BY-SA 3.0.",
        };

    /// <summary>Gets Fashion-MNIST: 70,000 articles of clothing of 28x28 grey pixels.</summary>
    public static KnownDataset FashionMnist { get; } =
        new()
        {
            Name = "FashionMNIST",
            Files = IdxFiles(
                [
                    "http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/",
                    "https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/",
                ],
                (26_421_880, "8d4fb7e6c68d591d4c3dfef9ec88bf0d"),
                (29_515, "25c81989df183df01b3e8a0aad5dffbe"),
                (4_422_102, "bef4ecab320f06d8554ea6380940ec79"),
                (5_148, "bb300cfdad3c16e7a12a480ee83cd310")
            ),
            FolderNames = ["fashionmnist", "fashion"],
            Markers = IdxMarkers,
            SharesFileNames = true,
            Shape = new Shape(1, 28, 28),
            Classes = ["T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker", "Bag", "Ankle boot"],
            TrainCount = 60_000,
            TestCount = 10_000,
            Source = "H. Xiao, K. Rasul, R. Vollgraf: Fashion-MNIST, 2017. https://github.com/zalandoresearch/fashion-mnist. MIT.",
        };

    /// <summary>Gets Shapes: 12,000 drawn pictures of 32x32 pixels, made on this machine.</summary>
    public static KnownDataset Shapes { get; } =
        Made(
            "Shapes",
            new Shape(3, 32, 32),
            ShapesGenerator.ClassNames,
            ShapesGenerator.DefaultTrain,
            ShapesGenerator.DefaultTest,
            ShapesGenerator.Generate
        );

    /// <summary>
    /// Gets MovingShapes: 3,600 clips of 8 frames of 24x24 grey pixels, made on this machine; the kind of motion is the class.
    /// </summary>
    public static KnownDataset MovingShapes { get; } =
        Made(
            "MovingShapes",
            MovingShapesGenerator.Shape,
            MovingShapesGenerator.ClassNames,
            MovingShapesGenerator.DefaultTrain,
            MovingShapesGenerator.DefaultTest,
            MovingShapesGenerator.Generate
        );

    /// <summary>
    /// Gets Signals: 7,200 sequences of 64 values, made on this machine; rising, falling, of three repeating kinds, or noise.
    /// </summary>
    public static KnownDataset Signals { get; } =
        Made(
            "Signals",
            SignalsGenerator.Shape,
            SignalsGenerator.ClassNames,
            SignalsGenerator.DefaultTrain,
            SignalsGenerator.DefaultTest,
            SignalsGenerator.Generate
        );

    /// <summary>
    /// Gets Faces: 10,800 painted faces of 32x32 pixels, made on this machine; a class is a person, and the 20 people of Test, like the 20
    /// of Validation, are not among the 320 of Train.
    /// </summary>
    public static KnownDataset Faces { get; } =
        Made(
            "Faces",
            FacesGenerator.Shape,
            FacesGenerator.ClassNames,
            FacesGenerator.DefaultTrain,
            FacesGenerator.DefaultTest,
            FacesGenerator.Generate
        );

    /// <summary>
    /// Gets Scenes: 9,500 pictures of one to three objects with three captions each, made on this machine; half of Test shows pairs of
    /// color and shape that are not in Train.
    /// </summary>
    public static KnownDataset Scenes { get; } =
        Made(
            "Scenes",
            ScenesGenerator.Shape,
            ScenesGenerator.ClassNames,
            ScenesGenerator.DefaultTrain,
            ScenesGenerator.DefaultTest,
            ScenesGenerator.Generate
        );

    /// <summary>
    /// Gets Matches: 5,400 windows of matches, frames with sound, made on this machine; highlights show in the picture, in the sound, or
    /// in both.
    /// </summary>
    public static KnownDataset Matches { get; } =
        Made(
            "Matches",
            MatchFilm.Shape,
            MatchesGenerator.ClassNames,
            MatchesGenerator.DefaultTrain,
            MatchesGenerator.DefaultTest,
            MatchesGenerator.Generate
        );

    /// <summary>Gets all of them.</summary>
    public static IReadOnlyList<KnownDataset> All { get; } =
    [Cifar10, Cifar100, Mnist, FashionMnist, Shapes, MovingShapes, Signals, Faces, Scenes, Matches];

    /// <summary>Finds a dataset by name: case, hyphens, underscores and spaces do not matter.</summary>
    /// <param name="name">For example <c>cifar-10</c>.</param>
    /// <returns>The dataset, or <see langword="null"/> if none is called that.</returns>
    public static KnownDataset? Find(string name) => All.FirstOrDefault(known => Simplify(known.Name) == Simplify(name));

    /// <summary>Finds a dataset by name, or says which names there are.</summary>
    /// <param name="name">For example <c>cifar-10</c>.</param>
    /// <returns>The dataset.</returns>
    /// <exception cref="NameNotFoundException">None is called that.</exception>
    public static KnownDataset Get(string name) =>
        Find(name) ?? throw new NameNotFoundException("Dataset.NotFound", "A dataset's name", All.Select(known => known.Name), name);

    /// <summary>Lower case, without what people write differently.</summary>
    internal static string Simplify(string name) =>
        string.Concat(name.Where(letter => letter is not ('-' or '_' or ' '))).ToLowerInvariant();

    private static Uri[] Addresses(string file, params string[] folders) => [.. folders.Select(folder => new Uri(folder + file))];

    private static KnownDataset Made(
        string name,
        Shape shape,
        IReadOnlyList<string> classes,
        int train,
        int test,
        Func<int, int, long, CancellationToken, Dataset> generate
    ) =>
        new()
        {
            Name = name,
            Shape = shape,
            Classes = classes,
            TrainCount = train,
            TestCount = test,
            Source = "Generated by ConvNetShell. Free of rights.",
            Generate = generate,
        };

    private static KnownFile[] IdxFiles(string[] folders, params (long Bytes, string Md5)[] files)
    {
        string[] names =
        [
            "train-images-idx3-ubyte.gz",
            "train-labels-idx1-ubyte.gz",
            "t10k-images-idx3-ubyte.gz",
            "t10k-labels-idx1-ubyte.gz",
        ];
        return [.. names.Zip(files, (name, file) => new KnownFile(name, file.Bytes, file.Md5, Addresses(name, folders)))];
    }
}
