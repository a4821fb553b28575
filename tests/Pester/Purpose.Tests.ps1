# A network has cmdlets for what it learned; the others say which these are.
BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $embedding = New-Network -Spec 'conv3x3x4 relu pool2 fc6' -InputShape 3, 8, 8 | Start-Training $images -Loss Triplet -ImagesPerClass 2 -MaxSteps 2 -BatchSize 6 -Threads 1 3> $null
    $words = New-Network -Spec 'conv3x3x4 relu pool2 caption8w9t4' -InputShape 3, 8, 8
    $sample = Select-Sample $images
}

Describe 'A network that gives embeddings' {
    It 'is no classifier: <_>' -ForEach 'Measure-Accuracy $embedding', 'Get-ConfusionMatrix $embedding', 'Measure-Calibration $embedding',
    'Find-LabelError $embedding', 'Get-Prediction $embedding $sample', 'Get-Saliency $embedding $sample', 'Trace-Gradient $embedding conv1 $sample' {
        Assert-OnlyError ([scriptblock]::Create($_)) Setting.Invalid 'Test-Verification, Find-Match, Get-Embedding and Show-Embedding'
    }

    It 'has its outputs moved with the picture, and no label that stays' {
        $row = Test-Invariance $embedding -Shift 1 -Count 4 | Where-Object Layer -EQ output
        [double]::IsNaN($row.SameLabel) | Should -BeTrue
        $row.EquivarianceError | Should -BeGreaterThan 0
    }

    It 'describes no images' {
        Assert-OnlyError { Measure-Caption $embedding } Setting.Invalid 'a network that describes images, such as ShowAndTell'
    }
}

Describe 'A network that describes images' {
    It 'is no classifier: <_>' -ForEach 'Measure-Accuracy $words $images', 'Get-Prediction $words $sample', 'Test-Invariance $words $images -Shift 1' {
        Assert-OnlyError ([scriptblock]::Create("$_ 3> `$null")) Setting.Invalid 'Get-Caption and Measure-Caption'
    }
}
