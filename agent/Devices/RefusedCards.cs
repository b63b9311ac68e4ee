using System.Threading.Channels;

namespace EdgeHub.Agent.Devices;

/// <summary>A card that was refused for what it is.</summary>
public sealed record RefusedCard(string Reader, DeviceError Error, string? CardNumber, string? IdNumber, DateTimeOffset At)
{
    public override string ToString() => $"{Error} in {Reader}";
}

/// <summary>What is to be kept of a card with numbers over a restart.</summary>
/// <param name="Refused">Null: a good card of the same person was read.</param>
public sealed record RefusedChange(string? CardNumber, string? IdNumber, RefusedCard? Refused);

/// <summary>Cards that were refused as invalid, blocked, expired or of a wrong area, so that their holders are not served by hand
/// instead: until a card of the same person is read, or a day is over (decision 0033 says why a day). A card of which nothing could be read
/// counts for everybody at every reader of this machine while it is in.</summary>
public sealed class RefusedCards(TimeProvider time)
{
    public static readonly TimeSpan Remembered = TimeSpan.FromHours(24);
    private const int Most = 1_000;

    private readonly Lock _gate = new();
    private readonly LinkedList<RefusedCard> _named = [];
    private readonly Channel<RefusedChange> _changes = Channel.CreateBounded<RefusedChange>(new BoundedChannelOptions(Most) { FullMode = BoundedChannelFullMode.DropOldest });
    private readonly Dictionary<string, RefusedCard> _nameless = new(StringComparer.Ordinal);

    /// <summary>What the store does not know yet, in order; each is taken once.</summary>
    public ChannelReader<RefusedChange> Changes => _changes.Reader;

    /// <summary>The refused card of a person with these numbers; null: none, or a good one was read since.</summary>
    public RefusedCard? Of(string? cardNumber, string? idNumber)
    {
        lock (_gate)
        {
            while (_named.Last is { } oldest && time.GetUtcNow() - oldest.Value.At > Remembered)
            {
                _named.RemoveLast();
            }
            return _named.FirstOrDefault(card => IsOf(card, cardNumber, idNumber)) ?? _nameless.Values.FirstOrDefault();
        }
    }

    /// <summary>A reader of which nobody needs to hear any more: nothing is in it.</summary>
    internal void Gone(string reader)
    {
        lock (_gate)
        {
            _nameless.Remove(reader);
        }
    }

    internal void Seen(ReaderState state)
    {
        lock (_gate)
        {
            _nameless.Remove(state.Name);
            var (card, error) = (state.Card, state.Error);
            if (state.Status == ReaderStatus.Read && card is not null)
            {
                Forget(card.CardNumber, card.IdNumber);
                _changes.Writer.TryWrite(new RefusedChange(card.CardNumber, card.IdNumber, null));
            }
            else if (state.Status == ReaderStatus.NotRead && error is { Allowed: Allowed.NoService })
            {
                Keep(new RefusedCard(state.Name, error, card?.CardNumber, card?.IdNumber, state.Since));
            }
        }
    }

    private void Keep(RefusedCard card)
    {
        if (card.CardNumber is null && card.IdNumber is null)
        {
            _nameless[card.Reader] = card;
            return;
        }
        Forget(card.CardNumber, card.IdNumber);
        _named.AddFirst(card);
        _changes.Writer.TryWrite(new RefusedChange(card.CardNumber, card.IdNumber, card));
        if (_named.Count > Most)
        {
            _named.RemoveLast();
        }
    }

    private void Forget(string? cardNumber, string? idNumber)
    {
        for (var node = _named.First; node is not null;)
        {
            var next = node.Next;
            if (IsOf(node.Value, cardNumber, idNumber))
            {
                _named.Remove(node);
            }
            node = next;
        }
    }

    private static bool IsOf(RefusedCard card, string? cardNumber, string? idNumber) =>
        (cardNumber is { Length: > 0 } && card.CardNumber == cardNumber)
        || (idNumber is { Length: > 0 } && string.Equals(card.IdNumber, idNumber, StringComparison.OrdinalIgnoreCase));
}
