using System.Reflection;
using System.Runtime.CompilerServices;

namespace ConvNetShell.Interactive.Tests;

/// <summary>Copies of records in which every name is one that would do something on a careless page.</summary>
internal static class HostileNames
{
    /// <summary>What a class, a file or a layer may be called: each part would set the page's title where it were markup.</summary>
    public const string Name =
        "<img src=x onerror=\"document.title='owned'\"></script><script>document.title='owned'</script>'\"><a href=\"javascript:void(0)\">";

    private const BindingFlags Fields = BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic;

    /// <summary>Returns a copy with all texts of a record and of what it holds replaced, but for those that name no thing.</summary>
    public static object In(object record) => Copy(record, new Dictionary<object, object>(ReferenceEqualityComparer.Instance));

    private static object Copy(object value, Dictionary<object, object> copies)
    {
        if (value is string text)
        {
            // Shapes and numbers are read again by what draws them.
            return text.Any(char.IsLetter) && !text.All(c => char.IsDigit(c) || c is 'x' or ' ' or '.' or '-') ? Name : text;
        }
        Type type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || value is Delegate or Type or decimal or DateTime or TimeSpan)
        {
            return value;
        }
        if (copies.TryGetValue(value, out object? known))
        {
            return known;
        }
        if (value is Array array)
        {
            var items = (Array)array.Clone();
            copies[value] = items;
            if (items.Rank == 1 && !type.GetElementType()!.IsPrimitive)
            {
                for (int i = 0; i < items.Length; i++)
                {
                    items.SetValue(items.GetValue(i) is { } item ? Copy(item, copies) : null, i);
                }
            }
            return items;
        }
        object copy = RuntimeHelpers.GetUninitializedObject(type);
        copies[value] = copy;
        for (Type? level = type; level is not null; level = level.BaseType)
        {
            foreach (FieldInfo field in level.GetFields(Fields | BindingFlags.DeclaredOnly))
            {
                object? part = field.GetValue(value);
                field.SetValue(copy, part is null ? null : Copy(part, copies));
            }
        }
        return copy;
    }
}
