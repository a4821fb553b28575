using System.Reflection;

namespace ConvNetShell.Architecture.Tests;

/// <summary>
/// The folders inside a project are layers: a folder uses only those above it in the list, so no two use each other. What counts is the
/// compiled code: base types, fields,
/// signatures, local variables, attributes, and every type, method and field that an instruction names.
/// </summary>
public sealed class LayerTests
{
    private const int MostFiles = 20;

    private static readonly Dictionary<string, string[]> Layers = new()
    {
        ["ConvNetShell.Core"] =
        [
            "Errors",
            "Numerics",
            "Compute.Native",
            "Compute",
            "Storage",
            "Storage.Hdf5",
            "Data.Augmentations",
            "Data.Datasets",
            "Data.Captions",
            "Data.Images",
            "Data.Streams",
            "Data.Tables",
            "Data.Arrays",
            "Data.Measures",
            "Data.Parquet",
            "Data.Generated",
            "Data.Matches",
            "Data.Download",
            "Data.Formats",
            "Data.Films",
            "Data.Writers",
            "Data.Batches",
            "Layers.Windows",
            "Layers.Initializers",
            "Layers",
            "Layers.Convolution",
            "Layers.Pooling",
            "Layers.Normalization",
            "Layers.Dense",
            "Layers.Recurrent",
            "Layers.Captions",
            "Layers.Streams",
            "Layers.Activation",
            "Layers.Chains",
            "Layers.Blocks",
            "Layers.Spec",
            "Networks.Placement",
            "Networks.Direct",
            "Networks",
            "Networks.Editing",
            "Networks.Storage",
            "Inference.Metrics",
            "Inference",
            "Training.Settings",
            "Training.Losses",
            "Training.Optimizers",
            "Training.Schedules",
            "Training.Runs",
            "Training.Callbacks",
            "Training.Checkpoints",
            "Training.Storage",
            "Training.TensorBoard",
            "Training.Loop",
            "Presets",
            "Profiling",
            "Applications.Embeddings",
            "Applications.Captions",
            "Applications.Highlights",
            "Operators",
            "Understanding.Attribution",
            "Understanding.Traces",
            "Understanding.Activations",
            "Understanding.Comparison",
            "Applications.Lecture",
            "Sweeps.Search",
            "Sweeps.Pruning",
            "Sweeps.Storage",
            "Sweeps.Workers",
            "Interop.Formats",
            "Interop.Cnsh",
            "Interop.SafeTensors",
            "Interop.Pickle",
            "Interop.Keras",
            "Interop.ConvNetJS",
            "Interop.NetworkCode",
            "Interop.Onnx",
            "Interop",
            "Sweeps.Slurm",
            "Sweeps.Analysis",
        ],
        ["ConvNetShell.FusedKernels"] =
        [
            "Jit",
            "Numbers",
            "",
            "Vectors",
            "Normalization",
            "Recurrent",
            "Winograd.Tiles",
            "Winograd",
            "Direct.Planes",
            "Columns",
            "Direct.Steps",
            "Direct",
            "Chains",
        ],
        ["ConvNetShell.Display"] =
        [
            "Errors",
            "Files",
            "Mime",
            "Text",
            "Pictures",
            "Charts",
            "Charts.Tables",
            "Records.Data",
            "Records.Embeddings",
            "Records.Captions",
            "Records.Highlights",
            "Records.Networks",
            "Records.Training",
            "Records.Evaluation",
            "Records.Traces",
            "Records.Understanding",
            "Records.Operators",
            "Records.Sweeps",
        ],
        ["ConvNetShell.Rendering"] = ["Drawing", "Pictures", "Charts", "Terminal", "Records", "Records.Paths", "Records.Predictions", ""],
        ["ConvNetShell.Kernel"] =
        [
            "Wire.Zmtp",
            "Wire",
            "Spec",
            "Output",
            "Widgets",
            "Breakpoints",
            "Engine",
            "Messaging",
            "Shells",
            "Debugging",
            "Notebooks",
            "",
            "Client",
            "Commands",
        ],
        ["ConvNetShell.Cmdlets"] =
        [
            "Errors",
            "Parameters.Conversion",
            "Parameters.Layers",
            "Session",
            "Session.Sweeps",
            "Session.Figures",
            "Session.Lecture",
            "Parameters.Sources",
            "Parameters.Completion",
            "Abstractions",
            "Abstractions.Operators",
            "Abstractions.Splits",
            "Commands.Build",
            "Commands.Data",
            "Commands.Training",
            "Commands.Evaluation",
            "Commands.Applications",
            "Commands.Understanding",
            "Commands.Operators",
            "Commands.Show",
            "Commands.Sweeps",
            "Commands.Interop",
        ],
    };

    public static TheoryData<string> Assemblies => [.. Layers.Keys];

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_folder_uses_only_those_above_it(string assembly)
    {
        string[] order = Layers[assembly];
        string[] wrong =
        [
            .. from use in CompiledUses.Of(CompiledMethod.Load(assembly)).Distinct()
            let user = Folder(assembly, use.User)
            let used = Folder(assembly, use.Used)
            where Array.IndexOf(order, used) > Array.IndexOf(order, user)
            select $"{user}/{use.User.Name} uses {used}/{use.Used.Name}",
        ];

        Assert.True(wrong.Length == 0, string.Join('\n', wrong.Distinct().Order()));
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void Every_folder_is_in_the_list(string assembly)
    {
        string root = Path.Combine(BuiltAssembly.Root, "src", assembly);
        string[] folders =
        [
            .. Directory
                .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Select(file =>
                    Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.').TrimStart('.')
                )
                .Where(folder => folder.Split('.')[0] is not ("bin" or "obj"))
                .Distinct(),
        ];

        Assert.Equal(Layers[assembly].Order(), folders.Order());
    }

    [Theory]
    [MemberData(nameof(Assemblies))]
    public void A_folder_has_at_most_20_files(string assembly)
    {
        string root = Path.Combine(BuiltAssembly.Root, "src", assembly);

        Assert.All(
            Layers[assembly].Select(folder => Path.Combine(root, folder.Replace('.', Path.DirectorySeparatorChar))),
            folder => Assert.True(Directory.GetFiles(folder, "*.cs") is { Length: > 0 and <= MostFiles }, folder)
        );
    }

    [Fact]
    public void A_namespace_is_its_folder()
    {
        foreach (string assembly in Layers.Keys)
        {
            string root = Path.Combine(BuiltAssembly.Root, "src", assembly);
            ILookup<string, string> files = Directory
                .EnumerateFiles(root, "*.cs", SearchOption.AllDirectories)
                .Where(file => Path.GetRelativePath(root, file).Split(Path.DirectorySeparatorChar)[0] is not ("bin" or "obj"))
                .ToLookup( // a partial type may have several files
                    file => Path.GetFileName(file).Split('.')[0],
                    file =>
                        Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace(Path.DirectorySeparatorChar, '.').TrimStart('.')
                );

            Assert.All(
                CompiledMethod.Load(assembly).GetTypes().Where(type => !type.IsNested && files.Contains(type.Name.Split('`')[0])),
                type => Assert.All(files[type.Name.Split('`')[0]], folder => Assert.Equal(folder, Folder(assembly, type)))
            );
        }
    }

    [Fact]
    public void A_use_in_an_instruction_a_signature_and_a_lambda_is_seen()
    {
        (Type User, Type Used)[] uses = [.. CompiledUses.Of(typeof(LayerTests).Assembly)];

        Assert.Contains((typeof(UsesSample), typeof(BuiltAssembly)), uses); // the body of a lambda
        Assert.Contains((typeof(UsesSample), typeof(SourceTests)), uses); // an argument of a generic type
        Assert.Contains((typeof(UsesSample), typeof(NativeNumberTests)), uses); // typeof
        Assert.DoesNotContain((typeof(UsesSample), typeof(ReferenceTests)), uses);
    }

    private static string Folder(string assembly, Type type) =>
        (type.Namespace ?? string.Empty) == assembly ? string.Empty : (type.Namespace ?? string.Empty)[(assembly.Length + 1)..];
}
