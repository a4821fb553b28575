using ConvNetShell.Host;

WritableFolders.Ensure();

// Main stays on the process's first thread and scripts run on it too: libtorch's allocator is fastest there.
return args is ["kernel", .. var words] ? KernelShell.Start(words) : Shell.Start(args);
