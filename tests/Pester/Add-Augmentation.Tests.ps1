BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
}

Describe 'Add-Augmentation' {
    It '<Settings.Keys> is kept with the dataset' -ForEach @(
        @{ Settings = @{ Flip = $true }; Text = 'flip' }
        @{ Settings = @{ Shift = 2 }; Text = 'shift 2' }
        @{ Settings = @{ Rotation = 10 }; Text = 'rotation 10' }
        @{ Settings = @{ Cutout = 3 }; Text = 'cutout 3' }
    ) {
        "$(($images | Add-Augmentation @Settings).Augmentation)" | Should -BeExactly $Text
    }

    It 'adds to what is there, and leaves the dataset that came in as it was' {
        $both = $images | Add-Augmentation -AlternatingFlip -Shift 1 | Add-Augmentation -Rotation 10
        "$($both.Augmentation)" | Should -BeExactly 'alternating flip, shift 1, rotation 10'
        $images.Augmentation | Should -BeNullOrEmpty
        $both.Train.Count | Should -Be 36
    }

    It 'is what a run trains with' {
        $run = New-TinyNetwork | Start-Training ($images | Add-Augmentation -AlternatingFlip -Shift 1) -Epochs 1 -BatchSize 6
        "$($run.Settings.Augmentation)" | Should -BeExactly 'alternating flip, shift 1'
    }

    It 'refuses <_>' -ForEach '', '-Cutout 99', '-Rotation NaN' {
        $line = [scriptblock]::Create("`$images | Add-Augmentation $_")
        Assert-OnlyError $line Setting.Invalid
    }
}
