BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $network = New-TinyNetwork
}

Describe 'Get-Filter' {
    It 'gives each filter of a layer' {
        $filters = Get-Filter $network conv1
        $filters | Should -HaveCount 4
        $filters | ForEach-Object { $_.Index } | Should -Be 0, 1, 2, 3
        "$($filters[0].Shape)" | Should -BeExactly '3x3x3'
        $filters[0].Weights | Should -HaveCount 27
        $filters[0].Min | Should -Be ($filters[0].Weights | Measure-Object -Minimum).Minimum
    }

    It 'gives those with an index' {
        Get-Filter $network conv1 3, 1 | ForEach-Object { $_.Index } | Should -Be 3, 1
    }

    It 'takes networks by pipe, and presets by name' {
        $network | Get-Filter -Layer fc1 | Should -HaveCount 3
        Get-Filter LeNet5 conv1 | Should -HaveCount 6
    }

    It 'refuses a layer without weights and an index that is not there' {
        Assert-OnlyError { Get-Filter CIFAR10 pool1 } Setting.Invalid "Received: 'pool1'"
        Assert-OnlyError { Get-Filter $network conv1 4 } Setting.Invalid 'Received: 4'
    }
}
