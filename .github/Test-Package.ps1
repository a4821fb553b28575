# Installs the module from a folder of packages, trains with it, and runs the acceptance suite on what was installed, not on the build.
#   dotnet pwsh -NoProfile -File .github/Test-Package.ps1 -Feed artifacts/linux-x64
[CmdletBinding()]
param(
    # The folder with the packages.
    [Parameter(Mandatory)] [string] $Feed,
    # Pester's manifest; by default Pester is installed from the PowerShell Gallery.
    [string] $Pester)

$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$repository = 'ConvNetShellPackages'

Register-PSResourceRepository -Name $repository -Uri (Resolve-Path -LiteralPath $Feed).Path -Trusted -Force
try {
    Install-PSResource ConvNetShell.Assertions -Repository $repository -Reinstall
    Import-Module ConvNetShell
    $module = Get-Module ConvNetShell
    "$module $($module.Version) in $($module.ModuleBase)"
    $run = New-Network CIFAR10 | Start-Training Shapes -Epochs 1
    $run | Measure-Accuracy | Format-List
    if ($run.Status -ne 'Completed') { throw "Expected a training that ends. Received: $($run.Status)." }

    if (-not $Pester) {
        Install-PSResource Pester -Version 6.2.0 -TrustRepository
        $Pester = (Get-InstalledPSResource Pester -Version 6.2.0).InstalledLocation + '/Pester/6.2.0/Pester.psd1'
    }
    $report = [System.IO.Path]::GetTempFileName()
    # These look at the sources beside the module.
    $sources = 'Assertions', 'Common', 'Import', 'Manifest', 'Learning'
    $files = Get-ChildItem "$PSScriptRoot/../tests/Pester" -Filter *.Tests.ps1 | ForEach-Object Name | Where-Object { ($_ -replace '\.Tests\.ps1$') -notin $sources }
    # The suite begins in an empty folder.
    Push-Location (New-Item -ItemType Directory -Path ([System.IO.Path]::GetTempPath()) -Name "convnetshell-package-$PID")
    $env:CONVNETSHELL_DATA = (Get-Location).Path # tests neither read nor change the user's data
    & "$PSScriptRoot/../tests/Pester/Invoke-Suite.ps1" -Pester $Pester -Output $report -ExcludeTag Slow -Path ($files -join [System.IO.Path]::PathSeparator)
    $tests = Get-Content -LiteralPath $report | ConvertFrom-Json | Where-Object { $_.PSObject.Properties['result'] }
    $failed = @($tests | Where-Object result -NE Passed)
    $failed | Format-List file, name, result, text
    "$($tests.Count - $failed.Count) passed, $($failed.Count) failed"
    if ($failed -or -not $tests) { exit 1 }
}
finally {
    Unregister-PSResourceRepository -Name $repository
    Set-Location $PSScriptRoot
    Remove-Item -LiteralPath ([System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "convnetshell-package-$PID")) -Recurse -Force -ErrorAction Ignore
}
