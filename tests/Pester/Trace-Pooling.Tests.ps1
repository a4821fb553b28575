BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Trace-Pooling' {
    It 'has one row for each window, with its values and its maximum' {
        $steps = Trace-Pooling (1, 3, 2, 1), (4, 2, 0, 1), (1, 1, 5, 6), (0, 2, 7, 8) -Size 2
        $steps.Calculation | Should -BeExactly 'max(1, 3, 4, 2) = 4', 'max(2, 1, 0, 1) = 2', 'max(1, 1, 0, 2) = 2', 'max(5, 6, 7, 8) = 8'
        $steps[1].Position | Should -Be 0, 1
        $steps[1].From | Should -Be 0, 2
        $steps[1].Winner | Should -Be 0, 2
    }

    It 'gives what Invoke-Pooling gives, in every channel' {
        $input3 = ((1, 9, 3, 2), (5, 6, 7, 8)), ((4, 1, 2, 2), (0, 3, 9, 1))
        $steps = Trace-Pooling $input3 -Size 2 -Stride 1 -Dimension 2
        $steps.Output | Should -Be ((Invoke-Pooling $input3 -Size 2 -Stride 1 -Dimension 2).Output | ForEach-Object { $_ } | ForEach-Object { $_ })
        $steps.Channel | Should -Be 0, 0, 0, 1, 1, 1
    }

    It 'takes padding as zeros in a mean and leaves it out of a maximum' {
        (Trace-Pooling -1, -5, -2 -Size 2 -Padding 1).Calculation | Should -BeExactly 'max(-1) = -1', 'max(-5, -2) = -2'
        (Trace-Pooling 1, 5 -Size 2 -Padding 1 -Kind Average).Calculation | Should -BeExactly 'mean(0, 1) = 0.5', 'mean(5, 0) = 2.5'
    }

    It 'is drawn: the last step as a picture, all steps as an animation' {
        $steps = Trace-Pooling (1, 3, 2, 1), (4, 2, 0, 1), (1, 1, 5, 6), (0, 2, 7, 8) -Size 2 -Padding 1
        $steps | Export-Figure "$TestDrive/steps.gif"
        [System.Text.Encoding]::ASCII.GetString([System.IO.File]::ReadAllBytes("$TestDrive/steps.gif"), 0, 6) | Should -BeExactly 'GIF89a'
        $steps | Export-Figure "$TestDrive/steps.png" -PassThru | Should -HaveCount 1
        $steps | Export-Figure "$TestDrive/steps.html"
        "$TestDrive/steps.html" | Should -FileContentMatch 'data:image/gif;base64,'
    }

    It 'refuses a window larger than its input' {
        Assert-OnlyError { Trace-Pooling 1, 2 -Size 3 } Layer.KernelTooLarge
    }
}
