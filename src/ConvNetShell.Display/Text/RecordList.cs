using System.Collections.ObjectModel;
using System.Globalization;

namespace ConvNetShell.Display.Text;

/// <summary>A list that a prompt can index, and that is a word in a table of text: 12 epochs.</summary>
/// <typeparam name="T">The type of an item.</typeparam>
/// <param name="items">The items.</param>
/// <param name="noun">What one is.</param>
public sealed class RecordList<T>(IList<T> items, string noun) : ReadOnlyCollection<T>(items)
{
    /// <summary>Gets the number of items, as arrays have it.</summary>
    public int Length => Count;

    /// <summary>Says the number of items.</summary>
    /// <returns>For example <c>12 epochs</c>.</returns>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Count} {noun}{(Count == 1 ? string.Empty : "s")}");
}
