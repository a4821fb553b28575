using System.Diagnostics;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Writers;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;
using SkiaSharp;

namespace ConvNetShell.Core.Tests.Data;

/// <summary>Folder names as people have them, and what else lies beside images.</summary>
public sealed class ClassFolderTests
{
    private static readonly byte[] Png = Samples.Picture(SKEncodedImageFormat.Png, 3, 3, SKColors.Red);

    [Fact]
    public void A_folder_whose_name_is_not_UTF8_is_named_and_skipped()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no such names.");
        using var folder = new TestFolder();
        folder.File(["cat", "1.png"], Png);
        folder.File(["dog", "1.png"], Png);
        Shell($"mkdir \"$(printf '{folder.Root}/bad\\377')\"");
        var warnings = new List<string>();
        Dataset data = DatasetReader.Read(folder.Root, new ReadOptions { Warn = warnings.Add });
        Shell($"rmdir '{folder.Root}'/bad*"); // .NET could not

        Assert.Equal(["cat", "dog"], data.Classes);
        Assert.Contains(
            warnings,
            text => text.Contains("bad", StringComparison.Ordinal) && text.Contains("UTF-8", StringComparison.Ordinal)
        );
    }

    private static void Shell(string command)
    {
        using var shell = Process.Start("sh", ["-c", command]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }

    [Fact]
    public void Classes_are_called_as_their_folders_are()
    {
        if (OperatingSystem.IsWindows())
        {
            return; // it has no such folders
        }
        string[] names =
        [
            " lead",
            "Carex sp.",
            "U.S.A.",
            "a?",
            "a_",
            "ratio 1:2",
            "a:b",
            "a_b",
            "a\"b",
            "a<b",
            "a*b",
            "a|b",
            "trail",
            "trail ",
            "trail  ",
            "trail.",
            " ",
            "_",
        ];
        using var folder = new TestFolder();
        for (int i = 0; i < names.Length; i++)
        {
            folder.File([names[i], "1.png"], Samples.Picture(SKEncodedImageFormat.Png, 3, 3, new SKColor((byte)(10 * i), 0, 0)));
        }
        Dataset data = DatasetReader.Read(folder.Root);
        Assert.Equal(names.Order(StringComparer.Ordinal), data.Classes);
        Assert.Equal(names.Length, data.Train.Count);
        Assert.All(
            Enumerable.Range(0, names.Length),
            i => Assert.Equal(10 * Array.IndexOf(names, data.Classes[data.Train.Labels[i]]), data.Train.Image(i)[0])
        );

        // and written under safe names they come back the same
        string copy = folder["copy"];
        DatasetWriter.Write(data, copy);
        Assert.All(
            Directory.GetDirectories(Path.Combine(copy, "train")),
            made => Assert.DoesNotMatch("""[:?"<*|]|^ |[ .]$""", Path.GetFileName(made))
        );
        Dataset back = DatasetReader.Read(copy);
        Assert.Equal(data.Classes, back.Classes);
        Assert.Equal(data.Train.Labels, back.Train.Labels);
        Assert.Equal(data.Train.PixelArray, back.Train.PixelArray);
    }

    [Theory]
    [InlineData("a?", "a_", "a_ (2)", "a_")]
    [InlineData("Cat", "cat", "Cat", "cat (2)")]
    [InlineData("nul", "con.x", "_nul", "_con.x")]
    [InlineData("..", ".git", "_", "git")]
    public void Only_names_that_are_written_are_made_safe(string first, string second, string one, string two) =>
        Assert.Equal([one, two], ClassNames.ToFolders([first, second]));

    [Fact]
    public void What_systems_leave_is_neither_a_class_nor_an_image()
    {
        using var folder = new TestFolder();
        folder.File(["train", "cat", "1.png"], Png);
        folder.File(["train", "cat", "._1.png"], [0, 5, 22, 7]);
        folder.File(["train", "cat", "Thumbs.db"], [1]);
        folder.File(["train", "dog", "1.png"], Png);
        folder.File(["train", "dog", "@eaDir", "1.png"], Png);
        folder.File(["train", "__MACOSX", "cat", "._1.png"], [0, 5, 22, 7]);
        folder.File(["train", ".ipynb_checkpoints", "1.png"], Png);
        folder.File(["__MACOSX", "train", "cat", "1.png"], Png);
        List<string> warnings = [],
            notes = [];
        Dataset data = DatasetReader.ReadPath(folder.Root, new ReadOptions { Warn = warnings.Add, Note = notes.Add });
        Assert.Equal(["cat", "dog"], data.Classes);
        Assert.Equal([0, 1], data.Train.Labels);
        Assert.Empty(warnings);
        Assert.Contains(
            ".ipynb_checkpoints, @eaDir, Thumbs.db, __MACOSX",
            Assert.Single(notes).Replace("._1.png, ", ""),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Images_in_sub_folders_of_a_class_are_its_images()
    {
        using var folder = new TestFolder();
        folder.File(["cat", "indoors", "1.png"], Png);
        folder.File(["cat", "outdoors", "night", "1.png"], Png);
        folder.File(["dog", "indoors", "1.png"], Png);
        Assert.Equal([0, 0, 1], DatasetReader.Read(folder.Root).Train.Labels);
        folder.File(["cat", "0.png"], Png); // and beside them
        Assert.Equal([0, 0, 0, 1], DatasetReader.Read(folder.Root).Train.Labels);
    }

    [Fact]
    public void A_dataset_in_the_only_sub_folder_is_still_found()
    {
        using var folder = new TestFolder();
        folder.File(["photos", "cat", "1.png"], Png);
        folder.File(["photos", "dog", "1.png"], Png);
        folder.File(["__MACOSX", "cat", "1.png"], Png);
        Assert.Equal(("photos", 2), (DatasetReader.Read(folder.Root).Name, DatasetReader.Read(folder.Root).Classes.Count));
        folder.File(["other", "train", "a", "1.png"], Png);
        Assert.Contains("expected one dataset", Error(folder.Root), StringComparison.Ordinal);
    }

    [Fact]
    public void The_error_names_the_endings_that_are_read()
    {
        using var folder = new TestFolder();
        folder.File(["cat", "1.tif"], [1]);
        folder.File(["dog", "1.GIF"], [1]);
        string error = Error(folder.Root);
        Assert.Contains(".png, .jpg, .jpeg, .bmp, .webp", error, StringComparison.Ordinal);
        Assert.Contains("Received: files with .gif, .tif", error, StringComparison.Ordinal);
        folder.File(["cat", "1.png"], Png);
        var warnings = new List<string>();
        Assert.Equal(1, DatasetReader.ReadPath(folder.Root, new ReadOptions { Warn = warnings.Add }).Train.Count);
        Assert.All(
            warnings.Where(text => text.Contains(".tif", StringComparison.Ordinal)),
            text => Assert.Contains(".png", text, StringComparison.Ordinal)
        );
    }

    [Fact]
    public void One_class_only_is_said()
    {
        using var folder = new TestFolder();
        folder.File(["cat", "1.png"], Png);
        var warnings = new List<string>();
        DatasetReader.ReadPath(folder.Root, new ReadOptions { Warn = warnings.Add });
        Assert.Contains("one class only, 'cat'", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_only_image_of_a_class_stays_in_train()
    {
        DatasetSplit train = new("Train", new Shape(1, 1, 1), [1, 2, 3, 4, 5], [0, 1, 1, 1, 1]);
        for (int seed = 0; seed < 20; seed++)
        {
            (DatasetSplit remaining, DatasetSplit heldOut) = DatasetSplitter.HoldOut(train, 0.4, seed);
            Assert.Equal((3, 2), (remaining.Count, heldOut.Count));
            Assert.Contains(0, remaining.Labels);
        }
        Assert.Throws<InvalidSettingException>(() => DatasetSplitter.HoldOut(train.Take([0, 1]), 0.5, 0));
        var data = new Dataset("Tiny", "test", ["a", "b", "c"], train).WithValidation(0.4);
        Assert.Equal(
            ["Train of Tiny has no image of c.", "Validation of Tiny has no image of a, c. The only image of a stays in Train."],
            SplitWarnings.Of(data, data.Train, data.Validation)
        );
    }

    [Fact]
    public void Both_shares_that_are_held_out_are_shares_of_all()
    {
        var all = new DatasetSplit("Train", new Shape(1, 1, 1), new byte[100], [.. Enumerable.Range(0, 100).Select(i => i % 5)]);
        Dataset data = new Dataset("Tiny", "test", ["a", "b", "c", "d", "e"], all).HoldOut(0.2, 0.1, 0);
        Assert.Equal((70, 10, 20), (data.Train.Count, data.Validation!.Count, data.Test!.Count));
        Assert.Throws<InvalidSettingException>(() => new Dataset("Tiny", "test", ["a", "b", "c", "d", "e"], all).HoldOut(0.6, 0.4, 0));
    }

    private static string Error(string root) => Assert.Throws<DataFormatException>(() => DatasetReader.Read(root)).Message;
}
