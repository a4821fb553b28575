using System.Globalization;
using System.Text;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Lets -Encoding take a name as pwsh has them (utf8, utf8BOM, ascii, unicode ...), a code page or an Encoding.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class TextEncodingAttribute : ArgumentTransformationAttribute
{
    /// <summary>UTF-8 without a byte order mark, as in pwsh.</summary>
    public static Encoding Default { get; } = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        object value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value switch
        {
            Encoding encoding => encoding,
            int page => Encoding.GetEncoding(page),
            string name => Named(name),
            _ => throw new ArgumentTransformationMetadataException($"An encoding is a name, a code page or an Encoding. Received: {value} ({value?.GetType().Name}).")
        };
    }

    private static Encoding Named(string name) => name.ToLower(CultureInfo.InvariantCulture) switch
    {
        "utf8" or "utf8nobom" or "default" or "oem" or "ansi" => Default,
        "utf8bom" => new UTF8Encoding(encoderShouldEmitUTF8Identifier: true),
        "ascii" => Encoding.ASCII,
        "unicode" or "string" => Encoding.Unicode,
        "bigendianunicode" => Encoding.BigEndianUnicode,
        "utf32" => Encoding.UTF32,
        "bigendianutf32" => new UTF32Encoding(bigEndian: true, byteOrderMark: true),
        _ => Unlisted(name),
    };

    private static Encoding Unlisted(string name)
    {
        try
        {
            return Encoding.GetEncoding(name);
        }
        catch (ArgumentException exception)
        {
            throw new ArgumentTransformationMetadataException($"The encoding is not known. Received: {name}.", exception);
        }
    }
}
