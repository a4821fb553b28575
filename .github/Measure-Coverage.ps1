<#
.SYNOPSIS
    Measures how many lines the tests of a project run.
.DESCRIPTION
    Builds and runs the tests of the projects with Coverlet and prints a row a project. What tests run in processes of their own (pwsh, cnsh)
    is not counted. It takes about twice as long as the tests. Ends with an error where a project is below the minimum.
.PARAMETER Project
    The projects, by the last part of their names.
.PARAMETER Minimum
    The least share of lines, in percent.
.EXAMPLE
    dotnet pwsh -NoProfile -File .github/Measure-Coverage.ps1 Display, Rendering
#>
param(
    [string[]] $Project = @('Core', 'Display', 'Rendering', 'Kernel'),
    [double] $Minimum = 85
)
$ErrorActionPreference = 'Stop'
$root = Split-Path $PSScriptRoot
$rows = foreach ($name in $Project) {
    $results = Join-Path ([IO.Path]::GetTempPath()) "coverage-$([guid]::NewGuid())"
    try {
        $null = dotnet test -c Release -p:Coverage=true "$root/tests/ConvNetShell.$name.Tests" --collect 'XPlat Code Coverage' --results-directory $results `
            -- DataCollectionRunSettings.DataCollectors.DataCollector.Configuration.Include="[ConvNetShell.$name]*" |
            Tee-Object -Variable said
        if ($LASTEXITCODE -ne 0) { throw "The tests of $name failed:`n$($said | Select-Object -Last 20 | Out-String)" }
        [xml] $report = Get-Content -Raw (Get-ChildItem $results -Recurse -Filter coverage.cobertura.xml | Select-Object -First 1)
        [pscustomobject]@{
            Project = "ConvNetShell.$name"
            Lines   = [int] $report.coverage.'lines-valid'
            Run     = [int] $report.coverage.'lines-covered'
            Percent = [Math]::Round(100 * [double]::Parse($report.coverage.'line-rate', [cultureinfo]::InvariantCulture), 1)
        }
    }
    finally {
        if (Test-Path $results) { Remove-Item $results -Recurse }
    }
}
$rows | Format-Table
$low = @($rows | Where-Object Percent -lt $Minimum)
if ($low) { throw "Expected at least $Minimum % of the lines. Received: $($low.ForEach{ "$($_.Project) $($_.Percent) %" } -join ', ')." }
