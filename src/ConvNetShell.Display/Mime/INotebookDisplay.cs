namespace ConvNetShell.Display.Mime;

/// <summary>A notebook's display, which the module finds in the session's variable <see cref="Variable"/>.</summary>
public interface INotebookDisplay
{
    /// <summary>The name of the variable.</summary>
    const string Variable = "ConvNetDisplay";

    /// <summary>Shows a bundle in the output of the present cell.</summary>
    /// <param name="bundle">What is shown; it is sent as it is.</param>
    /// <returns>The id for <see cref="Update"/>.</returns>
    string Show(MimeBundle bundle);

    /// <summary>Replaces what was shown under an id.</summary>
    /// <param name="id">The id from <see cref="Show"/>.</param>
    /// <param name="bundle">What is shown instead.</param>
    void Update(string id, MimeBundle bundle);
}
