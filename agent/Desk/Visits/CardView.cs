using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Devices;

namespace EdgeHub.Agent.Desk.Visits;

/// <summary>What the readers say to a desk: who is there, or what is wrong and what may be done.</summary>
/// <param name="Version">Of the readers' board, to wait for its next change.</param>
/// <param name="Reader">The reader that has most to say; null: no reader at all.</param>
/// <param name="Person">Who the card in it shows; null: nobody, or nobody known here.</param>
public sealed record CardView(long Version, ReaderState? Reader, PersonSeen? Person)
{
    public bool IsRead => Reader?.Status == ReaderStatus.Read;

    /// <summary>What is wrong; null: nothing, or no reader was ever there.</summary>
    public DeviceErrorText? Trouble => Reader?.Error is { } error ? DeviceErrors.For(error.Code) : Reader is null ? DeviceErrors.For(DeviceErrorCode.NoReader) : null;

    /// <summary>The one table says whether somebody may be entered by hand with a reason.</summary>
    public bool MayEnterByHand => Trouble?.Allowed == Allowed.ManualEntry;

    /// <summary>A card that is not valid: no service on it, and none by hand.</summary>
    public bool IsRefused => Trouble?.Allowed == Allowed.NoService;

    /// <summary>Whoever the card shows is looked at by this operator.</summary>
    public static async Task<CardView> Read(CardReaders readers, LookAtPerson look, PersonLooks looks, Operator me)
    {
        var version = readers.Version;
        var reader = readers.States.OrderBy(Rank).ThenByDescending(state => state.Since).FirstOrDefault();
        var person = reader?.Status == ReaderStatus.Read ? await look.Shown(new EvidenceGiven("card", null, null) { Reader = reader.Name }, "11") : null;
        if (person is not null)
        {
            await looks.Saw(me, person.Member.Person, "", "arrivals");
        }
        return new CardView(version, reader, person);
    }

    /// <summary>A card that was read first, then one that was not, then what is wrong with a reader.</summary>
    private static int Rank(ReaderState state) => state.Status switch
    {
        ReaderStatus.Read => 0,
        ReaderStatus.NotRead => 1,
        ReaderStatus.Reading or ReaderStatus.CardIn => 2,
        ReaderStatus.Faulty => 3,
        ReaderStatus.Ready => 4,
        _ => 5,
    };
}
