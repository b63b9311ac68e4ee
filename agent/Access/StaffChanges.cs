using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;

namespace EdgeHub.Agent.Access;

public abstract record StaffOutcome
{
    private StaffOutcome() { }

    /// <param name="Pin">To be handed over now and shown never again; null: the PIN stays as it is.</param>
    public sealed record Done(StaffMember Member, string? Pin) : StaffOutcome;

    public sealed record Refused(Refusal Why) : StaffOutcome;
}

/// <summary>Staff come, change their role, forget their PIN and leave. Each is an entry of the journal, without name and PIN. The last
/// manager stays one: else nobody could let anybody in.</summary>
public sealed class StaffChanges(AgentStore store, SignIn signIn, IEntropy entropy)
{
    private const int NumberCharacters = 20;

    public async Task<StaffOutcome> Add(string? number, string? name, string? role, string by)
    {
        if (store.Site is null)
        {
            return new StaffOutcome.Refused(Refusal.NotEnrolled());
        }
        var faults = new List<Fault>();
        var who = Given.Text(number, "number", NumberCharacters, faults);
        if (who.Length > 0 && !who.All(char.IsAsciiLetterOrDigit))
        {
            faults.Add(new Fault(Codes.BadCharacter, "number", who, "letters and digits"));
        }
        var called = Given.Text(name, "name", Given.NameCharacters, faults);
        Role(role, faults);
        if (faults.Count > 0)
        {
            return new StaffOutcome.Refused(new Refusal(faults, null));
        }
        var (pin, proof) = NewPin(who);
        return await store.Do<StaffOutcome>(session =>
        {
            if (store.Staff.Find(session, who) is not null)
            {
                return new StaffOutcome.Refused(Refusal.Of(Codes.StaffExists, "number", who, "a number that nobody has or had"));
            }
            var member = new StaffMember(who, called, role!, proof, MustChange: true, store.Clock.Now + Pins.GivenFor, 0, null, null);
            return Keep(session, member, "Added", by, pin);
        });
    }

    /// <summary>A new PIN for somebody who forgot it or waits too long; the old one ends at once.</summary>
    public Task<StaffOutcome> ResetPin(string number, string by)
    {
        var (pin, proof) = NewPin(number);
        return Change(number, "PinReset", by, pin, member =>
            member with { Proof = proof, MustChange = true, PinEnds = store.Clock.Now + Pins.GivenFor, Wrong = 0, WrongAt = null });
    }

    public Task<StaffOutcome> ChangeRole(string number, string? role, string by)
    {
        var faults = new List<Fault>();
        Role(role, faults);
        return faults.Count > 0
            ? Task.FromResult<StaffOutcome>(new StaffOutcome.Refused(new Refusal(faults, null)))
            : Change(number, "RoleChanged", by, null, member => member with { Role = role! });
    }

    public Task<StaffOutcome> Leave(string number, string by) => Change(number, "Left", by, null, member => member with { LeftAt = member.LeftAt ?? store.Clock.Now });

    /// <summary>Somebody comes back, with a new PIN.</summary>
    public Task<StaffOutcome> Return(string number, string by)
    {
        var (pin, proof) = NewPin(number);
        return Change(number, "Returned", by, pin, member =>
            member with { Proof = proof, MustChange = true, PinEnds = store.Clock.Now + Pins.GivenFor, LeftAt = null, Wrong = 0, WrongAt = null });
    }

    private Task<StaffOutcome> Change(string number, string change, string by, string? pin, Func<StaffMember, StaffMember> how) => store.Do<StaffOutcome>(session =>
    {
        if (store.Staff.Find(session, number) is not { } before)
        {
            return new StaffOutcome.Refused(Refusal.Of(Codes.NotFound, "number", number, "the number of somebody who works here"));
        }
        var after = how(before);
        var losesAManager = IsManager(before) && !IsManager(after);
        if (losesAManager && store.Staff.All(session).Count(IsManager) == 1)
        {
            return new StaffOutcome.Refused(Refusal.Of(Codes.LastManager, "number", number, "another manager first"));
        }
        // A session that was open with the old PIN or role ends.
        AccessStore.EndOthers(session, number, []);
        return Keep(session, after, change, by, pin);
    });

    private StaffOutcome.Done Keep(StoreSession session, StaffMember member, string change, string by, string? pin)
    {
        store.Staff.Put(session, member);
        store.Journal.Append(session, Kinds.AccessChanged, new AccessChanged("staff", member.Number, change, member.Role, by), store.Clock.Capture());
        return new StaffOutcome.Done(member, pin);
    }

    private (string Pin, PinProof Proof) NewPin(string number)
    {
        var pin = Pins.Give(number, entropy);
        return (pin, Pins.Make(store.Staff.Mixed(pin), signIn.Rounds, entropy));
    }

    private static bool IsManager(StaffMember member) => member.LeftAt is null && member.Role == Roles.Manager;

    private static void Role(string? role, List<Fault> faults)
    {
        if (role is null || !Roles.OfStaff.Contains(role, StringComparer.Ordinal))
        {
            faults.Add(new Fault(Codes.UnknownCode, "role", role ?? "", "doctor, cashier or manager"));
        }
    }
}
