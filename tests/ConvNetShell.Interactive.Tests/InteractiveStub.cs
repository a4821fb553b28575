namespace Microsoft.DotNet.Interactive;

/// <summary>Stands for .NET Interactive's own type of this name, by which it is found: the cell that runs, and what it has shown.</summary>
public sealed class KernelInvocationContext(string code)
{
    /// <summary>Gets the cell that runs.</summary>
    public static KernelInvocationContext? Current { get; private set; }

    /// <summary>Gets what was asked for.</summary>
    public SubmitCode Command { get; } = new(code);

    internal List<DisplayedValue> Shown { get; } = [];

    /// <summary>A cell begins.</summary>
    internal static KernelInvocationContext Begin(string code) => Current = new KernelInvocationContext(code);
}

/// <summary>A cell's code.</summary>
public sealed class SubmitCode(string code)
{
    /// <summary>Gets the code.</summary>
    public string Code { get; } = code;
}

/// <summary>A place in the notebook.</summary>
public sealed class DisplayedValue(object value, string[] mimeTypes)
{
    /// <summary>Gets what it has shown, the latest last.</summary>
    public List<object> Values { get; } = [value];

    /// <summary>Gets the forms it shows.</summary>
    public IReadOnlyList<string> MimeTypes { get; } = mimeTypes;

    /// <summary>Shows something else in this place.</summary>
    public void Update(object updatedValue) => Values.Add(updatedValue);
}

/// <summary>Stands for .NET Interactive's own type of this name.</summary>
public static class KernelInvocationContextExtensions
{
    /// <summary>Shows something.</summary>
    public static DisplayedValue Display(this KernelInvocationContext context, object value, params string[] mimeTypes)
    {
        var place = new DisplayedValue(value, mimeTypes);
        context.Shown.Add(place);
        return place;
    }
}
