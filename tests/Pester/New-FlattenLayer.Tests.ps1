BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'New-FlattenLayer' {
    It 'makes a vector of maps' {
        "$((New-FlattenLayer | New-Network -InputShape 3, 4, 5).Layers[0].Output)" | Should -BeExactly '60'
    }

    It 'stands after the layers that come in' {
        "$(New-PoolLayer | New-FlattenLayer)" | Should -BeExactly 'pool2 flatten'
    }

    It 'keeps its name' {
        (New-FlattenLayer -Name flat).Name | Should -BeExactly 'flat'
    }

    It 'changes nothing before a dense layer, which flattens by itself' {
        $with = New-FlattenLayer | New-DenseLayer 3 | New-Network -InputShape 3, 8, 8
        $with.ParameterCount | Should -Be (New-DenseLayer 3 | New-Network -InputShape 3, 8, 8).ParameterCount
    }

    It 'takes layers only' {
        (Get-OnlyError { 'no layer' | New-FlattenLayer }).CategoryInfo.Category | Should -Be 'InvalidArgument'
    }
}
