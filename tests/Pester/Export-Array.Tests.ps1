BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images -Epochs 1

    # The header of a .npy file.
    function Get-NpyHeader {
        param([string] $Path)
        $bytes = [System.IO.File]::ReadAllBytes($Path)
        [System.Text.Encoding]::ASCII.GetString($bytes, 10, $bytes[8] + 256 * $bytes[9]).Trim()
    }
}

Describe 'Export-Array' {
    It 'writes <Line> as <Shape>' -ForEach @(
        @{ Line = 'Get-Filter $run conv1'; Shape = '4, 3, 3, 3' }
        @{ Line = 'Get-FeatureMap $run conv1 (Select-Sample $images)'; Shape = '4, 8, 8' }
        @{ Line = 'Select-Sample $images -Count 5 | Get-Prediction $run -Top 2'; Shape = '5, 2' }
        @{ Line = 'Select-Sample $images -Count 5'; Shape = '5, 8, 8, 3' }
        @{ Line = '1.5, 2, 3'; Shape = '1, 3' }
    ) {
        $objects = & ([scriptblock]::Create($Line))
        $objects | Export-Array "$TestDrive/x.npy" -PassThru | Should -HaveCount 1
        Get-NpyHeader "$TestDrive/x.npy" | Should -BeExactly "{'descr': '<f4', 'fortran_order': False, 'shape': ($Shape), }"
        $objects | Export-Array "$TestDrive/x.csv"
        $lines = Import-Csv "$TestDrive/x.csv"
        @($lines).Count | Should -Be ([int]$Shape.Split(',')[0])
    }

    It 'writes the numbers that the objects have' {
        $filters = Get-Filter $run conv1
        $filters | Export-Array "$TestDrive/x.csv"
        $lines = Import-Csv "$TestDrive/x.csv"
        $lines.name | Should -BeExactly ($filters | ForEach-Object { "$($_.Layer)[$($_.Index)]" })
        [float]$lines[2].'26' | Should -Be ([float]$filters[2].Weights[26])
        $filters | Export-Array "$TestDrive/x.npy"
        $bytes = [System.IO.File]::ReadAllBytes("$TestDrive/x.npy")
        [System.BitConverter]::ToSingle($bytes, $bytes.Length - 4) | Should -Be ([float]$filters[3].Weights[26])
    }

    It 'writes nothing with -WhatIf' {
        1, 2 | Export-Array "$TestDrive/none.npy" -WhatIf
        "$TestDrive/none.npy" | Should -Not -Exist
    }

    It 'refuses <Name>' -ForEach @(
        @{ Name = 'another ending'; Line = '1, 2 | Export-Array "$TestDrive/x.png"' }
        @{ Name = 'objects of several sizes'; Line = '(Get-Filter $run conv1) + (Get-Filter $run fc1) | Export-Array "$TestDrive/x.npy"' }
        @{ Name = 'objects without numbers'; Line = '$run | Export-Array "$TestDrive/x.npy"' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) Setting.Invalid
    }
}
