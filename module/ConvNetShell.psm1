# Loads the cmdlets into their own AssemblyLoadContext and exports them.
# Only ConvNetShell.Loader is loaded here; libtorch is opened when the first network or tensor is made.

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
