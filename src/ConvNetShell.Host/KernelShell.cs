using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using ConvNetShell.Kernel;
using ConvNetShell.Kernel.Shells;

namespace ConvNetShell.Host;

/// <summary>The Jupyter part of the program: <c>cnsh kernel {connection_file}</c>, which front ends start.</summary>
internal static class KernelShell
{
    private const int BadCommandLine = 64;
    private const int StartFailed = 70;

    private const string Help = """
        cnsh kernel connection_file            runs the Jupyter kernel; front ends start it so
        cnsh kernel install [parameters]       Install-ConvNetKernel: -Scope, -Prefix, -Name, -DisplayName, -WhatIf
        cnsh kernel uninstall [parameters]     Uninstall-ConvNetKernel: -Scope, -Prefix, -Name, -WhatIf
        cnsh kernel test [parameters]          Test-ConvNetKernel: -Name
        """;

    public static int Start(string[] arguments)
    {
        if (arguments is [var verb, .. var parameters] && Cmdlet(verb) is { } cmdlet)
        {
            IEnumerable<string> words = parameters.Select(argument =>
                argument.StartsWith('-') ? argument : $"'{argument.Replace("'", "''", StringComparison.Ordinal)}'"
            );
            string[] end = verb == "install" ? ["|", "ForEach-Object", "FullName"] : []; // the whole path, not a row of a listing
            return Shell.Start(["-Command", cmdlet, .. words, .. end]);
        }

        if (arguments is not [var file] || file.StartsWith('-'))
        {
            Console.Error.WriteLine(Help);
            return BadCommandLine;
        }

        TextWriter log = Console.Error;
        try
        {
            Run(file, log);
            return 0;
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or RuntimeException)
        {
            log.WriteLine($"cnsh kernel: {exception.Message}");
            return StartFailed;
        }
    }

    private static string? Cmdlet(string verb) =>
        verb switch
        {
            "install" => "Install-ConvNetKernel",
            "uninstall" => "Uninstall-ConvNetKernel",
            "test" => "Test-ConvNetKernel",
            _ => null,
        };

    private static void Run(string file, TextWriter log)
    {
        PSStyle.Instance.OutputRendering = OutputRendering.PlainText;
        string module = ModuleLocator.Find(AppContext.BaseDirectory, Environment.GetEnvironmentVariable(ModuleLocator.Variable));
        ShareAssemblies(Path.Combine(Path.GetDirectoryName(module)!, "module", "bin"));
        Serve(file, module, log);
    }

    // Not part of Run: the kernel's types are found only once the module's folder is known.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Serve(string file, string module, TextWriter log)
    {
        var options = new KernelOptions
        {
            SessionState = InitialSessionState.CreateDefault2(),
            ModulePath = module,
            WorkingDirectory = Environment.CurrentDirectory,
            Log = log.WriteLine,
        };
        using (var kernel = new JupyterKernel(file, options))
        using (PosixSignalRegistration.Create(PosixSignal.SIGINT, context => Stop(context, kernel.Interrupt)))
        using (PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => Stop(context, kernel.Stop)))
        {
            kernel.Run();
        }
    }

    // The module's cmdlets hand the kernel objects, and some are the kernel's own, so both must have their types from the same files.
    private static void ShareAssemblies(string folder) =>
        AssemblyLoadContext.Default.Resolving += (context, name) =>
            name.Name is "ConvNetShell.Display" or "ConvNetShell.Kernel"
                ? context.LoadFromAssemblyPath(Path.Combine(folder, name.Name + ".dll"))
                : null;

    private static void Stop(PosixSignalContext context, Action stop)
    {
        context.Cancel = true;
        stop();
    }
}
