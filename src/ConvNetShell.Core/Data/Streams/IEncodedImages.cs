namespace ConvNetShell.Core.Data.Streams;

/// <summary>
/// Image files as they are stored: in a folder, in a tar archive or in a column of a table. Any thread may read; what an implementation
/// keeps in memory is bounded, whatever the number of images.
/// </summary>
internal interface IEncodedImages
{
    /// <summary>Gets the number of images.</summary>
    int Count { get; }

    /// <summary>Returns the path of an image, for errors.</summary>
    /// <param name="index">The image, from 0.</param>
    string Path(int index);

    /// <summary>Returns the name of an image within the dataset: the same wherever the dataset is.</summary>
    /// <param name="index">The image, from 0.</param>
    string Name(int index);

    /// <summary>Returns the file of an image: PNG, JPEG, BMP or WebP.</summary>
    /// <param name="index">The image, from 0.</param>
    byte[] Bytes(int index);

    /// <summary>Returns the length of the file of an image.</summary>
    /// <param name="index">The image, from 0.</param>
    long Length(int index);

    /// <summary>Returns the shard of an image: images of a shard are read together at little cost. Numbers rise with the index.</summary>
    /// <param name="index">The image, from 0.</param>
    int Shard(int index);
}
