using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Runtime.InteropServices;
using ConvNetShell.Cmdlets.Errors;
using ConvNetShell.Core.Errors;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>The common part of the transformations of parameters.</summary>
internal static class Values
{
    /// <summary>Returns the object inside PowerShell's wrapper.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapper ? wrapper.BaseObject : value;

    /// <summary>Returns a value as text, a list with commas; numbers never follow the user's culture.</summary>
    public static string Text(object? value) =>
        Unwrap(value) switch
        {
            string text => text,
            IEnumerable list => string.Join(',', list.Cast<object?>().Select(Text)),
            var other => Convert.ToString(other, CultureInfo.InvariantCulture) ?? string.Empty,
        };

    /// <summary>Reads a value; an exception becomes PowerShell's error for the parameter.</summary>
    public static object Read(Func<object> read)
    {
        try
        {
            return read();
        }
        catch (ConvNetException error)
        {
            throw new ArgumentTransformationMetadataException(error.AtPrompt().Message, error);
        }
        catch (ExternalException error)
        {
            throw new ArgumentTransformationMetadataException(error.InOurWords(), error);
        }
    }
}
