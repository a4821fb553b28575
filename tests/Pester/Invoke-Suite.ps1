# Runs the suite in this PowerShell and writes one line of JSON a test. tests/ConvNetShell.Pester.Tests starts it; by hand:
#   dotnet pwsh -NoProfile -File tests/Pester/Invoke-Suite.ps1 -Pester ~/.nuget/packages/pester/6.2.0/tools/Pester.psd1 -Path New-ConvLayer.Tests.ps1

[CmdletBinding()]
param(
    # Pester's manifest.
    [Parameter(Mandatory)] [string] $Pester,
    # Test files of this folder, separated as in $env:PATH; all by default.
    [string] $Path,
    # Where the lines go; the console by default.
    [string] $Output,
    # The culture of every thread, as de-DE.
    [string] $Culture,
    # Run under Set-StrictMode -Version Latest.
    [switch] $Strict,
    # Assemblies and native libraries to load before the module, separated as in $env:PATH.
    [string] $Assembly,
    # Tests with this tag are left out.
    [string] $ExcludeTag)

$ErrorActionPreference = 'Stop'
$separator = [System.IO.Path]::PathSeparator

if ($Culture) {
    $info = [cultureinfo]::new($Culture)
    [cultureinfo]::DefaultThreadCurrentCulture = [cultureinfo]::DefaultThreadCurrentUICulture = $info
    [cultureinfo]::CurrentCulture = [cultureinfo]::CurrentUICulture = $info
}

$loaded = foreach ($file in $Assembly.Split($separator, [System.StringSplitOptions]::RemoveEmptyEntries)) {
    if ([System.IO.Path]::GetExtension($file) -eq '.dll') {
        # A context of its own where PowerShell brings another version of the same assembly.
        $name = [System.Reflection.AssemblyName]::GetAssemblyName($file)
        $context = if ([System.IO.File]::Exists("$PSHOME/$($name.Name).dll")) { [System.Runtime.Loader.AssemblyLoadContext]::new("Other $($name.Name)") }
        else { [System.Runtime.Loader.AssemblyLoadContext]::Default }
        $context.LoadFromAssemblyPath($file).GetName().ToString()
    }
    else {
        $null = [System.Runtime.InteropServices.NativeLibrary]::Load($file)
        [System.IO.Path]::GetFileName($file)
    }
}

Import-Module $Pester
$files = if ($Path) { $Path.Split($separator) | ForEach-Object { [System.IO.Path]::Combine($PSScriptRoot, $_) } }
else { [System.IO.Directory]::GetFiles($PSScriptRoot, '*.Tests.ps1') | Sort-Object }

$writer = if ($Output) { [System.IO.StreamWriter]::new($Output) } else { [System.Console]::Out }

function Write-Line([System.Collections.IDictionary] $Line) {
    $writer.WriteLine((ConvertTo-Json $Line -Compress))
    $writer.Flush()
}

# The errors of a test or a block, with the lines of the stack that are not Pester's own.
function Get-ErrorText($Item) {
    $texts = foreach ($record in $Item.ErrorRecord) {
        @("$record") + @("$($record.ScriptStackTrace)" -split '\r?\n' | Where-Object { $_ -notlike '*Pester.psm1*' -and $_ -notlike '*Pester.ScriptScope.ps1*' -and $_ -notlike '*Invoke-Suite.ps1*' })
    }
    $texts -join "`n"
}

function Write-Test([string] $File, [string] $Name, [string] $Result, [string] $Text, [timespan] $Duration = [timespan]::Zero) {
    Write-Line ([ordered]@{ file = $File; name = $Name; result = $Result; text = $Text; seconds = [Math]::Round($Duration.TotalSeconds, 3) })
}

Write-Line ([ordered]@{
    pester = "$((Get-Module Pester).Version)"; powershell = "$($PSVersionTable.PSVersion)"; culture = [cultureinfo]::CurrentCulture.Name
    strict = $Strict.IsPresent; loaded = @($loaded)
})
# Tests begin as a prompt does.
$ErrorActionPreference = 'Continue'
if ($Strict) { Set-StrictMode -Version Latest }

foreach ($file in $files) {
    $short = [System.IO.Path]::GetFileName($file) -replace '\.Tests\.ps1$'
    Write-Line @{ start = $short }
    $configuration = New-PesterConfiguration
    $configuration.Run.Path = [WildcardPattern]::Escape($file)
    $configuration.Run.PassThru = $true
    $configuration.Output.Verbosity = 'None'
    if ($ExcludeTag) { $configuration.Filter.ExcludeTag = $ExcludeTag }
    try {
        $run = Invoke-Pester -Configuration $configuration
    }
    catch {
        Write-Test $short '(the file)' Failed "$_`n$($_.ScriptStackTrace)"
        continue
    }

    $count = 0
    foreach ($test in $run.Tests) {
        if ($test.Result -eq 'NotRun' -and -not $test.ShouldRun) { continue } # its tag is left out
        $count++
        $text = if ($test.Result -ne 'Passed') { Get-ErrorText $test }
        if ($test.Result -eq 'Skipped') { $text = ($text -split "`n")[0] -replace '^is skipped, because ' }
        if ($test.Result -eq 'Failed' -and -not $text) { $text = 'It was not run: a BeforeAll before it failed.' }
        Write-Test $short $test.ExpandedPath "$($test.Result)" $text $test.Duration
    }
    # A file that could not be read, a BeforeAll or AfterAll that failed.
    foreach ($container in $run.FailedContainers) { $count++; Write-Test $short '(the file)' Failed (Get-ErrorText $container) }
    foreach ($block in $run.FailedBlocks) { $count++; Write-Test $short "$($block.ExpandedPath) (BeforeAll or AfterAll)" Failed (Get-ErrorText $block) }
    if ($count -eq 0 -and -not $ExcludeTag) { Write-Test $short '(the file)' Failed 'There is no test in this file.' }
}
Remove-Item -LiteralPath ([System.IO.Path]::Combine([System.IO.Path]::GetTempPath(), "convnetshell-pester-$PID")) -Recurse -Force -ErrorAction Ignore
Write-Line @{ end = $true }
if ($Output) { $writer.Dispose() }
