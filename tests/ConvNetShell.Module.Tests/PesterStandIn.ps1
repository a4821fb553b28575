# Runs Pester 5 test files where Pester itself is not to be had. It knows what the files in tests/Pester use and refuses
# everything else: an operator, a parameter or a block it does not know is a failure, never a pass.
# Invoke-StandIn emits one object a test: Name, Result (Passed, Failed, Skipped) and Message.

$script:StandIn = @{ Block = $null }

function New-StandInBlock([string] $Name, $Parent, [bool] $Skip) {
    @{ Name = $Name; Parent = $Parent; Skip = $Skip; BeforeAll = @(); AfterAll = @(); BeforeEach = @(); AfterEach = @(); Tests = @(); Blocks = @() }
}

# Blocks are declared while a file is read; one declared by a running test would never run, and is refused.
function Get-StandInBlock {
    if ($null -eq $script:StandIn.Block) { throw 'Describe, Context, It and the Before and After blocks cannot be inside a test.' }
    $script:StandIn.Block
}

function Describe {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [string] $Name, [Parameter(Mandatory, Position = 1)] [scriptblock] $Fixture, [string[]] $Tag, [switch] $Skip)
    $parent = Get-StandInBlock
    $block = New-StandInBlock $Name $parent ($Skip -or $parent.Skip)
    $parent.Blocks += $block
    $script:StandIn.Block = $block
    try { $null = & $Fixture } finally { $script:StandIn.Block = $parent }
}

function Context {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [string] $Name, [Parameter(Mandatory, Position = 1)] [scriptblock] $Fixture, [string[]] $Tag, [switch] $Skip)
    Describe @PSBoundParameters
}

function It {
    [CmdletBinding()]
    param(
        [Parameter(Mandatory, Position = 0)] [string] $Name, [Parameter(Mandatory, Position = 1)] [scriptblock] $Test,
        [Alias('ForEach')] [object[]] $TestCases = @(@{}), [string[]] $Tag, [switch] $Skip)
    if ($TestCases.Count -eq 0) { throw "It '$Name': expected one test case or more. Received: none." }
    $parent = Get-StandInBlock
    foreach ($case in $TestCases) {
        $values = if ($case -is [System.Collections.IDictionary]) { $case } else { @{ _ = $case } }
        $title = [regex]::Replace($Name, '<(\w+)>', { param($match) $key = $match.Groups[1].Value; if ($values.Contains($key)) { "$($values[$key])" } else { $match.Value } })
        $parent.Tests += @{ Name = $title; Test = $Test; Case = $values; Skip = ($Skip -or $parent.Skip) }
    }
}

function BeforeAll([Parameter(Mandatory)] [scriptblock] $Scriptblock) { (Get-StandInBlock).BeforeAll += $Scriptblock }
function AfterAll([Parameter(Mandatory)] [scriptblock] $Scriptblock) { (Get-StandInBlock).AfterAll += $Scriptblock }
function BeforeEach([Parameter(Mandatory)] [scriptblock] $Scriptblock) { (Get-StandInBlock).BeforeEach += $Scriptblock }
function AfterEach([Parameter(Mandatory)] [scriptblock] $Scriptblock) { (Get-StandInBlock).AfterEach += $Scriptblock }

function Should {
    [CmdletBinding()]
    param(
        [Parameter(ValueFromPipeline)] $ActualValue, [Parameter(Position = 0)] $ExpectedValue, [switch] $Not, [string] $Because,
        [switch] $Be, [switch] $BeExactly, [switch] $BeGreaterThan, [switch] $BeLessThan, [switch] $BeGreaterOrEqual, [switch] $BeLessOrEqual,
        [switch] $BeOfType, [switch] $BeTrue, [switch] $BeFalse, [switch] $BeNullOrEmpty, [switch] $Match, [switch] $BeLike, [switch] $Contain,
        [switch] $BeIn, [switch] $HaveCount, [switch] $Exist, [switch] $Throw, [string] $ExpectedMessage, [string] $ErrorId)
    begin { $all = [System.Collections.Generic.List[object]]::new() }
    process { if ($PSBoundParameters.ContainsKey('ActualValue')) { $all.Add($ActualValue) } }
    end {
        $known = 'Be', 'BeExactly', 'BeGreaterThan', 'BeLessThan', 'BeGreaterOrEqual', 'BeLessOrEqual', 'BeOfType', 'BeTrue', 'BeFalse',
            'BeNullOrEmpty', 'Match', 'BeLike', 'Contain', 'BeIn', 'HaveCount', 'Exist', 'Throw'
        $chosen = @($known | Where-Object { $PSBoundParameters.ContainsKey($_) })
        if ($chosen.Count -ne 1) { throw "Should: expected one operator. Received: $($chosen.Count) ($chosen)." }
        $operator = $chosen[0]
        $actual = if ($all.Count -eq 1) { $all[0] } elseif ($all.Count -eq 0) { $null } else { $all.ToArray() }
        $one = 'BeGreaterThan', 'BeLessThan', 'BeGreaterOrEqual', 'BeLessOrEqual', 'Match', 'BeLike', 'BeIn', 'Exist', 'Throw'
        if ($operator -in $one -and ($all.Count -ne 1 -or $null -eq $actual)) { throw "Should -${operator}: expected one value. Received: '$actual' ($($all.Count) item(s))." }
        $ok = switch ($operator) {
            'Be' { Test-StandInEqual $all $ExpectedValue $false }
            'BeExactly' { Test-StandInEqual $all $ExpectedValue $true }
            'BeGreaterThan' { $actual -gt $ExpectedValue }
            'BeLessThan' { $actual -lt $ExpectedValue }
            'BeGreaterOrEqual' { $actual -ge $ExpectedValue }
            'BeLessOrEqual' { $actual -le $ExpectedValue }
            'BeOfType' { $all.Count -gt 0 -and -not ($all | Where-Object { $_ -isnot $ExpectedValue }) }
            'BeTrue' { [bool]$actual }
            'BeFalse' { -not $actual }
            'BeNullOrEmpty' { $all.Count -eq 0 -or ($all.Count -eq 1 -and [string]::IsNullOrEmpty([string]$actual)) }
            'Match' { $actual -match $ExpectedValue }
            'BeLike' { $actual -like $ExpectedValue }
            'Contain' { $all -contains $ExpectedValue }
            'BeIn' { $ExpectedValue -contains $actual }
            'HaveCount' { $all.Count -eq $ExpectedValue }
            'Exist' { Test-Path $actual }
            'Throw' { Test-StandInThrow $actual $(if ($ExpectedMessage) { $ExpectedMessage } else { $ExpectedValue }) $ErrorId }
        }
        if ([bool]$ok -eq [bool]$Not) {
            throw "expected $(if ($Not) { 'not ' })$operator '$ExpectedValue$ExpectedMessage$ErrorId'. Received: '$actual' ($($all.Count) item(s)).$(if ($Because) { " Because $Because" })"
        }
    }
}

function Test-StandInEqual($Actual, $Expected, [bool] $Exactly) {
    $wanted = @($Expected)
    if ($null -eq $Expected) { return $Actual.Count -eq 0 -or ($Actual.Count -eq 1 -and $null -eq $Actual[0]) }
    if ($wanted.Count -ne $Actual.Count) { return $false }
    for ($i = 0; $i -lt $wanted.Count; $i++) {
        if ($Actual[$i] -is [array]) { throw 'Should -Be: expected a list of single values. Received: a list of lists.' }
        $same = if ($Exactly) { $Actual[$i] -ceq $wanted[$i] } else { $Actual[$i] -eq $wanted[$i] }
        if (-not $same) { return $false }
    }
    return $true
}

function Test-StandInThrow($Block, [string] $Message, [string] $ErrorId) {
    if ($Block -isnot [scriptblock]) { throw "Should -Throw: expected a script block. Received: '$Block'." }
    try { $null = & $Block } catch {
        $messageFits = -not $Message -or $_.Exception.Message -like $Message
        $idFits = -not $ErrorId -or $_.FullyQualifiedErrorId -like $ErrorId
        if (-not ($messageFits -and $idFits)) { throw "it threw '$($_.Exception.Message)' ($($_.FullyQualifiedErrorId)), expected '$Message' ($ErrorId)" }
        return $true
    }
    return $false
}

# The blocks of a test file are dot-sourced in these two functions, so that what BeforeAll sets is seen by every test below it:
# the scopes nest as the blocks do. Names of their own begin with __, lest a file's variable meets one of them.
function Invoke-StandInTest($__Test, $__Before, $__After) {
    foreach ($__key in $__Test.Case.Keys) { Set-Variable -Name $__key -Value $__Test.Case[$__key] }
    foreach ($__block in $__Before) { $null = . $__block }
    try {
        $__named = @{}
        if ($__Test.Test.Ast.ParamBlock) { foreach ($__key in $__Test.Case.Keys) { $__named[$__key] = $__Test.Case[$__key] } }
        $null = & $__Test.Test @__named
    }
    finally { foreach ($__block in $__After) { $null = . $__block } }
}

function Invoke-StandInBlock($__Block, [string] $__Path, $__Before, $__After) {
    $__Before = @($__Before) + $__Block.BeforeEach
    $__After = $__Block.AfterEach + @($__After)
    $__broken = $null
    if (-not $__Block.Skip) { try { foreach ($__setup in $__Block.BeforeAll) { $null = . $__setup } } catch { $__broken = "BeforeAll: $_" } }
    foreach ($__test in $__Block.Tests) {
        $__name = "$__Path$($__test.Name)"
        if ($__test.Skip) { New-StandInResult $__name 'Skipped' }
        elseif ($__broken) { New-StandInResult $__name 'Failed' $__broken }
        else {
            try { Invoke-StandInTest $__test $__Before $__After; New-StandInResult $__name 'Passed' }
            catch { New-StandInResult $__name 'Failed' "$_ $($_.InvocationInfo.PositionMessage)" }
        }
    }
    foreach ($__child in $__Block.Blocks) {
        if ($__broken) { New-StandInResult "$__Path$($__child.Name)" 'Failed' $__broken }
        else { Invoke-StandInBlock $__child "$__Path$($__child.Name) / " $__Before $__After }
    }
    if (-not $__Block.Skip) {
        try { foreach ($__cleanup in $__Block.AfterAll) { $null = . $__cleanup } } catch { New-StandInResult "${__Path}AfterAll" 'Failed' "AfterAll: $_" }
    }
}

function New-StandInResult([string] $Name, [string] $Result, [string] $Message = '') {
    [pscustomobject]@{ Name = $Name; Result = $Result; Message = $Message }
}

function Read-StandInFile([string] $__File) {
    $ErrorActionPreference = 'Stop'
    $null = . $__File
}

function Invoke-StandIn([string] $Path) {
    $root = New-StandInBlock '' $null $false
    $script:StandIn.Block = $root
    try { Read-StandInFile $Path } catch { return New-StandInResult $Path 'Failed' "The file could not be read: $_" } finally { $script:StandIn.Block = $null }
    Invoke-StandInBlock $root '' @() @()
}
