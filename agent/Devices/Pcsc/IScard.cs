namespace EdgeHub.Agent.Devices.Pcsc;

/// <summary>The calls of PC/SC that this agent makes: the platform's, or a test's. A context is never shared by two threads, except
/// that any may cancel it.</summary>
public interface IScard
{
    ScardError Establish(out nint context);

    ScardError Release(nint context);

    /// <summary>Ends a wait of that context now. It is forgotten where nobody waits.</summary>
    ScardError Cancel(nint context);

    /// <summary>No reader is <see cref="ScardError.NoReadersAvailable"/>, which is no fault.</summary>
    ScardError ListReaders(nint context, out IReadOnlyList<string> readers);

    /// <summary>Waits until a reader's state differs from what the caller knows; at most 16 at once.</summary>
    ScardError GetStatusChange(nint context, uint timeoutMilliseconds, Span<ReaderWatch> readers);

    /// <summary>Opens the card beside other programs, by protocol T=0 or T=1.</summary>
    ScardError Connect(nint context, string reader, out nint card, out uint protocol);

    /// <param name="reset">The card forgets what was selected and authenticated.</param>
    ScardError Disconnect(nint card, bool reset);

    ScardError Begin(nint card);

    ScardError End(nint card);

    /// <summary>One command. It has no timeout, and success with no bytes is a card that was pulled.</summary>
    ScardError Transmit(nint card, uint protocol, ReadOnlySpan<byte> command, Span<byte> answer, out int length);
}
