using EdgeHub.Agent.Devices;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Rules.Ids;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.CheckIn;

/// <summary>How a person showed who it is, checked.</summary>
/// <param name="Kind">card, idnumber or manual.</param>
/// <param name="Number">What the person is found by.</param>
/// <param name="IdNumber">Where the card said it too.</param>
/// <param name="Reason">Why manual.</param>
public sealed record Evidence(string Kind, string Device, string Number, string? IdNumber, string? Reason)
{
    /// <summary>A reader read the card: it is not what somebody typed.</summary>
    public bool IsRead { get; init; }

    /// <summary>The reader at which the person stands; null: not said.</summary>
    public string? Reader { get; init; }

    /// <summary>What the readers had to complain of while the person was entered otherwise; null: nothing.</summary>
    public string? Trouble { get; init; }

    /// <summary>Why it was entered by hand, with what the readers had to complain of; null: nothing to keep.</summary>
    public string? ToKeep => (Reason, Trouble) switch
    {
        (null, null) => null,
        (null, var trouble) => trouble,
        (var reason, null) => reason,
        var (reason, trouble) => $"{reason} [{trouble}]",
    };

    /// <summary>As entries keep it: without any number.</summary>
    public CardEvidence Kept => new(Kind, Device, Reason);
}

/// <summary>Who stands at the desk: by the card in the reader, a card's or identity number, or by hand with a reason.</summary>
public sealed class Identification(AgentStore store, CardReaders? readers = null)
{
    /// <summary>Troubles that say nothing of a card that somebody had with him.</summary>
    private static readonly DeviceErrorCode[] Standing = [DeviceErrorCode.NoReader, DeviceErrorCode.CardSystemAbsent, DeviceErrorCode.TooManyReaders];

    public Member? Find(StoreSession session, Evidence shown) => shown.Kind switch
    {
        "card" => store.Members.ByCardNumber(session, shown.Number) ?? store.Members.ByIdNumber(session, shown.IdNumber ?? shown.Number),
        "idnumber" => store.Members.ByIdNumber(session, shown.Number),
        _ => store.Members.ByPerson(session, shown.Number) ?? store.Members.ByIdNumber(session, shown.Number) ?? store.Members.ByCardNumber(session, shown.Number),
    };

    /// <summary>What was shown, checked; null: a fault was added.</summary>
    public Evidence? Shown(EvidenceGiven? given, List<Fault> faults)
    {
        if (given?.Reader is { } named && readers is not null && readers.Find(named) is null)
        {
            // What the named reader has to complain of is held against the entry: one that is not there would have nothing.
            faults.Add(new Fault(Codes.UnknownCode, "evidence.reader", named, "a reader of this site"));
            return null;
        }
        switch (given?.Kind)
        {
            case "card":
                return FromCard(given, faults);
            case "idnumber":
                if (!ChineseId.TryParse(given.Number?.Trim(), "evidence.number", out var id, out var fault))
                {
                    faults.Add(fault);
                    return null;
                }
                return new Evidence("idnumber", "keyboard", id.Format(), null, null) { Reader = given.Reader, Trouble = Trouble(given.Reader, Standing) };
            case "manual" when AgainOnly(given.Reader) is { } again:
                faults.Add(new Fault(Codes.CardNotRead, "evidence.card", again.Code.ToString(), "a card that can be read"));
                return null;
            case "manual":
                var number = Given.Text(given.Number, "evidence.number", Given.NameCharacters, faults);
                var reason = Given.Text(given.Reason, "evidence.reason", Given.ReasonCharacters, faults);
                return new Evidence("manual", "keyboard", number, null, reason) { Reader = given.Reader, Trouble = Trouble(given.Reader, []) };
            default:
                faults.Add(new Fault(given is null ? Codes.Missing : Codes.UnknownCode, "evidence.kind", given?.Kind ?? "", "card, idnumber or manual"));
                return null;
        }
    }

    /// <summary>A card of this person was refused for what it is: then the person is not served by hand either. Before a restart counts too.
    /// While a refused card of which nothing could be read is in any reader of this machine, it may be anybody's. Null: none was.</summary>
    public RefusedCard? Refused(StoreSession session, Evidence shown, Member member)
    {
        if (shown.IsRead || readers is null)
        {
            return null;
        }
        store.Refused.Apply(session, readers.Refused, store.Clock.Now);
        var (card, id) = (member.Personal.CardNumber, member.Personal.IdNumber);
        return readers.Refused.Of(card, id) ?? store.Refused.Of(session, card, id, store.Clock.Now);
    }

    /// <summary>The card in the reader, or a number that the caller's own reader read.</summary>
    private Evidence? FromCard(EvidenceGiven given, List<Fault> faults)
    {
        var card = given.Reader is null ? readers?.Current : readers?.Find(given.Reader) is { Status: ReaderStatus.Read } state ? state.Card : null;
        if (string.IsNullOrWhiteSpace(given.Number))
        {
            if ((card?.CardNumber ?? card?.IdNumber) is not { } number)
            {
                faults.Add(NoCard(given.Reader));
                return null;
            }
            return new Evidence("card", card!.Device, number, card.IdNumber, null) { IsRead = true, Reader = given.Reader };
        }
        var typed = Given.Text(given.Number, "evidence.number", Given.NameCharacters, faults);
        var isRead = card is not null && card.CardNumber == typed;
        return new Evidence("card", isRead ? card!.Device : "caller", typed, null, null)
        {
            IsRead = isRead, Reader = given.Reader, Trouble = isRead ? null : Trouble(given.Reader, Standing),
        };
    }

    /// <summary>Why there is no card to go by: what its reader says, else that none is in.</summary>
    private Fault NoCard(string? reader)
    {
        var errors = Troubled(reader).Select(state => state.Error!).ToList();
        var worst = errors.Find(error => error.Allowed == Allowed.NoService) ?? errors.FirstOrDefault();
        return worst switch
        {
            null => new Fault(Codes.Missing, "evidence.number", "", "a card in the reader, or its number"),
            { Allowed: Allowed.NoService } => new Fault(Codes.CardRefused, "evidence.card", worst.Code.ToString(), "a card that is valid here"),
            _ => new Fault(Codes.CardNotRead, "evidence.card", worst.Code.ToString(), "a card that can be read"),
        };
    }

    /// <summary>What the table of devices' errors answers with "again" and nothing else: then nobody is entered by hand. Null: nothing. Without a
    /// reader named, one that allows it by hand is enough.</summary>
    private DeviceError? AgainOnly(string? reader)
    {
        var errors = Troubled(reader).Select(state => state.Error!).ToList();
        return errors.Exists(error => error.Allowed == Allowed.ManualEntry) ? null : errors.Find(error => error.Allowed == Allowed.Retry);
    }

    private string? Trouble(string? reader, DeviceErrorCode[] but)
    {
        var troubles = Troubled(reader).Where(state => !but.Contains(state.Error!.Code)).Select(state => $"{state.Name}: {state.Error}").Take(4).ToList();
        return troubles.Count == 0 ? null : string.Join("; ", troubles);
    }

    private IEnumerable<ReaderState> Troubled(string? reader) =>
        readers?.States.Where(state => state.Error is not null && (reader is null || state.Name == reader)) ?? [];
}
