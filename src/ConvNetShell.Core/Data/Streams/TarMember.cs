namespace ConvNetShell.Core.Data.Streams;

/// <summary>A file in a tar archive.</summary>
/// <param name="Name">Its path in the archive.</param>
/// <param name="Offset">Where its content begins, in bytes from the beginning of the archive.</param>
/// <param name="Length">The bytes of its content.</param>
internal readonly record struct TarMember(string Name, long Offset, long Length);
