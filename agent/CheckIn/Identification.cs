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
    /// <summary>As entries keep it: without any number.</summary>
    public CardEvidence Kept => new(Kind, Device, Reason);
}

/// <summary>Who stands at the desk: by the card in the reader, a card's or identity number, or by hand with a reason.</summary>
public sealed class Identification(AgentStore store, ICardReader? reader = null)
{
    public Member? Find(StoreSession session, Evidence shown) => shown.Kind switch
    {
        "card" => store.Members.ByCardNumber(session, shown.Number) ?? store.Members.ByIdNumber(session, shown.IdNumber ?? shown.Number),
        "idnumber" => store.Members.ByIdNumber(session, shown.Number),
        _ => store.Members.ByPerson(session, shown.Number) ?? store.Members.ByIdNumber(session, shown.Number) ?? store.Members.ByCardNumber(session, shown.Number),
    };

    /// <summary>What was shown, checked; null: a fault was added.</summary>
    public Evidence? Shown(EvidenceGiven? given, List<Fault> faults)
    {
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
                return new Evidence("idnumber", "keyboard", id.Format(), null, null);
            case "manual":
                var number = Given.Text(given.Number, "evidence.number", Given.NameCharacters, faults);
                var reason = Given.Text(given.Reason, "evidence.reason", Given.ReasonCharacters, faults);
                return new Evidence("manual", "keyboard", number, null, reason);
            default:
                faults.Add(new Fault(given is null ? Codes.Missing : Codes.UnknownCode, "evidence.kind", given?.Kind ?? "", "card, idnumber or manual"));
                return null;
        }
    }

    /// <summary>The card in the reader, or a number that the caller's own reader read.</summary>
    private Evidence? FromCard(EvidenceGiven given, List<Fault> faults)
    {
        var card = reader?.Current;
        if (string.IsNullOrWhiteSpace(given.Number))
        {
            if ((card?.CardNumber ?? card?.IdNumber) is not { } number)
            {
                faults.Add(new Fault(Codes.Missing, "evidence.number", "", "a card in the reader, or its number"));
                return null;
            }
            return new Evidence("card", card!.Device, number, card.IdNumber, null);
        }
        var typed = Given.Text(given.Number, "evidence.number", Given.NameCharacters, faults);
        return new Evidence("card", card is not null && card.CardNumber == typed ? card.Device : "caller", typed, null, null);
    }
}
