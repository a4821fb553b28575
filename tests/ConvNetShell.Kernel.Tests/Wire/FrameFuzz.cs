using System.Text;
using System.Text.Json.Nodes;
using ConvNetShell.Kernel.Wire;

namespace ConvNetShell.Kernel.Tests.Wire;

/// <summary>Makes frames that are random, mutated, or signed nonsense.</summary>
internal static class FrameFuzz
{
    private static readonly string[] Types =
    [
        "complete_request",
        "inspect_request",
        "is_complete_request",
        "history_request",
        "comm_info_request",
        "comm_open",
        "comm_msg",
        "comm_close",
        "kernel_info_request",
        "input_reply",
        "no_such_request",
        "debug_request",
        "list_subshell_request",
        "delete_subshell_request",
    ];

    private static readonly string[] Values =
    [
        "null",
        "1",
        "-1",
        "1e300",
        "99999999999",
        "true",
        "\"\"",
        "\"code\"",
        "\"\\ud800\"",
        "[]",
        "{}",
        "[[[]]]",
        "{\"a\":{}}",
        "\"'@{\"",
        "\"*[\"",
        "\"$(\"",
        "\"inspectVariables\"",
        "\"richInspectVariables\"",
        "\"initialize\"",
        "\"dumpCell\"",
        "\"setBreakpoints\"",
        "\"stackTrace\"",
        "\"scopes\"",
        "\"source\"",
        "\"next\"",
        "\"evaluate\"",
        "\"disconnect\"",
        "{\"path\":\"none\"}",
        "[{\"line\":1,\"condition\":\"(\"}]",
        "\"jupyter.widget.control\"",
        "{\"method\":\"request_states\"}",
    ];

    private static readonly string[] Names =
    [
        "code",
        "cursor_pos",
        "detail_level",
        "hist_access_type",
        "n",
        "session",
        "start",
        "stop",
        "pattern",
        "unique",
        "output",
        "comm_id",
        "target_name",
        "value",
        "data",
        "command",
        "arguments",
        "seq",
        "subshell_id",
        "source",
        "breakpoints",
        "frameId",
        "expression",
    ];

    public static List<byte[]> Next(Random random, WireFormat format, MessageSigner signer) =>
        random.Next(4) switch
        {
            0 => [.. Enumerable.Range(0, random.Next(1, 9)).Select(_ => Bytes(random, random.Next(40)))],
            1 => Mutate(random, format.Write([], Types[random.Next(Types.Length)], null, new JsonObject { ["code"] = "Get-" })),
            2 => Mutate(random, Signed(random, signer)),
            _ => Signed(random, signer),
        };

    private static List<byte[]> Signed(Random random, MessageSigner signer)
    {
        string header =
            random.Next(5) == 0
                ? Object(random)
                : $"{{\"msg_id\":\"{random.NextInt64()}\",\"msg_type\":\"{Types[random.Next(Types.Length)]}\"{Subshell(random)}}}";
        byte[][] parts = [.. new[] { header, Object(random), Object(random), Object(random) }.Select(Encoding.UTF8.GetBytes)];
        return ["<IDS|MSG>"u8.ToArray(), signer.Sign(parts), .. parts];
    }

    private static string Subshell(Random random) =>
        random.Next(4) == 0 ? $",\"subshell_id\":{Values[random.Next(Values.Length)]}" : string.Empty;

    private static string Object(Random random) =>
        "{"
        + string.Join(
            ',',
            Enumerable.Range(0, random.Next(6)).Select(_ => $"\"{Names[random.Next(Names.Length)]}\":{Values[random.Next(Values.Length)]}")
        )
        + "}";

    private static List<byte[]> Mutate(Random random, List<byte[]> frames)
    {
        for (int i = random.Next(1, 4); i > 0 && frames.Count > 0; i--)
        {
            int place = random.Next(frames.Count);
            switch (random.Next(4))
            {
                case 0:
                    frames.RemoveAt(place);
                    break;
                case 1:
                    frames.Insert(place, Bytes(random, random.Next(20)));
                    break;
                case 2 when frames[place].Length > 0:
                    frames[place] = [.. frames[place]];
                    frames[place][random.Next(frames[place].Length)] ^= (byte)random.Next(1, 256);
                    break;
                default:
                    frames[place] = frames[place][..random.Next(frames[place].Length + 1)];
                    break;
            }
        }

        return frames.Count > 0
            ? frames
            :
            [
                [],
            ];
    }

    private static byte[] Bytes(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
