# Loads the cmdlets into their own AssemblyLoadContext and exports them.
# libtorch is opened when the first network or tensor is made, not here.

if ($ExecutionContext.SessionState.LanguageMode -ne 'FullLanguage') {
    throw "ConvNetShell needs a session in FullLanguage mode, as it loads .NET assemblies. Received: $($ExecutionContext.SessionState.LanguageMode)."
}
if ([System.Environment]::Version.Major -lt 10) {
    throw "ConvNetShell needs .NET 10, which PowerShell 7.6 and later run on. Received: PowerShell $($PSVersionTable.PSVersion) on .NET $([System.Environment]::Version)."
}

$bin = [System.IO.Path]::Combine($PSScriptRoot, 'bin')
$loader = [System.IO.Path]::Combine($bin, 'ConvNetShell.Loader.dll')
if (-not [System.IO.File]::Exists($loader)) {
    throw "ConvNetShell is not built: expected '$loader'. Run: dotnet build ConvNetShell.sln -c Release"
}
$null = [System.Reflection.Assembly]::LoadFrom($loader) # the same one, if it is loaded

$isReload = [ConvNetShell.Loader.ModuleLoadContext]::IsInitialized
$inner = Import-Module -Assembly ([ConvNetShell.Loader.ModuleLoadContext]::Initialize()) -Force:$isReload -PassThru

if ($isReload) {
    # PowerShell/PowerShell#20710: importing a loaded binary module again exports nothing from the script module around it, and forgets where its help is.
    $addExportedCmdlet = [System.Management.Automation.PSModuleInfo].GetMethod(
        'AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
    $helpFile = [System.Management.Automation.CmdletInfo].GetProperty('HelpFile')
    foreach ($module in $inner) {
        foreach ($cmdlet in $module.ExportedCmdlets.Values) {
            $helpFile.SetValue($cmdlet, [System.IO.Path]::Combine($bin, 'en-US', [System.IO.Path]::GetFileName($cmdlet.HelpFile)))
            $addExportedCmdlet.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
        }
    }
}

# Scripts may name the module's types, until the module is removed.
$named = foreach ($name in 'ConvNetShell.Core', 'ConvNetShell.Display') { [ConvNetShell.Loader.ModuleLoadContext]::Beside($name) }
[ConvNetShell.Loader.TypeNames]::Add($named)
$ExecutionContext.SessionState.Module.OnRemove = { [ConvNetShell.Loader.TypeNames]::Remove($named) }

if ([ConvNetShell.Loader.ModuleLoadContext]::HasFormatter -and -not $global:ConvNetDisplay) {
    # The PowerShell kernel of .NET Interactive: objects draw themselves there, and charts change in place.
    $extension = [ConvNetShell.Loader.ModuleLoadContext]::Beside('ConvNetShell.Interactive').GetType('ConvNetShell.Interactive.FormatterExtension')
    $global:ConvNetDisplay = $extension.GetMethod('Load').Invoke($null, @())
}
