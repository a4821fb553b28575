BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Trace-Convolution' {
    It 'has one row for each position of the kernel' {
        (Trace-Convolution 1, 1, 1, 0, 0 -Kernel 1, -1 -Padding 0, 1 -Stride 2).Calculation |
            Should -BeExactly '1*1 + 1*-1 = 0', '1*1 + 0*-1 = 1', '0*1 + 0*-1 = 0'
    }

    It 'shows patch, weights and products of each' {
        $step = @(Trace-Convolution 1, 2, 3 1, 10 -Bias 0.5)[1]
        $step.Patch | Should -Be 2, 3
        $step.Weights | Should -Be 1, 10
        $step.Products | Should -Be 2, 30
        $step.Output | Should -Be 32.5
    }

    It 'gives what Invoke-Convolution gives' {
        (Trace-Convolution (1, 2, 3), (4, 5, 6) -Kernel (1, 0), (0, 1)).Output | Should -Be 6, 8
    }

    It 'follows a dense layer too' {
        (Trace-Convolution 1, 1, 1, 0, 0 -Kernel (1, -1, 0, 0, 0), (0, 0, 1, -1, 0) -Dense).Output | Should -Be 0, 1
        Assert-OnlyError { Trace-Convolution 1, 2, 3 -Kernel 1, 2 -Dense } Shape.Mismatch 'rows of 3 weights'
    }

    It 'is drawn: the last step as a picture, all steps as an animation that a page shows too' {
        $steps = Trace-Convolution ((1, 2, 3), (4, 5, 6), (7, 8, 9)) -Kernel ((1, 0), (0, -1)) -Padding 1
        $steps | Export-Figure "$TestDrive/steps.gif"
        $bytes = [System.IO.File]::ReadAllBytes("$TestDrive/steps.gif")
        [System.Text.Encoding]::ASCII.GetString($bytes, 0, 6) | Should -BeExactly 'GIF89a'
        $steps | Select-Object -First 2 | Export-Figure "$TestDrive/steps.png" -PassThru | Should -HaveCount 1
        $steps | Export-Figure "$TestDrive/steps.html"
        "$TestDrive/steps.html" | Should -FileContentMatch 'data:image/gif;base64,'
        $steps | Format-Table | Out-String | Should -Match 'Calculation'
    }

    It 'refuses a kernel larger than its input' {
        Assert-OnlyError { Trace-Convolution 1, 2 -Kernel 1, 2, 3 } Layer.KernelTooLarge
    }
}
