# Loads the cmdlets into their own AssemblyLoadContext and exports them.
# Only ConvNetShell.Loader is loaded here; libtorch is opened when the first network or tensor is made.

if ([System.Environment]::Version.Major -lt 10) {
    throw "ConvNetShell needs .NET 10, which PowerShell 7.6 and later run on. Received: PowerShell $($PSVersionTable.PSVersion) on .NET $([System.Environment]::Version)."
}

$isReload = $true
if (-not ('ConvNetShell.Loader.ModuleLoadContext' -as [type])) {
    $isReload = $false
    $loader = [System.IO.Path]::Combine($PSScriptRoot, 'bin', 'ConvNetShell.Loader.dll')
    if (-not [System.IO.File]::Exists($loader)) {
        throw "ConvNetShell is not built: expected '$loader'. Run: dotnet build ConvNetShell.sln -c Release"
    }
    $null = [System.Reflection.Assembly]::LoadFrom($loader)
}

$inner = Import-Module -Assembly ([ConvNetShell.Loader.ModuleLoadContext]::Initialize()) -Force:$isReload -PassThru

if ($isReload) {
    # PowerShell/PowerShell#20710: importing a loaded binary module again exports nothing from the script module around it.
    $addExportedCmdlet = [System.Management.Automation.PSModuleInfo].GetMethod(
        'AddExportedCmdlet', [System.Reflection.BindingFlags]'Instance, NonPublic')
    foreach ($cmdlet in $inner | ForEach-Object { $_.ExportedCmdlets.Values }) {
        $addExportedCmdlet.Invoke($ExecutionContext.SessionState.Module, @(, $cmdlet))
    }
}

# Results are read, not set.
$readOnly = [ConvNetShell.Loader.ModuleLoadContext]::Beside('ConvNetShell.Cmdlets').GetType('ConvNetShell.Cmdlets.Session.ReadOnlyTypes')
$null = $readOnly.GetMethod('Install').Invoke($null, @($ExecutionContext))

if ('Microsoft.DotNet.Interactive.Formatting.Formatter' -as [type] -and -not $global:ConvNetDisplay) {
    # The PowerShell kernel of .NET Interactive: objects draw themselves there, and charts change in place.
    $extension = [ConvNetShell.Loader.ModuleLoadContext]::Beside('ConvNetShell.Interactive').GetType('ConvNetShell.Interactive.FormatterExtension')
    $global:ConvNetDisplay = $extension.GetMethod('Load').Invoke($null, @())
}
