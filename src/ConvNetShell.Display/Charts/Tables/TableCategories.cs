namespace ConvNetShell.Display.Charts.Tables;

/// <summary>The distinct values of an axis in order: numbers by size, words as they come.</summary>
internal sealed class TableCategories
{
    private readonly Dictionary<string, int> indexes = [];

    public TableCategories(IEnumerable<TableValue> values)
    {
        TableValue[] distinct = [.. values.DistinctBy(value => value.Text)];
        Names =
        [
            .. (
                Array.TrueForAll(distinct, value => value.IsNumber) ? distinct.OrderBy(value => value.Number) : distinct.AsEnumerable()
            ).Select(value => value.Text),
        ];
        foreach ((int index, string name) in Names.Index())
        {
            indexes.Add(name, index);
        }
    }

    /// <summary>Gets their names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Returns the index of a value.</summary>
    public int this[TableValue value] => indexes[value.Text];
}
