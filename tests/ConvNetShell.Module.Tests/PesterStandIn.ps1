# Runs Pester 5 test files where Pester itself is not to be had. It knows what the files in tests/Pester use and refuses
# everything else: an operator, a parameter or a block it does not know is a failure, never a pass.
# Invoke-StandIn emits one object a test: Name, Result (Passed, Failed, Skipped) and Message.

$script:StandIn = @{ Block = $null }

function New-StandInBlock([string] $Name, $Parent, [bool] $Skip) {
    @{ Name = $Name; Parent = $Parent; Skip = $Skip; BeforeAll = @(); AfterAll = @(); BeforeEach = @(); AfterEach = @(); Tests = @(); Blocks = @() }
}

function Describe {
    [CmdletBinding()]
    param([Parameter(Mandatory, Position = 0)] [string] $Name, [Parameter(Mandatory, Position = 1)] [scriptblock] $Fixture, [string[]] $Tag, [switch] $Skip)
    $parent = $script:StandIn.Block
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
    foreach ($case in $TestCases) {
        $values = if ($case -is [System.Collections.IDictionary]) { $case } else { @{ _ = $case } }
        $title = [regex]::Replace($Name, '<(\w+)>', { param($match) $key = $match.Groups[1].Value; if ($values.Contains($key)) { "$($values[$key])" } else { $match.Value } })
        $script:StandIn.Block.Tests += @{ Name = $title; Test = $Test; Case = $values; Skip = ($Skip -or $script:StandIn.Block.Skip) }
    }
}

function BeforeAll([Parameter(Mandatory)] [scriptblock] $Scriptblock) { $script:StandIn.Block.BeforeAll += $Scriptblock }
function AfterAll([Parameter(Mandatory)] [scriptblock] $Scriptblock) { $script:StandIn.Block.AfterAll += $Scriptblock }
function BeforeEach([Parameter(Mandatory)] [scriptblock] $Scriptblock) { $script:StandIn.Block.BeforeEach += $Scriptblock }
function AfterEach([Parameter(Mandatory)] [scriptblock] $Scriptblock) { $script:StandIn.Block.AfterEach += $Scriptblock }

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
        $ok = switch ($operator) {
            'Be' { Test-StandInEqual $all $ExpectedValue $false }
            'BeExactly' { Test-StandInEqual $all $ExpectedValue $true }
            'BeGreaterThan' { $actual -gt $ExpectedValue }
            'BeLessThan' { $actual -lt $ExpectedValue }
            'BeGreaterOrEqual' { $actual -ge $ExpectedValue }
            'BeLessOrEqual' { $actual -le $ExpectedValue }
            'BeOfType' { $all.Count -gt 0 -and -not ($all | Where-Object { $_ -isnot $ExpectedValue }) }
            'BeTrue' { $actual -eq $true }
            'BeFalse' { $null -ne $actual -and -not $actual }
            'BeNullOrEmpty' { $all.Count -eq 0 -or ($all.Count -eq 1 -and [string]::IsNullOrEmpty([string]$actual)) }
            'Match' { $actual -match $ExpectedValue }
            'BeLike' { $actual -like $ExpectedValue }
            'Contain' { $all -contains $ExpectedValue }
            'BeIn' { $ExpectedValue -contains $actual }
            'HaveCount' { $all.Count -eq $ExpectedValue }
            'Exist' { [System.IO.File]::Exists($actual) -or [System.IO.Directory]::Exists($actual) }
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
        $same = if ($Exactly) { $Actual[$i] -ceq $wanted[$i] } else { $Actual[$i] -eq $wanted[$i] }
        if (-not $same) { return $false }
    }
    return $true
}

function Test-StandInThrow($Block, [string] $Message, [string] $ErrorId) {
    if ($Block -isnot [scriptblock]) { throw "Should -Throw: expected a script block. Received: '$Block'." }
    try { $null = & $Block } catch {
        $messageFits = -not $Message -or $_.Exception.Message -like $Message
        $idFits = -not $ErrorId -or $_.FullyQualifiedErrorId -like "$ErrorId*"
        if (-not ($messageFits -and $idFits)) { throw "it threw '$($_.Exception.Message)' ($($_.FullyQualifiedErrorId)), expected '$Message' ($ErrorId)" }
        return $true
    }
    return $false
}

function Invoke-StandInTest($Test, $Before, $After) {
    foreach ($key in $Test.Case.Keys) { Set-Variable -Name $key -Value $Test.Case[$key] }
    foreach ($block in $Before) { $null = . $block }
    try {
        $named = @{}
        if ($Test.Test.Ast.ParamBlock) { foreach ($key in $Test.Case.Keys) { $named[$key] = $Test.Case[$key] } }
        $body = $Test.Test
        $null = & $body @named
    }
    finally { foreach ($block in $After) { $null = . $block } }
}

# Blocks are dot-sourced here, so that what BeforeAll sets is seen by every test below it: the scopes nest as the blocks do.
function Invoke-StandInBlock($Block, [string] $Path, $Before, $After) {
    $Before = @($Before) + $Block.BeforeEach
    $After = $Block.AfterEach + @($After)
    $broken = $null
    if (-not $Block.Skip) { try { foreach ($setup in $Block.BeforeAll) { $null = . $setup } } catch { $broken = "BeforeAll: $_" } }
    foreach ($test in $Block.Tests) {
        $result = [pscustomobject]@{ Name = "$Path$($test.Name)"; Result = 'Passed'; Message = '' }
        if ($test.Skip) { $result.Result = 'Skipped' }
        elseif ($broken) { $result.Result = 'Failed'; $result.Message = $broken }
        else { try { Invoke-StandInTest $test $Before $After } catch { $result.Result = 'Failed'; $result.Message = "$_ $($_.InvocationInfo.PositionMessage)" } }
        $result
    }
    foreach ($child in $Block.Blocks) {
        if ($broken) { [pscustomobject]@{ Name = "$Path$($child.Name)"; Result = 'Failed'; Message = $broken } }
        else { Invoke-StandInBlock $child "$Path$($child.Name) / " $Before $After }
    }
    if (-not $Block.Skip) { foreach ($cleanup in $Block.AfterAll) { $null = . $cleanup } }
}

function Invoke-StandIn([string] $Path) {
    $root = New-StandInBlock '' $null $false
    $script:StandIn.Block = $root
    $null = . $Path
    Invoke-StandInBlock $root '' @() @()
}
