"""jupyter_kernel_test, the conformance suite, on the ConvNetShell kernel; only the pager is left out: it has none."""
import unittest

import jupyter_kernel_test


class ConvNetShellTests(jupyter_kernel_test.KernelTests):
    kernel_name = "convnetshell"
    language_name = "powershell"
    file_extension = ".ps1"
    code_hello_world = "Write-Host 'hello, world'"
    code_stderr = "[Console]::Error.WriteLine('to stderr')"
    code_generate_error = "throw 'on purpose'"
    code_clear_output = "Clear-Host"
    code_inspect_sample = "New-Network"
    code_history_pattern = "6 ?*7"
    supported_history_operations = ("tail", "range", "search")
    completion_samples = [
        {"text": "New-Netw", "matches": {"New-Network"}},
        {"text": "Start-Training -Epo", "matches": {"-Epochs"}},
        {"text": "New-Network -Preset LeNet5-", "matches": {"LeNet5-1998"}},
        {"text": "'text'.ToUpperI", "matches": {"ToUpperInvariant("}},
    ]
    complete_code_samples = ["1", "function f { 1 }", "if ($true) {\n  1\n}", "'a' |\n  Out-Null"]
    incomplete_code_samples = ["function f {", "if (", "@'\ntext", "'a' |", "foreach ($x in 1..3) {\n  $x"]
    invalid_code_samples = ["1 +* 2", "}", "function { }"]
    code_execute_result = [
        {"code": "6 * 7", "result": "42"},
        {"code": "'a', 'b'", "result": "a\nb"},
    ]
    code_display_data = [
        {"code": "'<b>x</b>' | Out-Display -Html", "mime": "text/html"},
        {"code": "'<svg xmlns=\"http://www.w3.org/2000/svg\"/>' | Out-Display -Mime image/svg+xml", "mime": "image/svg+xml"},
    ]


if __name__ == "__main__":
    unittest.main(verbosity=2)
