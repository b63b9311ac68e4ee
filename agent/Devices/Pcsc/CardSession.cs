using EdgeHub.Agent.Devices.Cards;

namespace EdgeHub.Agent.Devices.Pcsc;

/// <summary>One card from connecting to letting go, on a worker's own context. Beside other programs, in a transaction; the
/// transaction is ended while something else than the card is waited for, because Windows resets a card that is held idle.</summary>
internal sealed class CardSession(IScard scard, nint context, string reader)
{
    private const int MostAnswerBytes = 264;

    /// <exception cref="ScardException">The reader, the card or the service failed.</exception>
    /// <exception cref="CardProtocolException">The card breaks the protocol's own bounds.</exception>
    public CardOutcome Read(CardReading reading, byte[] atr)
    {
        Demand("Connect", scard.Connect(context, reader, out var card, out var protocol));
        try
        {
            Demand("BeginTransaction", scard.Begin(card));
            try
            {
                return reading.Read(reader, atr, new CardChannel(command => Transmit(card, protocol, command)), ask => Pause(card, ask));
            }
            finally
            {
                // What this gives is of no use: the card is let go of in any case.
                _ = scard.End(card);
            }
        }
        finally
        {
            _ = scard.Disconnect(card, reset: false);
        }
    }

    private byte[] Transmit(nint card, uint protocol, byte[] command)
    {
        Span<byte> answer = stackalloc byte[MostAnswerBytes];
        Demand("Transmit", scard.Transmit(card, protocol, command, answer, out var length));
        // pcsclite gives success and nothing for a card that was pulled in the midst of a command.
        return length < 2 ? throw new ScardException("Transmit", ScardError.RemovedCard) : answer[..length].ToArray();
    }

    private AuthenticationAnswer Pause(nint card, Func<AuthenticationAnswer> ask)
    {
        Demand("EndTransaction", scard.End(card));
        var answer = ask();
        Demand("BeginTransaction", scard.Begin(card));
        return answer;
    }

    private static void Demand(string call, ScardError result)
    {
        if (result != ScardError.Success)
        {
            throw new ScardException(call, result);
        }
    }
}
