namespace ConvNetShell.Core.Data.Download;

/// <summary>Describes the files of known datasets.</summary>
internal static class KnownFiles
{
    /// <summary>Returns the addresses of a file in the folders of a publisher and of mirrors.</summary>
    /// <param name="file">The file's name.</param>
    /// <param name="folders">The folders, each with a slash at its end.</param>
    public static Uri[] Addresses(string file, params string[] folders) => [.. folders.Select(folder => new Uri(folder + file))];

    /// <summary>Returns the four files of a dataset in MNIST's format.</summary>
    /// <param name="folders">Where they are to be had.</param>
    /// <param name="files">The length and the checksum of each: images and labels of Train, then of Test.</param>
    public static KnownFile[] Idx(string[] folders, params (long Bytes, string Md5)[] files)
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
