namespace ConvNetShell.Core.Data.Download;

/// <summary>One file of a known dataset, as its publisher offers it.</summary>
/// <param name="Name">The file's name.</param>
/// <param name="Bytes">Its length in bytes.</param>
/// <param name="Md5">The publisher's MD5 checksum, in lower-case hexadecimal.</param>
/// <param name="Addresses">Where it is to be had: the publisher first, then mirrors.</param>
internal sealed record KnownFile(string Name, long Bytes, string Md5, IReadOnlyList<Uri> Addresses);
