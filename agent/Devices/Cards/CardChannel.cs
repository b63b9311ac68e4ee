namespace EdgeHub.Agent.Devices.Cards;

/// <summary>What a card answers to a command: data, and the two bytes that say how it went.</summary>
/// <param name="Status">9000 is well; ISO 7816-4 names the others.</param>
public readonly record struct CardAnswer(byte[] Data, ushort Status)
{
    public bool IsWell => Status == 0x9000;
}

/// <summary>A card's answer that is none.</summary>
public sealed class CardProtocolException(string what) : Exception(what);

/// <summary>Commands to one card. That an answer waits (61xx) or was asked with a wrong length (6Cxx) is handled here and nowhere else,
/// and every exchange has bounds: a card that answers for ever is refused.</summary>
/// <param name="transmit">One command to its answer with the status; throws where the reader fails.</param>
public sealed class CardChannel(Func<byte[], byte[]> transmit)
{
    /// <summary>A whole reading needs about 30 commands.</summary>
    public const int MostCommands = 400;

    /// <summary>No field of any profile is longer than a short answer; a longer one is no card of ours.</summary>
    public const int MostAnswerBytes = 4_096;

    private int _sent;

    /// <exception cref="CardProtocolException">No status, too many commands, too much data.</exception>
    public CardAnswer Send(params byte[] command)
    {
        var answer = Once(command);
        if (answer.Status >> 8 == 0x6C && answer.Data.Length == 0)
        {
            var hasNoLength = command.Length == 4 || (command.Length > 5 && command.Length == 5 + command[4]);
            answer = Once(hasNoLength ? [.. command, (byte)(answer.Status & 0xFF)] : [.. command[..^1], (byte)(answer.Status & 0xFF)]);
        }
        var data = answer.Data;
        while (answer.Status >> 8 == 0x61)
        {
            answer = Once([(byte)(command[0] & 0x03), 0xC0, 0, 0, (byte)(answer.Status & 0xFF)]);
            data = [.. data, .. answer.Data];
            if (data.Length > MostAnswerBytes)
            {
                throw new CardProtocolException($"an answer of more than {MostAnswerBytes} bytes");
            }
        }
        return answer with { Data = data };
    }

    private CardAnswer Once(byte[] command)
    {
        if (++_sent > MostCommands)
        {
            throw new CardProtocolException($"more than {MostCommands} commands");
        }
        var answer = transmit(command);
        return answer.Length < 2
            ? throw new CardProtocolException($"an answer of {answer.Length} bytes")
            : new CardAnswer(answer[..^2], (ushort)((answer[^2] << 8) | answer[^1]));
    }
}
