BeforeAll { . "$PSScriptRoot/Common.ps1" }

Describe 'New-SearchRange' {
    It 'has its bounds and its scale' {
        $range = New-SearchRange 1e-4 1e-1 -Log
        $range.Minimum, $range.Maximum, $range.IsLog | Should -Be 1e-4, 1e-1, $true
        "$range" | Should -BeExactly '0.0001 to 0.1, log'
    }

    It 'has a condition' {
        (New-SearchRange 0.8 0.99 -When @{ Optimizer = 'SGD' }).When['optimizer'] | Should -Be 'SGD'
        (New-SearchRange -Value 1, 2 -When @{ Optimizer = 'SGD', 'RMSprop' }).Values | Should -Be 1, 2
    }

    It 'refuses <_>' -ForEach 'New-SearchRange 2 1', 'New-SearchRange 1 1', 'New-SearchRange 0 1 -Log', 'New-SearchRange 0 1 -Count 1', 'New-SearchRange -Value @()' {
        Assert-OnlyError ([scriptblock]::Create($_)) 'Setting.Invalid'
    }
}
