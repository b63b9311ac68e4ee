using System.Globalization;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Access;

public abstract record PinOutcome
{
    private PinOutcome() { }

    /// <summary>It is that person.</summary>
    public sealed record Right(StaffMember Member) : PinOutcome;

    public sealed record Refused(Refusal Why) : PinOutcome;
}

/// <summary>Number and PIN of staff, checked here and nowhere else, with the line down as well. Wrong tries are kept over a restart;
/// from the fifth on there is a wait, which doubles up to an hour.</summary>
public sealed class SignIn(AgentStore store, IEntropy entropy)
{
    private const int FreeTries = 4;
    private const int LongestWaitMinutes = 60;
    private const int NumberCharacters = 20;
    private const int MostPinCharacters = 64;

    /// <summary>What an unknown number is checked against, so that it takes as long as a known one.</summary>
    private readonly Lazy<PinProof> _nobody = new(() => Pins.Make(new byte[32], Pins.Rounds(store.Clock.Time), entropy));

    private int _rounds;

    /// <summary>Rounds of a new proof, measured at the first use.</summary>
    public int Rounds => _rounds == 0 ? _rounds = Pins.Rounds(store.Clock.Time) : _rounds;

    /// <summary>How long after so many wrong tries in a row.</summary>
    public static TimeSpan WaitAfter(int wrong) =>
        wrong <= FreeTries ? TimeSpan.Zero : TimeSpan.FromMinutes(Math.Min(LongestWaitMinutes, 1L << Math.Min(wrong - FreeTries - 1, 10)));

    /// <summary>Whether this number has this PIN.</summary>
    public async Task<PinOutcome> Check(string? number, string? pin)
    {
        var (who, typed) = ((number ?? "").Trim(), (pin ?? "").Trim());
        if (who.Length is 0 or > NumberCharacters || typed.Length is 0 or > MostPinCharacters)
        {
            return Wrong();
        }
        var (found, wait) = await store.Do(session => Begin(session, who));
        if (wait > TimeSpan.Zero)
        {
            return new PinOutcome.Refused(Refusal.Of(
                Codes.SignInWait, "number", Math.Ceiling(wait.TotalMinutes).ToString(CultureInfo.InvariantCulture), "a try after the wait"));
        }
        // The slow part, on the caller's thread: the writer goes on meanwhile.
        var holds = Pins.Holds(store.Staff.Mixed(typed), found?.Proof ?? _nobody.Value);
        if (found is null || found.LeftAt is not null || !holds)
        {
            if (found is not null && found.Wrong == FreeTries)
            {
                await store.Do(session => store.Journal.Append(
                    session, Kinds.AccessChanged, new AccessChanged("staff", found.Number, "LockedOut", found.Role, found.Number), store.Clock.Capture()));
            }
            return Wrong();
        }
        if (found.PinEnds is { } ends && store.Clock.Now > ends)
        {
            return new PinOutcome.Refused(Refusal.Of(Codes.PinEnded, "pin", "", "a PIN that was given less than three days ago"));
        }
        return new PinOutcome.Right(await store.Do(session =>
        {
            var right = (store.Staff.Find(session, found.Number) ?? found) with { Wrong = 0, WrongAt = null };
            store.Staff.Put(session, right);
            return right;
        }));
    }

    /// <summary>Another PIN for the own number: the old one is asked for, weak ones are refused by name.</summary>
    public async Task<PinOutcome> Change(string number, string? old, string? wanted, string? again)
    {
        if (await Check(number, old) is not PinOutcome.Right right)
        {
            return Wrong("oldPin");
        }
        var pin = (wanted ?? "").Trim();
        var fault = Pins.Weak(pin, number)
            ?? (pin == (old ?? "").Trim() ? new Fault(Codes.WeakPin, "pin", "", "another PIN than the one until now") : null)
            ?? (pin != (again ?? "").Trim() ? new Fault(Codes.WeakPin, "pin", "", "the same PIN twice") : null);
        if (fault is not null)
        {
            return new PinOutcome.Refused(new Refusal([fault], null));
        }
        var changed = right.Member with { Proof = Pins.Make(store.Staff.Mixed(pin), Rounds, entropy), MustChange = false, PinEnds = null };
        await store.Do(session =>
        {
            store.Staff.Put(session, changed);
            return store.Journal.Append(session, Kinds.AccessChanged, new AccessChanged("staff", number, "PinChanged", changed.Role, number), store.Clock.Capture());
        });
        return new PinOutcome.Right(changed);
    }

    /// <summary>Counts the try before it is computed: a hundred at once are a hundred. A clock that was set back makes the wait begin anew.</summary>
    private (StaffMember? Found, TimeSpan Wait) Begin(StoreSession session, string number)
    {
        if (store.Staff.Find(session, number) is not { } found)
        {
            return (null, TimeSpan.Zero);
        }
        var now = store.Clock.Now;
        var (wait, last) = (WaitAfter(found.Wrong), found.WrongAt ?? now);
        if (now < last)
        {
            store.Staff.Put(session, found with { WrongAt = now });
            return (found, wait);
        }
        if (now - last < wait)
        {
            return (found, wait - (now - last));
        }
        store.Staff.Put(session, found with { Wrong = found.Wrong + 1, WrongAt = now });
        return (found, TimeSpan.Zero);
    }

    private static PinOutcome.Refused Wrong(string field = "number") => new(Refusal.Of(Codes.SignInWrong, field, "", "a staff number and its PIN"));
}
