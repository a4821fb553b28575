using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests;

public sealed class ConnectionInfoTests : IDisposable
{
    private readonly string file = Path.GetTempFileName();

    public void Dispose() => File.Delete(file);

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("127.0.0.9")]
    [InlineData("::1")]
    [InlineData("localhost")]
    public void Without_a_key_the_kernel_listens_on_this_machine_only(string ip) => Assert.Equal(ip, Read(ip, string.Empty).Ip);

    [Theory]
    [InlineData("0.0.0.0")]
    [InlineData("192.168.1.4")]
    [InlineData("::")]
    [InlineData("*")]
    [InlineData("a-name")]
    public void An_address_that_others_reach_needs_a_key(string ip)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(ip, string.Empty));

        Assert.Contains("key", error.Message, StringComparison.Ordinal);
        Assert.Contains(ip, error.Message, StringComparison.Ordinal);
        Assert.Equal(ip, Read(ip, "secret").Ip);
    }

    private ConnectionInfo Read(string ip, string key)
    {
        var info = new ConnectionInfo
        {
            Ip = ip,
            Key = key,
            ShellPort = 1,
            ControlPort = 2,
            IopubPort = 3,
            StdinPort = 4,
            HeartbeatPort = 5,
        };
        File.WriteAllText(file, info.ToJson());
        return ConnectionInfo.Read(file);
    }
}
