using ConvNetShell.FusedKernels.Jit;

namespace ConvNetShell.FusedKernels.Tests;

public sealed class JitCacheTests
{
    [Fact]
    public void A_function_is_compiled_once()
    {
        var cache = new JitCache(4);
        JitFunction function = cache.Rent(Code(1));

        Assert.Same(function, cache.Rent(Code(1)));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void The_least_recently_rented_function_goes_and_its_memory_with_it()
    {
        var cache = new JitCache(2);
        JitFunction first = cache.Rent(Code(1)),
            second = cache.Rent(Code(2));
        nint firstAddress = first.Address,
            secondAddress = second.Address;
        first.Return();
        second.Return();
        Assert.Same(first, cache.Rent(Code(1))); // now the second is the oldest
        first.Return();
        cache.Rent(Code(3)).Return();

        Assert.Equal(2, cache.Count);
        Assert.True(Holds(firstAddress, Code(1)));
        Assert.True(second.IsClosed);
        Assert.False(Holds(secondAddress, Code(2)));
    }

    [Fact]
    public void A_rented_function_stays_until_it_is_returned()
    {
        var cache = new JitCache(1);
        JitFunction rented = cache.Rent(Code(1));
        nint address = rented.Address;
        cache.Rent(Code(2)).Return();

        Assert.Equal(1, cache.Count);
        Assert.True(Holds(address, Code(1)));
        rented.Return();
        Assert.False(Holds(address, Code(1)));
    }

    [Fact]
    public async Task Threads_may_rent_at_once()
    {
        var cache = new JitCache(3);
        await Task.WhenAll(
            Enumerable
                .Range(0, 4)
                .Select(thread =>
                    Task.Run(() =>
                    {
                        for (int i = 0; i < 200; i++)
                        {
                            ConvRowCode code = Code((i * (thread + 1)) % 7 + 1);
                            JitFunction function = cache.Rent(code);
                            Assert.True(Holds(function.Address, code));
                            function.Return();
                        }
                    })
                )
        );

        Assert.InRange(cache.Count, 1, 3);
    }

    [Fact]
    public unsafe void A_compiled_function_runs()
    {
        Assert.SkipUnless(
            OperatingSystem.IsLinux() && System.Runtime.Intrinsics.X86.X86Base.X64.IsSupported,
            "The machine code is for Linux on x64."
        );
        using JitFunction function = JitFunction.TryCreate([0x48, 0xFF, 0x07, 0xC3])!; // inc qword [rdi]; ret
        nint number = 41;
        function.Run(&number);

        Assert.Equal(42, number);
    }

    private static bool Holds(nint address, ConvRowCode code) => GuardedMemory.Holds(address, code.Assemble());

    private static ConvRowCode Code(int width) => new(width, 3, 3, 24, 4, 2);
}
