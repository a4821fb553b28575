using System.Text;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>Opens text files for the cmdlets that write them; what goes wrong ends the cmdlet with a record that names the file.</summary>
internal static class TextFiles
{
    public static StreamWriter OpenWriter(PSCmdlet cmdlet, string path, Encoding encoding, bool append, bool force, bool noClobber)
    {
        try
        {
            if (force && File.Exists(path))
            {
                File.SetAttributes(path, File.GetAttributes(path) & ~FileAttributes.ReadOnly);
            }

            FileMode mode = noClobber && !append ? FileMode.CreateNew : append ? FileMode.Append : FileMode.Create;
            return new StreamWriter(new FileStream(path, mode, FileAccess.Write, FileShare.ReadWrite), encoding);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            cmdlet.ThrowTerminatingError(new ErrorRecord(exception, "FileOpenFailure", ErrorCategory.OpenError, path));
            throw;
        }
    }
}
