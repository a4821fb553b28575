using System.Text;
using ConvNetShell.Core.Data.Captions;
using ConvNetShell.Core.Data.Datasets;
using ConvNetShell.Core.Data.Formats;
using ConvNetShell.Core.Data.Images;
using ConvNetShell.Core.Errors;
using ConvNetShell.Core.Numerics;

namespace ConvNetShell.Core.Tests.Data;

/// <summary>Tables beside images: captions and attributes of one's own pictures.</summary>
public sealed class SampleTableTests : IDisposable
{
    private readonly TestFolder folder = new();
    private readonly List<string> warnings = [];

    public void Dispose() => folder.Dispose();

    [Fact]
    public void Metadata_in_commas_gives_captions_and_attributes_of_images_beside_it()
    {
        Image("a.png");
        Image("b.png");
        Write("metadata.csv", "file_name,text,Skin\r\nb.png,\"Two dogs, \"\"old\"\" ones.\",dark\r\na.png,a cat,light\r\n");

        Dataset read = Read();

        Assert.Equal(["images"], read.Classes);
        Assert.Equal(
            [
                ["a cat"],
                ["Two dogs, \"old\" ones."],
            ],
            SampleCaptions.Of(read.Train)
        );
        Assert.Equal("dark", read.Train.Attributes.Of(1)["skin"]);
        Assert.Empty(warnings);
    }

    [Fact]
    public void Captions_as_Flickr8k_has_them_are_several_rows_an_image_in_another_folder()
    {
        Image("Images", "1.png");
        Image("Images", "2.png");
        Write("captions.txt", "image,caption\n1.png,A child in a pink dress .\n1.png,A girl .\n2.png,A dog\n");

        Dataset read = Read();

        Assert.Equal(
            [
                ["A child in a pink dress .", "A girl ."],
                ["A dog", "A dog"],
            ],
            SampleCaptions.Of(read.Train)
        );
        Assert.Empty(warnings);
    }

    [Fact]
    public void Lines_of_json_describe_each_split_and_its_classes()
    {
        Image("train", "cat", "1.png");
        Image("train", "dog", "1.png");
        Image("test", "dog", "1.png");
        Write(
            "train/metadata.jsonl",
            "{\"file_name\":\"cat/1.png\",\"captions\":[\"one\",\"two\"],\"age\":3}\n\n{\"file_name\":\"dog/1.png\",\"text\":\"three\"}\n"
        );
        Write("test/metadata.jsonl", "{\"file_name\":\"dog/1.png\",\"text\":\"four\",\"age\":null}\n");

        Dataset read = Read();

        Assert.Equal(["cat", "dog"], read.Classes);
        Assert.Equal(
            [
                ["one", "two"],
                ["three", "three"],
            ],
            SampleCaptions.Of(read.Train)
        );
        Assert.Equal(
            [
                ["four"],
            ],
            SampleCaptions.Of(read.Test!)
        );
        Assert.Equal("3", read.Train.Attributes.Of(0)["age"]);
        Assert.Equal(string.Empty, read.Train.Attributes.Of(1)["age"]);
    }

    [Fact]
    public void Rows_and_images_that_do_not_meet_are_warnings()
    {
        Image("cat", "1.png");
        Image("dog", "2.png");
        Write("metadata.csv", "file_name,age\ncat/1.png,3\ncat/9.png,4\n");

        Dataset read = Read();

        Assert.Equal(string.Empty, read.Train.Attributes.Of(1)["age"]);
        Assert.Equal(2, warnings.Count);
        Assert.Contains("1 of 2 images have no row there, as " + folder["dog", "2.png"], warnings[0], StringComparison.Ordinal);
        Assert.Contains("1 of 2 rows name no image that was read, as cat/9.png", warnings[1], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("metadata.csv", "file_name,text\n1.png,a cat\n", "Data.CountMismatch", "a caption for each image of Train")]
    [InlineData("metadata.csv", "name,text\n1.png,a cat\n", "Data.MissingColumn", "a column file_name (or image, file, filename)")]
    [InlineData("metadata.csv", "file_name,text\n", "Data.Empty", "a row for each image")]
    [InlineData("metadata.csv", "file_name,text\n1.png,\"a cat", "Data.BrokenTable", "comma-separated texts")]
    [InlineData("metadata.jsonl", "{\"file_name\":\"1.png\"}\n[1]\n", "Data.BrokenTable", "a JSON object in each line. Received, in row 2")]
    [InlineData("metadata.jsonl", "{\"file_name\":\"1.png\"\n", "Data.BrokenTable", "Received, in row 1")]
    public void A_table_that_is_wrong_is_named(string file, string text, string id, string words)
    {
        Image("1.png");
        Image("2.png");
        Write(file, text);

        DataFormatException error = Assert.Throws<DataFormatException>(Read);

        Assert.Equal(id, error.ErrorId);
        Assert.Contains(words, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_of_another_program_beside_classes_is_a_warning()
    {
        Image("cat", "1.png");
        Image("dog", "2.png");
        Write("metadata.csv", "id,site\n1,back\n");

        Assert.Empty(Read().Train.Attributes.Names);
        Assert.EndsWith("Received: id, site. The file is not used.", Assert.Single(warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void Control_characters_of_a_table_are_shown_and_steer_no_terminal()
    {
        Image("1.png");
        Write("metadata.jsonl", "{\"file_name\":\"1.png\",\"text\":\"a\\u001b[31m\\ncat\",\"a\\u0007ge\":\"3\\u009b\"}");

        IReadOnlyDictionary<string, string> known = Read().Train.Attributes.Of(0);

        Assert.Equal("a\u241b[31m cat", known["Caption"]);
        Assert.DoesNotContain(known.SelectMany(pair => pair.Key + pair.Value), char.IsControl);
    }

    [Fact]
    public void Captions_are_known_where_images_are_streamed()
    {
        Image("1.png");
        Write("captions.csv", "image,caption\n1.png,a cat\n");

        Dataset read = DatasetReader.Read(folder.Root, new ReadOptions { Stream = true });

        Assert.True(read.Train.IsStreamed);
        Assert.Equal(
            [
                ["a cat"],
            ],
            SampleCaptions.Of(read.Train)
        );
    }

    private Dataset Read() => DatasetReader.Read(folder.Root, new ReadOptions { Warn = warnings.Add });

    private void Image(params string[] path) => folder.File(path, PngFile.Encode(new byte[4 * 4 * 3], new Shape(3, 4, 4)));

    private void Write(string path, string text) => folder.File(path.Split('/'), Encoding.UTF8.GetBytes(text));
}
