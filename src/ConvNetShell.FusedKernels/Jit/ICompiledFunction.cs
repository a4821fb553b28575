namespace ConvNetShell.FusedKernels.Jit;

/// <summary>A compiled function that is rented.</summary>
internal unsafe interface ICompiledFunction
{
    /// <summary>Runs the function.</summary>
    /// <param name="arguments">Its arguments: addresses and numbers.</param>
    void Run(nint* arguments);

    /// <summary>Gives the function back; it must not run afterwards.</summary>
    void Return();
}
