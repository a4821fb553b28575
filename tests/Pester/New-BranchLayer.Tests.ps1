BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'New-BranchLayer' {
    It 'puts the channels of its branches one behind the other' {
        $network = New-BranchLayer { New-ConvLayer 4 1 }, { New-ConvLayer 6 3 -Padding Same } | New-Network -InputShape 3, 8, 8
        "$($network.Layers[-1].Output)" | Should -BeExactly '10x8x8'
        $network.ParameterCount | Should -Be (4 * 3 + 4 + 6 * 27 + 6)
    }

    It 'adds them' {
        "$((New-BranchLayer { New-ConvLayer 4 1 }, { New-ConvLayer 4 3 -Padding Same } -Join Add | New-Network -InputShape 3, 8, 8).Layers[-1].Output)" |
            Should -BeExactly '4x8x8'
    }

    It 'stands after the layers that come in' {
        @(New-PoolLayer | New-BranchLayer { New-ConvLayer 4 1 }, { New-ConvLayer 4 3 -Padding Same }) | Should -HaveCount 2
    }

    It 'refuses branches that do not fit each other' {
        Assert-OnlyError { New-BranchLayer { New-ConvLayer 4 1 }, { New-ConvLayer 4 3 -Padding Valid } | New-Network -InputShape 3, 8, 8 } Layer.Join
        Assert-OnlyError { New-BranchLayer { New-ConvLayer 4 1 }, { New-ConvLayer 5 1 } -Join Add | New-Network -InputShape 3, 8, 8 } Layer.Join
    }
}
