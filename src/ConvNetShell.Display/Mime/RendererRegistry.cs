namespace ConvNetShell.Display.Mime;

/// <summary>
/// Knows which renderer draws which record. A record takes the renderer of its own type, else of the nearest base or of an interface.
/// </summary>
public sealed class RendererRegistry
{
    private readonly Dictionary<Type, (Func<object, bool> Can, Func<object, RenderOptions, MimeBundle> Render)> renderers = [];

    /// <summary>Adds a renderer; a later one of the same type replaces it.</summary>
    /// <typeparam name="T">The record, or an interface of it.</typeparam>
    /// <param name="renderer">The renderer.</param>
    /// <returns>This registry.</returns>
    public RendererRegistry Add<T>(IRenderer<T> renderer)
        where T : notnull
    {
        ArgumentNullException.ThrowIfNull(renderer);
        renderers[typeof(T)] = (value => renderer.CanRender((T)value), (value, options) => renderer.Render((T)value, options));
        return this;
    }

    /// <summary>Returns whether there is a renderer for a record, and something to draw.</summary>
    /// <param name="value">The record.</param>
    /// <returns>Whether <see cref="Render"/> draws it.</returns>
    public bool CanRender(object value) => Find(value) is { } found && found.Can(value);

    /// <summary>Draws a record.</summary>
    /// <param name="value">The record.</param>
    /// <param name="options">How it is drawn; <see langword="null"/> for the usual way.</param>
    /// <returns>The record in one or more forms.</returns>
    /// <exception cref="ArgumentException">There is no renderer for it.</exception>
    public MimeBundle Render(object value, RenderOptions? options = null) =>
        (
            Find(value)
            ?? throw new ArgumentException($"Expected a record that has a renderer. Received: {value.GetType().FullName}.", nameof(value))
        ).Render(value, options ?? RenderOptions.Default);

    private (Func<object, bool> Can, Func<object, RenderOptions, MimeBundle> Render)? Find(object value)
    {
        ArgumentNullException.ThrowIfNull(value);
        for (Type? type = value.GetType(); type is not null; type = type.BaseType)
        {
            if (renderers.TryGetValue(type, out var found))
            {
                return found;
            }
        }
        return value
            .GetType()
            .GetInterfaces()
            .Where(renderers.ContainsKey)
            .Select(type => ((Func<object, bool>, Func<object, RenderOptions, MimeBundle>)?)renderers[type])
            .FirstOrDefault();
    }
}
