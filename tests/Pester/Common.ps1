# What every test file begins with: the built module, imported once a process, and a few helpers.
# Use: BeforeAll { . "$PSScriptRoot/Common.ps1" }

if (-not (Get-Module ConvNetShell)) {
    # Tests neither read nor change the data, the runs and the caches of whoever runs them.
    $testHome = Join-Path ([System.IO.Path]::GetTempPath()) "convnetshell-pester-$PID"
    $null = New-Item -ItemType Directory -Force -Path $testHome, "$testHome/data", "$testHome/share", "$testHome/cache"
    $env:CONVNETSHELL_DATA = "$testHome/data"
    $env:XDG_DATA_HOME = "$testHome/share"
    $env:XDG_CACHE_HOME = "$testHome/cache"
    $null = Register-EngineEvent -SourceIdentifier PowerShell.Exiting -MessageData $testHome -Action {
        Remove-Item -LiteralPath $event.MessageData -Recurse -Force -ErrorAction Ignore
    }

    $manifest = [System.IO.Path]::GetFullPath([System.IO.Path]::Combine($PSScriptRoot, '..', '..', 'ConvNetShell.psd1'))
    Import-Module ([WildcardPattern]::Escape($manifest)) -Global -ErrorAction Stop
}

# Writes one 8x8 color image as PNG: red, green or blue noise, the same for the same seed.
function New-TinyImage {
    [OutputType([System.IO.FileInfo])]
    param(
        [Parameter(Mandatory)] [string] $Path,
        [ValidateSet('blue', 'green', 'red')] [string] $Color = 'red',
        [int] $Seed = 0,
        [int] $Side = 8)
    $random = [System.Random]::new($Seed)
    $bright = @{ red = 0; green = 1; blue = 2 }[$Color]
    $pixels = [byte[]]::new($Side * (3 * $Side + 1)) # each row begins with the filter, none
    for ($row = 0; $row -lt $Side; $row++) {
        for ($column = 0; $column -lt 3 * $Side; $column++) {
            $low = if ($column % 3 -eq $bright) { 170 } else { 30 }
            $pixels[$row * (3 * $Side + 1) + 1 + $column] = $low + $random.Next(50)
        }
    }
    $null = New-Item -ItemType Directory -Force -Path ([System.IO.Path]::GetDirectoryName($Path))
    [System.IO.File]::WriteAllBytes($Path, (ConvertTo-Png $pixels $Side $Side))
    Get-Item -LiteralPath $Path
}

# Writes a folder of such images that Import-Dataset reads, train|test/blue|green|red/NN.png, and returns its path.
function New-TinyData {
    [OutputType([string])]
    param(
        [string] $Path = (Join-Path $TestDrive "colors-$([guid]::NewGuid().ToString('N').Substring(0, 8))"),
        [int] $Train = 8,
        [int] $Test = 4)
    $seed = 0
    foreach ($color in 'blue', 'green', 'red') {
        for ($index = 0; $index -lt $Train + $Test; $index++) {
            $split = if ($index -lt $Train) { 'train' } else { 'test' }
            $null = New-TinyImage ([System.IO.Path]::Combine($Path, $split, $color, ('{0:D2}.png' -f $index))) $color -Seed ($seed++)
        }
    }
    $Path
}

# A network for 8x8 color images of three classes, 307 parameters.
function New-TinyNetwork {
    param([string] $Spec = 'conv3x3x4 relu pool2 fc3 softmax', [string] $Name = 'tiny', [int] $Seed = 1)
    New-Network -Spec $Spec -InputShape 3, 8, 8 -Name $Name -Seed $Seed
}

# What Tab offers at the end of a line, or where the line has a | that stands alone at its end.
function Complete {
    [OutputType([System.Management.Automation.CompletionResult])]
    param([Parameter(Mandatory)] [string] $Line, [int] $Cursor = $Line.Length)
    [System.Management.Automation.CommandCompletion]::CompleteInput($Line, $Cursor, $null).CompletionMatches
}

# Runs a script and returns the one error that it writes or throws.
function Get-OnlyError {
    [OutputType([System.Management.Automation.ErrorRecord])]
    param([Parameter(Mandatory)] [scriptblock] $Script)
    $found = @(try { & $Script 2>&1 3>$null | Where-Object { $_ -is [System.Management.Automation.ErrorRecord] } } catch { $_ })
    $found | Should -HaveCount 1 -Because "one error was expected from { $Script }"
    $found[0]
}

# The bytes of an RGB image in PNG's format; rows begin with a filter byte.
function ConvertTo-Png([byte[]] $Rows, [int] $Width, [int] $Height) {
    $file = [System.IO.MemoryStream]::new()
    $file.Write([byte[]](0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A))
    $header = [byte[]]((ConvertTo-BigEndian $Width) + (ConvertTo-BigEndian $Height) + (8, 2, 0, 0, 0))
    $packed = [System.IO.MemoryStream]::new()
    $zlib = [System.IO.Compression.ZLibStream]::new($packed, [System.IO.Compression.CompressionLevel]::Fastest)
    $zlib.Write($Rows)
    $zlib.Dispose()
    foreach ($chunk in @{ Type = 'IHDR'; Bytes = $header }, @{ Type = 'IDAT'; Bytes = $packed.ToArray() }, @{ Type = 'IEND'; Bytes = [byte[]]@() }) {
        $body = [byte[]]([System.Text.Encoding]::ASCII.GetBytes($chunk.Type) + $chunk.Bytes)
        $file.Write([byte[]](ConvertTo-BigEndian $chunk.Bytes.Length))
        $file.Write($body)
        $file.Write([byte[]](ConvertTo-BigEndian (Measure-Crc32 $body)))
    }
    , $file.ToArray()
}

function ConvertTo-BigEndian([long] $Number) {
    24, 16, 8, 0 | ForEach-Object { [byte](($Number -shr $_) -band 0xFF) }
}

function Measure-Crc32([byte[]] $Bytes) {
    [long] $crc = 0xFFFFFFFFL
    foreach ($byte in $Bytes) {
        $crc = $crc -bxor $byte
        for ($bit = 0; $bit -lt 8; $bit++) {
            $crc = if ($crc -band 1) { ($crc -shr 1) -bxor 0xEDB88320L } else { $crc -shr 1 }
        }
    }
    $crc -bxor 0xFFFFFFFFL
}
