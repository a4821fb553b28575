BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images
    $sample = Select-Sample $images -Class red
}

Describe 'Get-Saliency' {
    It 'has <_>' -ForEach 'Gradient', 'IntegratedGradient', 'GradCam', 'Occlusion', 'SmoothGrad' {
        $map = $sample | Get-Saliency $run -Method $_
        $map.Method | Should -Be $_
        $map.Class | Should -BeExactly 'red'
        $map.Values | Should -HaveCount 64
    }

    It 'gives a map for each method and each image' {
        ($sample | Get-Saliency $run -Method Gradient, GradCam).Method | Should -Be 'Gradient', 'GradCam'
        Select-Sample $images -Count 12 | Get-Saliency $run -Method GradCam | Should -HaveCount 12
    }

    It 'explains the class that is asked for' {
        $map = Get-Saliency $run $sample.File GradCam -Class green
        "$($map.Class) $($map.Layer) $($map.Height)x$($map.Width)" | Should -BeExactly 'green relu1 8x8'
    }

    It 'adds up to the score by integrated gradients' {
        ($sample | Get-Saliency $run -Method IntegratedGradient).Completeness.Holds | Should -BeTrue
    }

    It 'keeps signs where that is wanted' {
        (Get-Saliency $run $sample Gradient -AllowNegative).Min | Should -BeLessThan 0
        (Get-Saliency $run $sample Gradient).Min | Should -BeGreaterOrEqual 0
    }

    It 'binds network and sample by name of a property' {
        ([pscustomobject]@{ Network = $run; Sample = $sample } | Get-Saliency GradCam).Method | Should -Be 'GradCam'
    }

    It 'resizes images of another size with one warning' {
        $maps = Select-Sample $images -Count 3 | Get-Saliency (New-Network CIFAR10) -WarningVariable warned -WarningAction SilentlyContinue
        $maps | Should -HaveCount 3
        @($warned | Where-Object { "$_" -like '*is 3x8x8 and was resized to 3x32x32*' }) | Should -HaveCount 1
    }

    It 'goes on after an image that is not there' {
        'nosuch.png', $sample.File | Get-Saliency $run -ErrorVariable failed -ErrorAction SilentlyContinue | Should -HaveCount 1
        $failed | Should -HaveCount 1
        $failed[0].FullyQualifiedErrorId | Should -BeLike 'File.NotFound,*'
    }

    It '<Line> is refused: <Text>' -ForEach @(
        @{ Line = '$sample | Get-Saliency $run -Class yelow'; Id = 'Class.NotFound'; Text = "-Class must be one of blue, green, red. Received: 'yelow'" }
        @{ Line = '$sample | Get-Saliency $run -Class gren'; Id = 'Class.NotFound'; Text = '(did you mean green?)' }
        @{ Line = '$sample | Get-Saliency $run -Method GradCam -Layer con1'; Id = 'Layer.NotFound'; Text = "-Layer must be one of conv1, relu1, pool1, fc1 (did you mean conv1?). Received: 'con1'" }
        @{ Line = '$sample | Get-Saliency $run -Method GradCam -Layer fc1'; Id = 'Setting.Invalid'; Text = 'a layer with maps: conv1, relu1, pool1' }
        @{ Line = '$sample | Get-Saliency $run -Window 0'; Id = 'Setting.Invalid'; Text = '-Window must be an integer of 1 or more' }
        @{ Line = '$sample | Get-Saliency CIFAR10 -NoResize 3> $null'; Id = 'Shape.Mismatch'; Text = 'expected 3x32x32. Received: 3x8x8' }
        @{ Line = 'Get-Saliency CIFAR10 $sample.File -NoResize 3> $null'; Id = 'Shape.Mismatch'; Text = 'expected 3x32x32. Received: 3x8x8' }
        @{ Line = 'Get-Saliency Conv1D $sample.File 3> $null'; Id = 'Shape.Mismatch'; Text = 'takes no image files' }
    ) {
        Assert-OnlyError ([scriptblock]::Create($Line)) $Id $Text -Category $(if ($Id -like '*.NotFound') { 'ObjectNotFound' } else { 'InvalidArgument' })
    }

    It 'completes methods and classes' {
        (Complete 'Get-Saliency $run $sample -Method Gr').CompletionText | Should -Contain 'GradCam'
        (Complete 'Get-Saliency $run $sample -Class r').CompletionText | Should -BeExactly 'red'
    }
}
