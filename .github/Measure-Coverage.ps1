<#
.SYNOPSIS
    Measures how many lines of the libraries the tests run.
.DESCRIPTION
    Builds and runs test projects with Coverlet and prints a row a library: a line counts where a test of any of them runs it, in its own
    process or in one that it starts (pwsh, cnsh) and that ends in order. Generated code does not count. It takes about twice as long as
    the tests. Ends with an error where tests failed or a library is below the minimum, after the rows.
.PARAMETER Tests
    The test projects, by the part of their names before .Tests.
.PARAMETER Library
    The libraries that are counted, by the last part of their names.
.PARAMETER Minimum
    The least share of lines, in percent.
.EXAMPLE
    dotnet pwsh -NoProfile -File .github/Measure-Coverage.ps1 Rendering,Interactive -Library Rendering
#>
param(
    [string[]] $Tests = @('Core', 'Display', 'Rendering', 'Interactive', 'Kernel', 'Pester'),
    [string[]] $Library = @('Core', 'Display', 'Rendering', 'Kernel'),
    [double] $Minimum = 85
)
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
# pwsh -File hands over a list as one text.
$Tests, $Library = ($Tests -split ', *'), ($Library -split ', *')
$lines = @{}
$Library.ForEach{ $lines[$_] = @{} }
$faults = @()
foreach ($name in $Tests) {
    # Core counts in its own tests only: where others train, in processes of their own too, counted loops take many times as long.
    $counted = if ($name -eq 'Core') { $Library } else { $Library -ne 'Core' }
    if (-not $counted) { continue }
    # Of the suite in pwsh one condition of several is enough.
    $filter = if ($name -eq 'Pester') { '--filter', 'FullyQualifiedName~Pester6Tests' } else { @() }
    $configuration = @{
        Include          = $counted.ForEach{ "[ConvNetShell.$_]*" } -join ','
        IncludeDirectory = "$root/module/bin" # what pwsh and cnsh import
        ExcludeByFile    = '**/obj/**'
    }.GetEnumerator().ForEach{ "DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.$($_.Key)=$($_.Value)" }
    $results = Join-Path ([IO.Path]::GetTempPath()) "coverage-$([guid]::NewGuid())"
    try {
        $said = dotnet test -c Release -p:Coverage=true "$root/tests/ConvNetShell.$name.Tests" --collect 'XPlat Code Coverage' `
            @filter --results-directory $results -- $configuration
        if ($LASTEXITCODE -ne 0) { $faults += "The tests of $name failed:`n$($said | Select-Object -Last 20 | Out-String)" }
        $file = Get-ChildItem $results -Recurse -Filter coverage.cobertura.xml -ErrorAction Ignore | Select-Object -First 1
        if (-not $file) {
            $faults += "The tests of $name gave no report of coverage."
            continue
        }
        [xml] $report = Get-Content -Raw $file
        foreach ($package in $report.coverage.packages.package) {
            $known = $lines[$package.name -replace '^ConvNetShell\.']
            foreach ($class in $package.classes.class) {
                foreach ($line in $class.lines.line) {
                    $known["$($class.filename):$($line.number)"] = [bool] ($known["$($class.filename):$($line.number)"] -or $line.hits -ne '0')
                }
            }
        }
    }
    finally {
        if (Test-Path $results) { Remove-Item $results -Recurse }
    }
}
$rows = foreach ($name in $Library) {
    $run = @($lines[$name].Values -eq $true).Count
    [pscustomobject]@{
        Library = "ConvNetShell.$name"
        Lines   = $lines[$name].Count
        Run     = $run
        Percent = [Math]::Round(100 * $run / [Math]::Max(1, $lines[$name].Count), 1)
    }
}
$rows | Format-Table
$low = @($rows | Where-Object Percent -lt $Minimum)
if ($low) { $faults += "Expected at least $Minimum % of the lines. Received: $($low.ForEach{ "$($_.Library) $($_.Percent) %" } -join ', ')." }
if ($faults) { throw $faults -join "`n" }
