# What every test file begins with: the built module, imported once a process, and a few helpers.
# Use: BeforeAll { . "$PSScriptRoot/Common.ps1" }

if (-not (Get-Module ConvNetShell)) {
    # Tests neither read nor change the data, the runs and the caches of whoever runs them. Invoke-Suite.ps1 removes the folder.
    $testHome = Join-Path ([System.IO.Path]::GetTempPath()) "convnetshell-pester-$PID"
    $null = New-Item -ItemType Directory -Force -Path $testHome, "$testHome/data", "$testHome/share", "$testHome/cache"
    $env:CONVNETSHELL_DATA = "$testHome/data"
    $env:XDG_DATA_HOME = "$testHome/share"
    $env:XDG_CACHE_HOME = "$testHome/cache"

    $manifest = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'ConvNetShell.psd1'))
    Import-Module ([WildcardPattern]::Escape($manifest)) -Global -ErrorAction Stop
}

# Writes one color image as a bitmap: noise in which one channel is bright, the same for the same seed.
function New-TinyImage {
    [OutputType([System.IO.FileInfo])]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [ValidateSet('blue', 'green', 'red')] [string] $Color = 'red',
        [int] $Seed = 0,
        [int] $Side = 8)
    # The same few are asked for by most files of the suite, so each is made once a process.
    if (-not (Test-Path variable:global:convNetShellTinyImages)) { $global:convNetShellTinyImages = @{} }
    $key = "$Color $Seed $Side"
    $file = $global:convNetShellTinyImages[$key]
    if (-not $file) {
        $random = [System.Random]::new($Seed)
        $bright = @{ blue = 0; green = 1; red = 2 }[$Color]
        $row = [int][System.Math]::Ceiling(3 * $Side / 4) * 4
        $file = [byte[]]::new(54 + $row * $Side)
        $header = @{ 2 = $file.Length; 10 = 54; 14 = 40; 18 = $Side; 22 = $Side; 26 = 1 + (24 -shl 16) }
        $file[0], $file[1] = [byte[]][char[]]'BM'
        foreach ($offset in $header.Keys) { [System.BitConverter]::GetBytes($header[$offset]).CopyTo($file, $offset) }
        for ($y = 0; $y -lt $Side; $y++) {
            for ($x = 0; $x -lt 3 * $Side; $x++) {
                $low = if ($x % 3 -eq $bright) { 170 } else { 30 }
                $file[54 + $y * $row + $x] = $low + $random.Next(50)
            }
        }
        $global:convNetShellTinyImages[$key] = $file
    }
    $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($Path))
    [System.IO.File]::WriteAllBytes($Path, $file)
    [System.IO.FileInfo]::new($Path)
}

# Writes a folder of such images that Import-Dataset reads, train|test/blue|green|red/NN.bmp, and returns its path.
function New-TinyData {
    [OutputType([string])]
    param(
        [string] $Path = (Join-Path $TestDrive "colors-$([guid]::NewGuid().ToString('N').Substring(0, 8))"),
        [int] $Train = 12,
        [int] $Test = 4)
    $seed = 0
    foreach ($color in 'blue', 'green', 'red') {
        for ($index = 0; $index -lt $Train + $Test; $index++) {
            $split = if ($index -lt $Train) { 'train' } else { 'test' }
            $null = New-TinyImage ([System.IO.Path]::Combine($Path, $split, $color, ('{0:D2}.bmp' -f $index))) $color -Seed ($seed++)
        }
    }
    $Path
}

# A network for 8x8 color images of three classes, 307 parameters.
function New-TinyNetwork {
    param([string] $Spec = 'conv3x3x4 relu pool2 fc3 softmax', [string] $Name = 'tiny', [int] $Seed = 1)
    New-Network -Spec $Spec -InputShape 3, 8, 8 -Name $Name -Seed $Seed
}

# The tiny network trained until it knows the three colors of the tiny data: a run whose test accuracy is 1.
function New-TinyRun {
    param([Parameter(Mandatory)] $Dataset, [string] $Spec = 'conv3x3x4 relu pool2 fc3', [int] $Epochs = 10)
    New-TinyNetwork $Spec | Start-Training $Dataset -Epochs $Epochs -BatchSize 6 -ValidationFraction 0 -Optimizer Adam -LearningRate 0.02 -Seed 1
}

# What Tab offers at the end of a line.
function Complete {
    [OutputType([System.Management.Automation.CompletionResult])]
    param([Parameter(Mandatory)] [string] $Line, [int] $Cursor = $Line.Length)
    [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Cursor, $null).CompletionMatches
}

# Runs a script and returns the one error that it writes or throws. The script's objects, warnings and texts are dropped.
function Get-OnlyError {
    [OutputType([System.Management.Automation.ErrorRecord])]
    param([Parameter(Mandatory)] [scriptblock] $Script)
    $onlyErrors = @(try { & $Script 2>&1 3>$null 6>$null | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } } catch { $_ })
    $onlyErrors.Count | Should -Be 1 -Because "one error was expected from {$Script}, and there came: $onlyErrors"
    $onlyErrors[0]
}

# Checks the one error of a script: its id before the comma, its category, and text that its message must have.
function Assert-OnlyError {
    param(
        [Parameter(Mandatory)] [scriptblock] $Script,
        [Parameter(Mandatory)] [string] $Id,
        [string] $Text = 'Received: ',
        [string] $Category = 'InvalidArgument')
    $onlyError = Get-OnlyError $Script
    $onlyError.FullyQualifiedErrorId | Should -BeLikeExactly "$Id,ConvNetShell.*Command"
    $onlyError.CategoryInfo.Category | Should -Be $Category
    $onlyError.Exception.Message.Contains($Text) | Should -BeTrue -Because "'$Text' was expected in: $($onlyError.Exception.Message)"
}
