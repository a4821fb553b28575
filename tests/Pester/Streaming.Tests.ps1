BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $folder = New-TinyData "$TestDrive/colors"
    $data = Import-Dataset $folder -Stream -DecodeThreads 2
}

Describe 'Import-Dataset -Stream' {
    It 'says that the images are streamed, and with how many threads they are decoded' {
        $data.IsStreamed | Should -BeTrue
        $data.DecodeThreads | Should -Be 2
        "$data" | Should -BeLike '*Train 36, Test 12, streamed'
        Import-Dataset $folder -Stream -DecodeThreads 3 -Verbose 4>&1 | Where-Object { $_ -is [System.Management.Automation.VerboseRecord] } |
            ForEach-Object Message | Should -Contain 'Streamed: 3 threads decode images of 3x8x8 when they are needed.'
        (Import-Dataset $folder).IsStreamed | Should -BeFalse
    }

    It 'trains, resumes, measures and predicts as the same images in memory do' {
        $whole = Import-Dataset $folder
        $settings = @{ Epochs = 2; BatchSize = 6; Seed = 1; Device = 'cpu'; Optimizer = 'Adam' }
        $expected = New-TinyNetwork | Start-Training $whole @settings
        $run = New-TinyNetwork | Start-Training $data @settings
        $run.History.ValidationLoss | Should -Be $expected.History.ValidationLoss
        ($run | Measure-Accuracy -Dataset $data).Loss | Should -Be ($expected | Measure-Accuracy -Dataset $whole).Loss
        ($data | Select-Sample -Split Test -Count 1 | Get-Prediction $run)[0].Class | Should -BeIn $data.Classes

        $null = New-TinyNetwork | Start-Training $data @settings -MaxSteps 3 -CheckpointPath "$TestDrive/saved" 3>$null
        (Resume-Training "$TestDrive/saved" -Dataset $data -MaxSteps 0).History.ValidationLoss | Should -Be $expected.History.ValidationLoss
    }

    It 'is divided and augmented' {
        $parts = $data | Split-Dataset -Validation 0.25 | Add-Augmentation -Flip -Shift 1
        $parts.IsStreamed | Should -BeTrue
        $parts.Validation.Count | Should -Be 9
        (New-TinyNetwork | Start-Training $parts -Epochs 1 -BatchSize 6).History | Should -HaveCount 1
    }

    It 'names an image that cannot be decoded' {
        $broken = New-TinyData "$TestDrive/broken"
        Set-Content "$broken/train/green/03.bmp" 'no picture'
        Assert-OnlyError { New-TinyNetwork | Start-Training (Import-Dataset $broken -Stream) -Epochs 1 } Data.NotAnImage '03.bmp' InvalidData
    }

    It 'refuses <_>' -ForEach 'Shapes' {
        Assert-OnlyError { Import-Dataset $_ -Stream } Setting.Invalid 'generated in memory'
    }
}

Describe 'Datasets of other tools' {
    BeforeAll {
        $images = Import-Dataset $folder
        Push-Location $TestDrive
        $null = Save-Dataset $images -Path ./arrays -Format Npz
        $null = New-Item -ItemType Directory shards
        foreach ($shard in 0, 1) {
            $null = New-Item -ItemType Directory "files$shard"
            foreach ($index in 0..5) {
                $color = 'blue', 'green', 'red' | Select-Object -Index ($index % 3)
                Copy-Item "$folder/train/$color/0$index.bmp" "files$shard/$shard$index.bmp"
                Set-Content "files$shard/$shard$index.cls" $color
            }
            [System.Formats.Tar.TarFile]::CreateFromDirectory("$TestDrive/files$shard", "$TestDrive/shards/train-0$shard.tar", $false)
        }
    }

    AfterAll {
        Pop-Location
    }

    It 'reads NumPy''s arrays as they were written' {
        $read = Import-Dataset ./arrays/dataset.npz
        "$read" | Should -BeExactly "dataset$("$images".Substring($images.Name.Length))"
        $read.Classes | Should -BeExactly $images.Classes
        ($read | Select-Sample -Split Test -Index 3).Pixels | Should -Be ($images | Select-Sample -Split Test -Index 3).Pixels
    }

    It 'reads tar archives: <Line>' -ForEach @(
        @{ Line = 'Import-Dataset ./shards'; Count = 12 }
        @{ Line = 'Import-Dataset ./shards -Stream'; Count = 12 }
        @{ Line = "Import-Dataset './shards/train-{00..01}.tar'"; Count = 12 }
        @{ Line = 'Import-Dataset ./shards/*.tar -Stream'; Count = 12 }
        @{ Line = 'Get-Item ./shards/train-01.tar | Import-Dataset'; Count = 6 }
    ) {
        $read = & ([scriptblock]::Create($Line))
        $read | Should -HaveCount 1
        $read.Train.Count | Should -Be $Count
        $read.Classes | Should -BeExactly 'blue', 'green', 'red'
        (New-TinyNetwork | Start-Training $read -Epochs 1 -BatchSize 3).History | Should -HaveCount 1
    }

    It 'names a shard that is missing' {
        Assert-OnlyError { Import-Dataset './shards/train-{00..02}.tar' } Data.Missing 'train-02.tar' InvalidData
    }
}
