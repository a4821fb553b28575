BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Invoke-Pooling' {
    It 'takes the largest of each window and says where it was' {
        $result = Invoke-Pooling (1, 3, 2, 1), (4, 2, 0, 1), (1, 1, 5, 6), (0, 2, 7, 8)
        $result.Output | ForEach-Object { $_ -join ' ' } | Should -BeExactly '4 2', '2 8'
        $result.Winners | ForEach-Object { $_ -join ',' } | Should -BeExactly '1,0', '0,2', '3,1', '3,3'
    }

    It 'takes the mean' {
        (Invoke-Pooling 1, 5, 2, 4 -Kind Mean).Output | Should -Be 3, 3
    }

    It 'has a size, a stride and a padding' {
        (Invoke-Pooling 1, 2, 3, 4, 5 3 -Stride 1).Output | Should -Be 3, 4, 5
        (Invoke-Pooling 1, 2, 3 -Size 3 -Stride 1 -Padding Same).Output | Should -Be 2, 3, 3
        (Invoke-Pooling 1, 2, 3, 4).Formula | Should -BeExactly 'floor((4 + 0 + 0 - 2) / 2) + 1 = 2'
    }

    It 'has its input with the winners framed as a figure, however small' {
        $pictures = (Invoke-Pooling (1, 3), (4, 2) | Show-Image -PassThru).Pictures
        $pictures.Caption | Should -BeExactly 'input', 'output'
        $pictures[0].Marks[0] | Should -Be 1, 0, 1, 1
    }

    It 'refuses a window larger than its input' {
        Assert-OnlyError { Invoke-Pooling 1, 2 -Size 3 } Layer.KernelTooLarge
    }

    It 'names a file that is not there' {
        (Get-OnlyError { Invoke-Pooling NoSuchFile.png }).Exception.Message | Should -BeLikeExactly '*NoSuchFile.png*'
    }
}
