BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'Invoke-Convolution' {
    It '<Line> gives <Rows>' -ForEach @(
        @{ Line = 'Invoke-Convolution 1,1,1,0,0 -Kernel 1,-1 -Padding 0,1 -Stride 2'; Rows = , '0 1 0' }
        @{ Line = 'Invoke-Convolution -InputObject 1,1,1,0,0 -Kernel (1,-1),(-1,1) -Padding 0,1 -Stride 2'; Rows = '0 1 0', '0 -1 0' }
        @{ Line = 'Invoke-Convolution 1,2,3 -Kernel 4,5,6 -Padding Full'; Rows = , '6 17 32 23 12' }
        @{ Line = 'Invoke-Convolution (1,2,3),(4,5,6) -Kernel (1,0),(0,1)'; Rows = , '6 8' }
        @{ Line = 'Invoke-Convolution 1,([double]::NaN),3,4 -Kernel 1,1'; Rows = , 'NaN NaN 7' }
        @{ Line = 'Invoke-Convolution 1,2,3 1,1 -Bias 0.5'; Rows = , '3.5 5.5' }
        @{ Line = 'Invoke-Convolution 1,2,3,4,5 -Kernel 1,1 -Dilation 3'; Rows = , '5 7' }
    ) {
        $result = & ([scriptblock]::Create($Line))
        # An object in a text is written the same in every culture, which -join does not do.
        $shown = if ($Rows.Count -gt 1 -or $result.Shape -like '*x*') { $result.Output | ForEach-Object { "$_" } } else { "$($result.Output)" }
        $shown | Should -BeExactly $Rows
    }

    It 'works in three dimensions' {
        (Invoke-Convolution ((1, 2), (3, 4)), ((5, 6), (7, 8)) -Kernel ((1, 1), (1, 1)), ((1, 1), (1, 1)) -Dimension 3).Output[0][0] -join ' ' | Should -BeExactly '36'
    }

    It 'shows the matrix that does the same' {
        $matrix = (Invoke-Convolution 1, 1, 1, 0, 0 -Kernel 1, -1 -AsMatrix).Matrix
        $matrix.Entries | ForEach-Object { $_ -join ' ' } | Should -BeExactly '1 -1 0 0 0', '0 1 -1 0 0', '0 0 1 -1 0', '0 0 0 1 -1'
        $matrix.Difference | Should -Be 0
    }

    It 'says by which formula its size came' {
        (Invoke-Convolution 1, 2, 3 1, 1).Formula | Should -BeExactly 'floor((3 + 0 + 0 - 2) / 1) + 1 = 2'
    }

    It 'has the input and the kernel before its maps as a figure, and names the colors' {
        $star = Select-Sample (Import-Dataset Shapes | Split-Dataset -PerClass 1)
        $result = Invoke-Convolution $star -Kernel ((-1, 0, 1), (-2, 0, 2), (-1, 0, 1))
        $result.ToPictures().Pictures.Caption | Should -BeExactly 'input', 'kernel', 'output R', 'output G', 'output B'
        $grey = Invoke-Convolution (Invoke-Convolution $star -Kernel (, (, 1))).Output[0] -Kernel ((1, 0), (0, 1))
        $grey.ToPictures().Pictures.Caption | Should -BeExactly 'input', 'kernel', 'output'
        (Invoke-Convolution (1, 2), (3, 4) -Kernel (1, 0), (0, 1)).ToPictures().Pictures | Should -BeNullOrEmpty
    }

    It 'has the numbers of a small example in the cells of a figure' {
        $result = Invoke-Convolution 1, 1, 1, 0, 0 -Kernel 1, -1
        $result | Export-Figure "$TestDrive/lecture.svg"
        $text = ([xml] (Get-Content -Raw "$TestDrive/lecture.svg")).GetElementsByTagName('text').InnerText.Trim()
        $text | Should -Contain 'kernel'
        @($text -match '^-?[01]$') | Should -HaveCount 11
        (Invoke-Convolution 1, 1, 1, 0, 0 -Kernel 1, -1 -AsMatrix | Show-Image -PassThru).Pictures.Caption |
            Should -BeExactly 'input', 'kernel', 'output', 'matrix'
    }

    It 'reads a picture' {
        (Invoke-Convolution (New-TinyImage "$TestDrive/a.bmp").FullName -Kernel (1, 0), (0, 1)).Shape | Should -BeLike '*7x7*'
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = 'Invoke-Convolution 1,2 -Kernel 1,2,3'; Id = 'Layer.KernelTooLarge'; Text = 'Received: ' }
        @{ Line = 'Invoke-Convolution 1,2 -Kernel 1 -Stride 0'; Id = 'Setting.Invalid'; Text = '-Stride must be' }
        @{ Line = 'Invoke-Convolution (1,2),(3,4) -Kernel 1 -Dimension 3'; Id = 'Shape.Mismatch'; Text = 'Received: 2 (2x2)' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text
    }

    It '<Line> does not bind: <Text>' -ForEach @(
        @{ Line = 'Invoke-Convolution @() -Kernel 1'; Text = 'an empty array' }
        @{ Line = 'Invoke-Convolution 1,2 -Kernel @()'; Text = 'an empty array' }
        @{ Line = 'Invoke-Convolution (1,2),(3,$null) -Kernel 1'; Text = 'numbers, or lists of numbers' }
        @{ Line = 'Invoke-Convolution (1,2),(3,4,5) -Kernel 1'; Text = "lists of equal length (2 at depth 2). Received: 'one of 3'" }
        @{ Line = 'Invoke-Convolution 1,2 -Kernel 1 -Padding -1'; Text = "Received: '-1'" }
    ) {
        $record = Get-OnlyError ([scriptblock]::Create($Line))
        $record.Exception.Message.Contains($Text) | Should -BeTrue -Because $record.Exception.Message
    }
}
