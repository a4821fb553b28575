BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Compare-Shift' {
    It 'counts the inputs that change, and gives the moved picture' {
        $shift = Compare-Shift (0, 0, 0, 0), (0, 9, 0, 0), (0, 9, 9, 0) -Right 1
        $shift.Inputs | Should -Be 12
        $shift.Changed | Should -Be 4
        $shift.After | ForEach-Object { $_ -join ' ' } | Should -BeExactly '0 0 0 0', '0 0 9 0', '0 0 9 9'
        "$shift" | Should -BeExactly '4 of 12 inputs change: 3x4, 1 right'
    }

    It 'moves up and to the left too, each channel by itself' {
        $shift = Compare-Shift ((1, 2), (3, 4)), ((5, 6), (7, 8)) -Right -1 -Down -1
        $shift.After | ForEach-Object { $_ } | ForEach-Object { $_ -join ' ' } | Should -BeExactly '4 0', '0 0', '8 0', '0 0'
        "$shift" | Should -BeExactly '8 of 8 inputs change: 2x2x2, 1 up, 1 left'
        (Compare-Shift (1, 2), (3, 4) -Right 5).After | ForEach-Object { $_ } | Should -Be 0, 0, 0, 0
    }

    It 'is what a convolution with a single 1 off the middle gives' {
        $star = Select-Sample (Import-Dataset Shapes | Split-Dataset -PerClass 1)
        $moved = Invoke-Convolution $star -Kernel (, (1, 0, 0, 0, 0)) -Padding Same
        Compare-Object ((Compare-Shift $star -Right 2).After | ForEach-Object { $_ } | ForEach-Object { $_ }) ($moved.Output | ForEach-Object { $_ } | ForEach-Object { $_ }) |
            Should -BeNullOrEmpty
    }

    It 'draws both pictures, both vectors and their difference' {
        $shift = Compare-Shift (0, 0, 0), (0, 9, 0) -Right 1
        $shift.ToPictures().Pictures.Caption | Should -BeExactly 'before', 'after', 'before, as a vector', 'after, as a vector', 'difference'
        $star = Compare-Shift (Select-Sample (Import-Dataset Shapes | Split-Dataset -PerClass 1))
        $star.ToPictures().Pictures.Channels | Should -Be 3, 3, 1, 1, 1
        $shift | Export-Figure "$TestDrive/shift.png" -PassThru | Should -HaveCount 1
    }

    It 'moves a signal' {
        $shift = Compare-Shift 0, 0, 3, 5, 3, 0, 0 -Right 1
        $shift.Changed | Should -Be 4
        $shift.After | Should -Be 0, 0, 0, 3, 5, 3, 0
        "$shift" | Should -BeExactly '4 of 7 inputs change: 7, 1 right'
        $signal = Select-Sample (Import-Dataset Signals | Split-Dataset -PerClass 1)
        (Compare-Shift $signal -Right 4).Inputs | Should -Be ($signal.Width * $signal.Channels)
        $shift | Export-Figure "$TestDrive/signal.png" -PassThru | Should -HaveCount 1
        Assert-OnlyError { Compare-Shift 1, 2, 3 -Down 1 } Setting.Invalid 'left out for a signal'
    }
}
