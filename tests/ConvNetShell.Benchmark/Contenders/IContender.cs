namespace ConvNetShell.Benchmark.Contenders;

/// <summary>One way to train a network.</summary>
internal interface IContender
{
    /// <summary>Gets the name in the table.</summary>
    string Name { get; }

    /// <summary>Gets a value indicating whether it runs with ConvNetShell's allocator settings.</summary>
    bool TunedAllocator => false;

    /// <summary>Returns why it cannot train a network here; <see langword="null"/> where it can.</summary>
    string? Missing(Workload work) => null;

    /// <summary>Trains for a while and returns images a second, the first steps left out.</summary>
    double Measure(Workload work);
}
