using System.Globalization;
using System.Management.Automation;

namespace ConvNetShell.Host.Everyday;

/// <summary>What Measure-Object keeps while values pass by.</summary>
internal sealed class Tally
{
    private static readonly ValueComparer Comparer = new(caseSensitive: false);
    private double _squares;

    public int Count { get; private set; }

    public double Sum { get; private set; }

    public double Mean { get; private set; }

    public double StandardDeviation => Count > 1 ? Math.Sqrt(_squares / (Count - 1)) : 0;

    public object? Maximum { get; private set; }

    public object? Minimum { get; private set; }

    public int Lines { get; private set; }

    public int Words { get; private set; }

    public int Characters { get; private set; }

    /// <summary>Counts a value and, where asked, keeps it if it is the largest or smallest so far.</summary>
    public void AddValue(object value, bool extremes)
    {
        Count++;
        if (!extremes)
        {
            return;
        }

        object bare = value is PSObject { BaseObject: not PSCustomObject } wrapped ? wrapped.BaseObject : value;
        bare = Convert.GetTypeCode(bare) is >= TypeCode.SByte and <= TypeCode.Decimal ? Convert.ToDouble(bare, CultureInfo.InvariantCulture) : bare;
        Maximum = Count == 1 || Comparer.Compare(bare, Maximum) > 0 ? bare : Maximum;
        Minimum = Count == 1 || Comparer.Compare(bare, Minimum) < 0 ? bare : Minimum;
    }

    /// <summary>Adds a number that was counted; the running mean and squares (Welford) lose no digits over many values.</summary>
    public void AddNumber(double number)
    {
        Sum += number;
        double change = number - Mean;
        Mean += change / Count;
        _squares += change * (number - Mean);
    }

    public void AddText(string text)
    {
        Characters += text.Length;
        Words += text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
        Lines += text.Length == 0 ? 0 : text.TrimEnd('\n').Split('\n').Length;
    }
}
