# Real pictures: face or not, on the 200 patches of Labeled Faces in the Wild that Debian's python3-skimage brings, of which the first
# 100 are faces. CONVNETSHELL_LFW names its lfw_subset.npy where the package is not installed.

BeforeDiscovery {
    $patches = $env:CONVNETSHELL_LFW, '/usr/lib/python3/dist-packages/skimage/data/lfw_subset.npy' | Where-Object { $_ -and (Test-Path $_) }
}

Describe 'Face or not' -Skip:(-not $patches) -ForEach @{ Patches = @($patches)[0] } {
    BeforeAll {
        . "$PSScriptRoot/Common.ps1"
        $arrays = (New-Item -ItemType Directory (Join-Path $TestDrive arrays)).FullName
        Copy-Item $Patches "$arrays/images.npy"
        $header = "{'descr': '|u1', 'fortran_order': False, 'shape': (200,), }".PadRight(117) + "`n"
        $labels = [byte[]](@(0) * 100 + @(1) * 100)
        $magic = @(0x93) + [byte[]][char[]]'NUMPY' + @(1, 0, 118, 0)
        [System.IO.File]::WriteAllBytes("$arrays/labels.npy", [byte[]]($magic + [byte[]][char[]]$header + $labels))
        'face', 'other' | Set-Content "$arrays/classes.txt"
        $folder = Import-Dataset $arrays | Save-Dataset -Path (Join-Path $TestDrive faces)
        $data = Import-Dataset $folder | Split-Dataset -Test 0.5 -Seed 1
    }

    It 'is a folder of pictures for each class' {
        Get-ChildItem "$folder/train" -Directory | ForEach-Object Name | Should -Be face, other
        $data.InputShape | Should -Be '1x25x25'
        $data.Train.Count, $data.Test.Count | Should -Be 100, 100
    }

    It 'is learnt by a small network, and better than by a linear one' -Tag Slow {
        $small = 'conv3x3x16 bn relu pool2 conv3x3x32 bn relu pool2 conv3x3x32 bn relu globalavg fc2 softmax'
        $linear, $accuracy = foreach ($spec in 'fc2 softmax', $small) {
            $run = New-Network -Spec $spec -InputShape 1,25,25 -Seed 1 |
                Start-Training $data -Epochs 30 -BatchSize 20 -Optimizer AdamW -LearningRate 0.003 -Seed 1
            (Measure-Accuracy $run $data).Top1
        }
        $accuracy | Should -BeGreaterThan 0.93
        $accuracy | Should -BeGreaterOrEqual $linear
    }
}
