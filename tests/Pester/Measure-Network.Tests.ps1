BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $rows = New-TinyNetwork | Measure-Network -BatchSize 4 -Rounds 2
}

Describe 'Measure-Network' {
    It 'has a row for each layer, or for those computed together, and one for all of them' {
        $rows.Name -split ' ' | Should -Be 'conv1', 'pool1', 'relu1', 'fc1', 'softmax1', 'Total'
    }

    It 'says how long each takes of the whole, and how many images that makes a second' {
        [System.Math]::Abs(($rows | Where-Object Name -ne Total | Measure-Object TimeFraction -Sum).Sum - 1) | Should -BeLessThan 1e-6
        ($rows | Where-Object Name -eq Total).ImagesPerSecond | Should -BeGreaterThan 0
        $rows.BatchSize | Select-Object -Unique | Should -Be 4
    }

    It 'takes a preset by name' {
        Measure-Network MLP -BatchSize 2 -Rounds 1 | Should -Not -BeNullOrEmpty
    }

    It 'refuses <Settings.Keys> of <Settings.Values>' -ForEach @(
        @{ Settings = @{ BatchSize = 0 } }
        @{ Settings = @{ Rounds = 0 } }
        @{ Settings = @{ Device = 'tpu' } }
    ) {
        Assert-OnlyError { New-TinyNetwork | Measure-Network @Settings } Setting.Invalid
    }
}
