using System.Collections;
using System.Collections.ObjectModel;
using System.Management.Automation;
using System.Reflection;

namespace ConvNetShell.Cmdlets.Session;

/// <summary>
/// Shows PowerShell the properties of results as they are meant: to be read. C# marks them <c>init</c>, which PowerShell takes for
/// settable, so that
/// <c>$accuracy.Top1 = 1</c> would change a result. Lists of a type that only C#'s compiler knows come as one that PowerShell can index:
/// <c>$step.Products[0]</c> would give all of them.
/// </summary>
public sealed class ReadOnlyAdapter : PSPropertyAdapter
{
    private const BindingFlags Public = BindingFlags.Instance | BindingFlags.Public;

    /// <inheritdoc />
    public override Collection<PSAdaptedProperty> GetProperties(object baseObject) =>
        [.. baseObject.GetType().GetProperties(Public).Where(property => property.GetIndexParameters().Length == 0).Select(Adapted)];

    /// <inheritdoc />
    public override PSAdaptedProperty? GetProperty(object baseObject, string propertyName) =>
        baseObject.GetType().GetProperty(propertyName, Public | BindingFlags.IgnoreCase) is { } property ? Adapted(property) : null;

    /// <inheritdoc />
    public override bool IsGettable(PSAdaptedProperty adaptedProperty) => true;

    /// <inheritdoc />
    public override bool IsSettable(PSAdaptedProperty adaptedProperty) => false;

    /// <inheritdoc />
    public override object? GetPropertyValue(PSAdaptedProperty adaptedProperty) =>
        Of(adaptedProperty).GetValue(adaptedProperty.BaseObject) switch
        {
            IList { IsReadOnly: true } list when !list.GetType().IsVisible => Indexable(list),
            var value => value,
        };

    /// <inheritdoc />
    public override void SetPropertyValue(PSAdaptedProperty adaptedProperty, object value) =>
        throw new SetValueException($"'{adaptedProperty.Name}' is a read-only property: it is part of a result.");

    /// <inheritdoc />
    public override string GetPropertyTypeName(PSAdaptedProperty adaptedProperty) =>
        Of(adaptedProperty).PropertyType.FullName ?? typeof(object).FullName!;

    private static object Indexable(IList list)
    {
        Type item = list.GetType()
            .GetInterfaces()
            .Single(type => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>))
            .GenericTypeArguments[0];
        return Activator.CreateInstance(typeof(ReadOnlyCollection<>).MakeGenericType(item), list)!;
    }

    private static PSAdaptedProperty Adapted(PropertyInfo property) => new(property.Name, property);

    private static PropertyInfo Of(PSAdaptedProperty property) => (PropertyInfo)property.Tag;
}
