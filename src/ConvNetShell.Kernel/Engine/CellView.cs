using ConvNetShell.Kernel.Output;

namespace ConvNetShell.Kernel.Engine;

/// <summary>The context in which the end of a cell's pipeline shows objects.</summary>
/// <param name="Output">Where it goes.</param>
/// <param name="UserInterface">Where the formatter writes.</param>
/// <param name="Scripts">The page's chart script.</param>
/// <param name="Display">Where figures are shown that change later.</param>
/// <param name="IsSilent">True where results are not shown.</param>
/// <param name="IsWidget">True for the script of a widget, whose results are not the last ones of a cell.</param>
internal sealed record CellView(
    CellOutput Output,
    CellUserInterface UserInterface,
    PageScript Scripts,
    NotebookDisplay Display,
    bool IsSilent,
    bool IsWidget = false
);
