BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Measure-ConvOutput' {
    It 'shows the formula and its result' {
        (Measure-ConvOutput 227 -Kernel 11 -Stride 4).Formula | Should -BeExactly 'floor((227 + 0 + 0 - 11) / 4) + 1 = 55'
    }

    It '<Line> gives <Sizes>' -ForEach @(
        @{ Line = 'Measure-ConvOutput 5 -Kernel 2 -Stride 2 -Padding 0,1'; Sizes = 3 }
        @{ Line = 'Measure-ConvOutput 32 5 -Padding Same'; Sizes = 32 }
        @{ Line = 'Measure-ConvOutput 7 3 -Dilation 2'; Sizes = 3 }
        @{ Line = 'Measure-ConvOutput 4 3 -Stride 2 -Transposed'; Sizes = 9 }
    ) {
        (& ([scriptblock]::Create($Line))).Sizes | Should -Be $Sizes
    }

    It 'takes a size for each dimension' {
        (Measure-ConvOutput 28, 14 -Kernel 5x3).Sizes | Should -Be 24, 12
    }

    It 'refuses a window larger than the input' {
        Assert-OnlyError { Measure-ConvOutput 4 -Kernel 5 } Layer.KernelTooLarge
    }

    It 'does not bind a kernel that is no number' {
        (Get-OnlyError { Measure-ConvOutput 4 -Kernel abc }).Exception.Message | Should -BeLikeExactly "*Received: 'abc'*"
    }
}
