using System.Buffers.Binary;
using System.Text;

namespace ConvNetShell.Core.Compute.Native;

/// <summary>
/// The few parts of a 64-bit little-endian ELF library that decide which symbol versions it asks for.
/// Layouts: System V ABI, chapter 4, and the Linux Standard Base, "Symbol Versioning".
/// </summary>
internal sealed class ElfImage
{
    private const ushort WeakVersion = 2; // VER_FLG_WEAK
    private const int SymbolSize = 24;
    private readonly byte[] bytes;
    private readonly Dictionary<string, (int Offset, int Size, int Info)> sections = [];

    public ElfImage(byte[] bytes)
    {
        this.bytes = bytes;
        if (bytes.Length < 64 || !bytes.AsSpan(0, 6).SequenceEqual<byte>([0x7f, (byte)'E', (byte)'L', (byte)'F', 2, 1]))
        {
            throw new InvalidDataException("not a 64-bit little-endian ELF file");
        }
        Within(() =>
        {
            ReadSections();
            return 0;
        });
    }

    /// <summary>
    /// Marks a needed version as weak, so that the loader no longer refuses the library for lacking it, and lets every
    /// import that asks for this version point at another imported function instead.
    /// </summary>
    /// <param name="version">The version that the system lacks, for example GLIBCXX_3.4.32.</param>
    /// <param name="substitute">An imported function without arguments whose call does no harm.</param>
    /// <returns>The number of imports redirected.</returns>
    /// <exception cref="InvalidDataException">The library does not need the version, lacks the import, or is damaged.</exception>
    public int Relax(string version, string substitute) => Within(() => Redirect(version, substitute));

    private static int Within(Func<int> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is ArgumentOutOfRangeException or KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException("the ELF file is cut short or damaged", error);
        }
    }

    private int Redirect(string version, string substitute)
    {
        int versionIndex = MarkWeak(version);
        var (symbols, size, _) = sections[".dynsym"];
        int count = size / SymbolSize;
        int harmless = Enumerable.Range(1, count - 1).First(i => SymbolName(i) == substitute);
        int redirected = 0;
        for (int i = 1; i < count; i++)
        {
            if ((VersionOf(i) & 0x7fff) != versionIndex)
            {
                continue;
            }
            bytes.AsSpan(symbols + harmless * SymbolSize, 4).CopyTo(bytes.AsSpan(symbols + i * SymbolSize, 4)); // st_name
            BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(sections[".gnu.version"].Offset + i * 2), VersionOf(harmless));
            redirected++;
        }
        return redirected;
    }

    private int MarkWeak(string version)
    {
        var (offset, _, files) = sections[".gnu.version_r"];
        for (int need = offset, f = 0; f < files; f++)
        {
            int entry = need + Int32(need + 8); // vn_aux
            for (int a = 0; a < UInt16(need + 2); a++)
            {
                if (DynamicString(Int32(entry + 8)) == version)
                {
                    BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(entry + 4), (ushort)(UInt16(entry + 4) | WeakVersion));
                    return UInt16(entry + 6); // vna_other: the index symbols refer to
                }
                entry += Int32(entry + 12); // vna_next
            }
            need += Int32(need + 12); // vn_next
        }
        throw new InvalidDataException($"the library does not ask for {version}");
    }

    private void ReadSections()
    {
        int table = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(40));
        int entrySize = UInt16(58),
            count = UInt16(60),
            names = UInt16(62);
        int nameTable = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(table + names * entrySize + 24));
        for (int i = 0; i < count; i++)
        {
            int header = table + i * entrySize;
            int offset = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(header + 24));
            int size = (int)BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(header + 32));
            sections[Text(nameTable + Int32(header))] = (offset, size, Int32(header + 44));
        }
    }

    private ushort VersionOf(int symbol) => UInt16(sections[".gnu.version"].Offset + symbol * 2);

    private string SymbolName(int symbol) => DynamicString(Int32(sections[".dynsym"].Offset + symbol * SymbolSize));

    private string DynamicString(int offset) => Text(sections[".dynstr"].Offset + offset);

    private string Text(int offset) => Encoding.ASCII.GetString(bytes.AsSpan(offset, bytes.AsSpan(offset).IndexOf((byte)0)));

    private int Int32(int offset) => BinaryPrimitives.ReadInt32LittleEndian(bytes.AsSpan(offset));

    private ushort UInt16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(offset));
}
