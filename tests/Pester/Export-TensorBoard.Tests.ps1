BeforeAll {
    . "$PSScriptRoot/Common.ps1"
    $images = Import-Dataset (New-TinyData)
    $run = New-TinyRun $images -Epochs 2
    $kept = New-TinyNetwork | Start-Training $images -Epochs 1 -BatchSize 6 -RunPath "$TestDrive/runs"
}

Describe 'Export-TensorBoard' {
    It 'writes each run into a folder of its name' {
        $files = $run, (Get-TrainingRun -RunPath "$TestDrive/runs") | Export-TensorBoard "$TestDrive/logs" -PassThru
        $files.Directory.Name | Should -BeExactly $run.Name, (Split-Path $kept.Folder -Leaf)
        $files | ForEach-Object { $_.Length } | Should -BeGreaterThan 500
        "$($files[0].FullName)" | Should -FileContentMatch 'loss/train'
    }

    It 'writes nothing with -WhatIf, and replaces events with -Force only' {
        $run | Export-TensorBoard "$TestDrive/other" -WhatIf
        Test-Path "$TestDrive/other" | Should -BeFalse
        $first = $run | Export-TensorBoard "$TestDrive/other" -PassThru
        Assert-OnlyError { $run | Export-TensorBoard "$TestDrive/other" } Storage.NotEmpty 'Received: events.out' WriteError
        $second = $run | Export-TensorBoard "$TestDrive/other" -Force -PassThru
        Test-Path $first | Should -BeFalse
        Test-Path $second | Should -BeTrue
    }

    It 'says what cannot be written, and what is no run' {
        $null = New-Item "$TestDrive/file" -ItemType File
        Assert-OnlyError { $run | Export-TensorBoard "$TestDrive/file" } Storage.Unwritable 'Received: ' WriteError
        Assert-OnlyError { 3 | Export-TensorBoard "$TestDrive/logs" } Setting.Invalid "Received: 'Int32'"
    }
}
