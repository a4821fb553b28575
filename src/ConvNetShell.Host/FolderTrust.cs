using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace ConvNetShell.Host;

/// <summary>
/// Says whether other users could put programs into a folder: it, or a link on the way to it, belongs to somebody else than this user and
/// root, or everybody may rename what is in it. Linux only: elsewhere every folder passes.
/// </summary>
internal static partial class FolderTrust
{
    private const int WorkingFolder = -100, // AT_FDCWD
        NoFollow = 0x100, // AT_SYMLINK_NOFOLLOW
        StatusSize = 256, // struct statx, the same on every processor
        OwnerOffset = 20,
        ModeOffset = 28;
    private const uint BasicStatus = 0x7FF, // STATX_BASIC_STATS
        Root = 0;
    private const int Sticky = 0x200, // S_ISVTX
        OthersWrite = 2,
        KindMask = 0xF000,
        Link = 0xA000;

    /// <summary>Checks a folder and those between it and another.</summary>
    /// <param name="top">The first folder to check, such as the user's home.</param>
    /// <param name="below">The names from there on, one level each; those that do not exist are passed over.</param>
    /// <returns>The reason why it cannot be trusted; <see langword="null"/> where it can.</returns>
    public static string? Fault(string top, params ReadOnlySpan<string> below)
    {
        if (!OperatingSystem.IsLinux())
        {
            return null;
        }
        string folder = Path.GetFullPath(top);
        string? fault = Fault(folder);
        foreach (string name in below)
        {
            folder = Path.Combine(folder, name);
            fault ??= Fault(folder);
        }
        return fault;
    }

    private static string? Fault(string folder)
    {
        if (Status(folder, NoFollow) is not { } own)
        {
            return null;
        }
        bool isLink = (own.Mode & KindMask) == Link;
        if (!IsTrusted(own.Owner))
        {
            return $"{folder} is a {(isLink ? "link" : "folder")} of another user (number {own.Owner})";
        }
        if (!isLink)
        {
            return Open(folder, own.Mode);
        }
        return Status(folder, 0) is not { } target ? null
            : !IsTrusted(target.Owner) ? $"{folder} is a link to a folder of another user (number {target.Owner})"
            : Open(folder, target.Mode);
    }

    private static string? Open(string folder, int mode) =>
        (mode & OthersWrite) != 0 && (mode & Sticky) == 0 ? $"every user may write in {folder}" : null;

    private static bool IsTrusted(uint owner) => owner == Root || owner == User();

    private static (uint Owner, int Mode)? Status(string path, int flags)
    {
        byte[] status = new byte[StatusSize];
        return Status(WorkingFolder, path, flags, BasicStatus, status) != 0
            ? null // there is none, or this user cannot reach it: nothing is read from there
            : (
                BinaryPrimitives.ReadUInt32LittleEndian(status.AsSpan(OwnerOffset)),
                BinaryPrimitives.ReadUInt16LittleEndian(status.AsSpan(ModeOffset))
            );
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint User();

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Status(int folder, string path, int flags, uint mask, byte[] status);
}
