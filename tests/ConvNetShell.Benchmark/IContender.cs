namespace ConvNetShell.Benchmark;

/// <summary>One way to train the CIFAR10 network.</summary>
internal interface IContender
{
    /// <summary>Gets the name in the table.</summary>
    string Name { get; }

    /// <summary>Gets a value indicating whether it runs with ConvNetShell's allocator settings.</summary>
    bool TunedAllocator => false;

    /// <summary>Returns why it cannot be measured here; <see langword="null"/> where it can.</summary>
    string? Missing() => null;

    /// <summary>Trains for a while and returns images a second, the first steps left out.</summary>
    double Measure(int batch);
}
