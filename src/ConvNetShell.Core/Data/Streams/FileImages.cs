using ConvNetShell.Core.Data.Images;

namespace ConvNetShell.Core.Data.Streams;

/// <summary>Image files in a folder. Each is a shard of its own: any order of reading costs the same.</summary>
/// <param name="root">The folder of the dataset.</param>
/// <param name="files">The full paths of the files.</param>
internal sealed class FileImages(string root, string[] files) : IEncodedImages
{
    /// <inheritdoc />
    public int Count => files.Length;

    /// <inheritdoc />
    public string Path(int index) => files[index];

    /// <inheritdoc />
    public string Name(int index) => System.IO.Path.GetRelativePath(root, files[index]).Replace('\\', '/');

    /// <inheritdoc />
    public byte[] Bytes(int index) => ImageFile.ReadBytes(files[index]);

    /// <inheritdoc />
    public long Length(int index) => DataFile.Guard(files[index], () => new FileInfo(files[index]).Length);

    /// <inheritdoc />
    public int Shard(int index) => index;
}
