# Folders of images as people have them.

BeforeAll {
    . "$PSScriptRoot/Common.ps1"
}

Describe 'A folder of images' {
    It 'without an image is no dataset' {
        $null = New-Item -ItemType Directory "$TestDrive/empty"
        $record = Get-OnlyError { Import-Dataset "$TestDrive/empty" }
        $record.FullyQualifiedErrorId | Should -BeLike 'Data.*'
        $record.CategoryInfo.Category | Should -Be 'InvalidData'
        $record.Exception.Message | Should -BeLike '*Received: *'
    }

    It 'with a file that is no image is a dataset without it, and a warning names the file' {
        $folder = New-TinyData -Train 2 -Test 1
        $null = New-Item "$folder/train/red/broken.png"
        $data = Import-Dataset $folder -WarningVariable warned -WarningAction SilentlyContinue
        $data.Train.Count | Should -Be 6
        @($warned) | Should -HaveCount 1
        "$warned" | Should -BeLike '*broken.png*'
    }

    It 'may have brackets and spaces in its name' {
        $folder = New-TinyData "$TestDrive/my [set] 1" -Train 2 -Test 1
        $data = Import-Dataset $folder
        $data.Name | Should -BeExactly 'my [set] 1'
        $data.Train.Count | Should -Be 6
    }

    It 'may have other letters in its name' {
        (Import-Dataset (New-TinyData "$TestDrive/и ж 図" -Train 1 -Test 1)).Train.Count | Should -Be 3
    }
}
