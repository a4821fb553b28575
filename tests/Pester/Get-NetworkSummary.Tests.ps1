BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Get-NetworkSummary' {
    It 'shows where the parameters come from' {
        $rows = New-Network -Preset CIFAR10 | Get-NetworkSummary
        $rows | Should -HaveCount 11
        $rows[0].Formula | Should -BeExactly '16x5x5x3+16 = 1216'
        ($rows | Where-Object Type -eq Conv).Parameters | Should -Be 1216, 8020, 10020
    }

    It 'adds up' {
        $rows = Get-NetworkSummary CIFAR10
        $rows[0].Summary.Parameters | Should -Be 22466
        ($rows | Measure-Object Parameters -Sum).Sum | Should -Be 22466
        [System.Math]::Abs(($rows | Measure-Object Fraction -Sum).Sum - 1) | Should -BeLessThan 1e-9
    }

    It 'takes a name, a network, a run and several by pipe' {
        Get-NetworkSummary LeNet5 | Should -Not -BeNullOrEmpty
        'LeNet5', 'CIFAR10' | ForEach-Object { New-Network $_ } | Get-NetworkSummary | Where-Object Index -eq 1 | Should -HaveCount 2
        @() | Get-NetworkSummary | Should -BeNullOrEmpty
    }

    It 'does not bind <_>' -ForEach 'NoSuch', 5 {
        $value = $_
        (Get-OnlyError { Get-NetworkSummary $value }).CategoryInfo.Category | Should -BeIn 'InvalidData', 'InvalidArgument'
        (Get-OnlyError { $value | Get-NetworkSummary }).CategoryInfo.Category | Should -BeIn 'InvalidData', 'InvalidArgument'
    }

    It 'completes presets' {
        (Complete 'Get-NetworkSummary le').CompletionText | Should -BeExactly 'LeNet5', 'LeNet5-1998'
    }
}
