BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Get-ComputeDevice' {
    It 'begins with the default and ends with the processor' {
        $devices = @(Get-ComputeDevice)
        $devices[0].Default | Should -BeTrue
        @($devices | Where-Object { $_.Default }) | Should -HaveCount 1
        $devices[-1].Name | Should -BeExactly 'cpu'
        $devices[-1].Type | Should -Be 'CPU'
        $devices | ForEach-Object { $_.Description | Should -Not -BeNullOrEmpty }
    }

    It 'gives names that -Device takes' {
        foreach ($device in Get-ComputeDevice) {
            New-TinyNetwork | Measure-Network -BatchSize 2 -Rounds 1 -Device $device.Name | Should -Not -BeNullOrEmpty
        }
    }
}
