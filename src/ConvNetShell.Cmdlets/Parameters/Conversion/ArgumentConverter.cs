using System.Management.Automation;

namespace ConvNetShell.Cmdlets.Parameters.Conversion;

/// <summary>
/// Base of the conversions of arguments outside a cmdlet: casts in scripts, and the functions that Pester's Mock and ProxyCommand make,
/// which have a parameter's type but not its transformation.
/// </summary>
/// <param name="transformation">The transformation of the cmdlets' parameters.</param>
/// <param name="expected">What the argument can be, for errors.</param>
public abstract class ArgumentConverter(ArgumentTransformationAttribute transformation, string expected) : PSTypeConverter
{
    /// <inheritdoc />
    public override bool CanConvertFrom(object sourceValue, Type destinationType) => Values.Unwrap(sourceValue) is not null;

    /// <inheritdoc />
    public override object ConvertFrom(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase)
    {
        object? value;
        try
        {
            value = transformation.Transform(null!, sourceValue);
        }
        catch (ArgumentTransformationMetadataException error)
        {
            throw new PSInvalidCastException(error.Message, error);
        }
        return destinationType.IsInstanceOfType(value)
            ? value
            : throw new PSInvalidCastException($"Expected {expected}. Received: {Values.Unwrap(sourceValue)?.GetType().Name}.");
    }

    /// <inheritdoc />
    public override bool CanConvertTo(object sourceValue, Type destinationType) => false;

    /// <inheritdoc />
    public override object ConvertTo(object sourceValue, Type destinationType, IFormatProvider formatProvider, bool ignoreCase) =>
        throw new NotSupportedException();
}
