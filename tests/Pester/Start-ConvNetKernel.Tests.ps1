BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Start-ConvNetKernel' {
    It 'refuses a connection file that is none: <Content>' -ForEach @(
        @{ Content = '{}'; Text = 'a port must be from 1 to 65535' }
        @{ Content = '{"transport":"ipc"}'; Text = 'transport must be tcp' }
        @{ Content = 'nothing'; Text = 'A connection file holds a JSON object' }
    ) {
        Set-Content "$TestDrive/connection.json" $Content
        $record = Get-OnlyError { Start-ConvNetKernel "$TestDrive/connection.json" }
        $record.FullyQualifiedErrorId | Should -BeExactly 'Kernel.NotStarted,ConvNetShell.Kernel.Commands.StartConvNetKernelCommand'
        $record.Exception.Message | Should -BeLikeExactly "*$Text*"
    }

    It 'names a connection file that is not there' {
        "$(Get-OnlyError { Start-ConvNetKernel "$TestDrive/nothing.json" })" | Should -BeLike '*nothing.json*'
    }
}
