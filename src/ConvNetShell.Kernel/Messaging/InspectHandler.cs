using System.Management.Automation;
using System.Management.Automation.Language;
using System.Text.Json.Nodes;
using ConvNetShell.Display.Mime;
using ConvNetShell.Kernel.Engine;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Messaging;

/// <summary>
/// Describes the code at the cursor: a command's synopsis and syntax, a parameter's text, a variable's value, a type's members, a member of
/// a variable or a type. Nothing is called: a member behind a call is not described.
/// </summary>
internal sealed class InspectHandler(FrontEnd frontEnd, CellSession session) : IRequestHandler
{
    private const string CommandScript = """
        param($name, $detailed)
        $command = Get-Command -Name $name -ErrorAction Stop | Select-Object -First 1
        if ($command.CommandType -eq 'Alias') {
            "$($command.Name) is an alias of $($command.Definition)"; ''
            $command = $command.ResolvedCommand
        }
        $help = try { Get-Help -Name $command.Name -ErrorAction Stop } catch { $null }
        $synopsis = "$($help.Synopsis)".Trim()
        if ($synopsis -and -not $synopsis.StartsWith($command.Name)) { $synopsis; '' }
        (Get-Command -Name $command.Name -Syntax | Out-String).Trim()
        if ($detailed -and $help) { ''; ($help.description | ForEach-Object { $_.Text } | Out-String).Trim() }
        """;

    private const string ParameterScript = """
        param($name, $parameter)
        $command = Get-Command -Name $name -ErrorAction Stop | Select-Object -First 1
        if ($command.CommandType -eq 'Alias') { $command = $command.ResolvedCommand }
        $found = $command.ResolveParameter($parameter)
        "-$($found.Name) <$($found.ParameterType.Name)>"
        $help = try { Get-Help -Name $command.Name -Parameter $found.Name -ErrorAction Stop } catch { $null }
        $help.description | ForEach-Object { $_.Text }
        """;

    private const string VariableScript = """
        param($name)
        $value = Get-Variable -Name $name -ValueOnly -Scope Global -ErrorAction Stop
        if ($null -eq $value) { '$null' } else { "[$($value.GetType().FullName)]"; ($value | Select-Object -First 20 | Out-String).Trim() }
        """;

    private const string TypeScript = """
        param($name)
        $type = [type]$name
        $type.FullName
        $type.GetMembers() | ForEach-Object { "$_" } | Select-Object -Unique -First 40
        """;

    private const string MemberScript = """
        param($owner, $name, $isStatic)
        $value = & ([scriptblock]::Create($owner))
        if ($null -eq $value) { return }
        foreach ($member in Get-Member -InputObject $value -Name ([wildcardpattern]::Escape($name)) -Static:$isStatic) {
            "$($member.Definition)".Replace('), ', ")`n")
            if ($member.MemberType -like '*Property' -and -not $isStatic) { ($value.$name | Select-Object -First 20 | Out-String).Trim() }
        }
        """;

    /// <inheritdoc/>
    public string RequestType => "inspect_request";

    /// <inheritdoc/>
    public void Handle(WireMessage request)
    {
        string code = request.Text("code");
        int cursor = CodePoints.ToIndex(code, request.Number("cursor_pos", int.MaxValue));
        string text = Describe(code, cursor, request.Number("detail_level", 0) > 0);
        JsonObject reply = Reply.Ok();
        reply["found"] = text.Length > 0;
        reply["data"] = text.Length > 0 ? new JsonObject { [MimeBundle.PlainText] = text } : new JsonObject();
        reply["metadata"] = new JsonObject();
        frontEnd.Reply(request, "inspect_reply", reply);
    }

    private string Describe(string code, int cursor, bool detailed)
    {
        Ast script = Parser.ParseInput(code, out _, out _);
        // The innermost element that contains the cursor or ends at it.
        Ast? at = script
            .FindAll(ast => ast.Extent.StartOffset <= cursor && cursor <= ast.Extent.EndOffset, searchNestedScriptBlocks: true)
            .Where(ast =>
                ast is CommandAst or CommandParameterAst or VariableExpressionAst or TypeExpressionAst or TypeConstraintAst
                || (ast is MemberExpressionAst member && member.Expression.Extent.EndOffset < cursor)
            )
            .MinBy(ast => ast.Extent.EndOffset - ast.Extent.StartOffset);
        try
        {
            return string.Join(
                    '\n',
                    at switch
                    {
                        MemberExpressionAst { Member: StringConstantExpressionAst name } member when CallsNothing(member.Expression) =>
                            session.Collect(MemberScript, member.Expression.Extent.Text, name.Value, member.Static),
                        VariableExpressionAst variable => session.Collect(VariableScript, variable.VariablePath.UserPath),
                        TypeExpressionAst type => session.Collect(TypeScript, type.TypeName.FullName),
                        TypeConstraintAst type => session.Collect(TypeScript, type.TypeName.FullName),
                        CommandParameterAst { Parent: CommandAst command } parameter => session.Collect(
                            ParameterScript,
                            command.GetCommandName(),
                            parameter.ParameterName
                        ),
                        CommandAst command => session.Collect(CommandScript, command.GetCommandName(), detailed),
                        _ => [],
                    }
                )
                .Trim();
        }
        catch (RuntimeException)
        {
            return string.Empty;
        }
    }

    private static bool CallsNothing(ExpressionAst expression) =>
        expression switch
        {
            VariableExpressionAst or TypeExpressionAst => true,
            InvokeMemberExpressionAst => false,
            MemberExpressionAst { Member: StringConstantExpressionAst } member => CallsNothing(member.Expression),
            IndexExpressionAst { Index: ConstantExpressionAst } index => CallsNothing(index.Target),
            _ => false,
        };
}
