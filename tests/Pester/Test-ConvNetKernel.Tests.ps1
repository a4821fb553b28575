BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Test-ConvNetKernel' {
    It 'starts a kernel and lets it calculate' {
        $result = Test-ConvNetKernel -TimeoutSeconds 120
        $result.Message | Should -BeExactly '6 * 7 = 42'
        $result.Succeeded | Should -BeTrue
    }

    It 'says of a kernel that ends at once that it failed' {
        $null = New-Item -ItemType Directory "$TestDrive/jupyter/kernels/broken"
        Set-Content "$TestDrive/jupyter/kernels/broken/kernel.json" '{"argv":["dotnet","no-such.dll","{connection_file}"]}'
        $env:JUPYTER_DATA_DIR = "$TestDrive/jupyter"
        try { $result = Test-ConvNetKernel broken -TimeoutSeconds 5 } finally { $env:JUPYTER_DATA_DIR = $null }
        $result.Succeeded | Should -BeFalse
    }
}
