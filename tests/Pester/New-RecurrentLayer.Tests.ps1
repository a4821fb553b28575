BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'New-RecurrentLayer' {
    It '<Kind> with 8 units has <Parameters> parameters' -ForEach @(
        @{ Kind = 'LSTM'; Parameters = 4 * (8 * 3 + 8 * 8 + 8 + 8) }
        @{ Kind = 'GRU'; Parameters = 3 * (8 * 3 + 8 * 8 + 8 + 8) }
    ) {
        $network = New-RecurrentLayer $Kind 8 | New-Network -InputShape 3, 20
        $network.ParameterCount | Should -Be $Parameters
        "$($network.Layers[0].Output)" | Should -BeExactly '8'
    }

    It 'gives each step when the sequence is wanted' {
        "$((New-RecurrentLayer GRU 8 -Sequence | New-Network -InputShape 3, 20).Layers[0].Output)" | Should -BeExactly '8x20'
    }

    It 'reads from both ends' {
        "$((New-RecurrentLayer GRU 8 -Bidirectional | New-Network -InputShape 3, 20).Layers[0].Output)" | Should -BeExactly '16'
    }

    It 'stands after the layers that come in' {
        (New-ConvLayer 4 3 -Dimension 1 | New-RecurrentLayer LSTM 8 | New-Network -InputShape 3, 20).Layers | Should -HaveCount 2
    }

    It 'refuses images and a width of 0' {
        Assert-OnlyError { New-RecurrentLayer LSTM 8 | New-Network -InputShape 3, 8, 8 } Layer.WrongInput 'Received: 3x8x8'
        Assert-OnlyError { New-RecurrentLayer GRU 0 } Setting.Invalid 'Received: 0'
    }
}
