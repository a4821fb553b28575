using System.Management.Automation;
using System.Management.Automation.Language;

namespace ConvNetShell.Kernel.Widgets;

/// <summary>The script block of a widget, and the session that it belongs to.</summary>
internal sealed record WidgetBlock(ScriptBlock Block, IBlockRunner Owner)
{
    /// <summary>
    /// Returns the block for a session. In another session than its own it is a copy, as a block runs on its own session's thread; the copy
    /// finds its lines in error messages, and no variables of a closure.
    /// </summary>
    public ScriptBlock For(IBlockRunner runner) => runner == Owner ? Block : Copy(Block);

    /// <summary>Returns a copy that belongs to no session yet.</summary>
    public static ScriptBlock Copy(ScriptBlock block) =>
        block.Ast switch
        {
            ScriptBlockAst script => script.GetScriptBlock(),
            FunctionDefinitionAst { Parameters: null } function => function.Body.GetScriptBlock(),
            _ => ScriptBlock.Create(block.ToString()), // function f($x) has its parameters outside of its body
        };
}
