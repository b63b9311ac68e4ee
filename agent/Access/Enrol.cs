using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Access;

/// <param name="Hub">The hub's address; the one that the agent was started with when not given.</param>
/// <param name="Code">The one-time code that the hub printed for this site.</param>
public sealed record EnrolAsked(string? Hub, string? Code);

public abstract record EnrolOutcome
{
    private EnrolOutcome() { }

    public sealed record Enrolled(SiteFacts Site) : EnrolOutcome;

    public sealed record Refused(Refusal Why) : EnrolOutcome;
}

/// <summary>Makes this machine the one device of a site: the agent makes its key, the hub learns the public half. A device that
/// the hub knows no more (it was revoked, or the hub was restored to before it) comes back at the same site with the same
/// key; its store stays, and what the hub does not have is sent.</summary>
public sealed class Enrol(AgentStore store, IHubLine line, AgentOptions options)
{
    public async Task<EnrolOutcome> With(EnrolAsked asked, CancellationToken cancel)
    {
        var faults = new List<Fault>();
        var code = Given.Text(asked.Code, "code", Given.KeyCharacters, faults);
        var already = store.Site;
        var address = asked.Hub ?? options.Hub?.ToString() ?? already?.Hub.ToString();
        if (address is null || !AgentOptions.IsHttp(address))
        {
            faults.Add(new Fault(Codes.Missing, "hub", address ?? "", "the hub's address, for example http://127.0.0.1:5400"));
        }
        if (faults.Count > 0)
        {
            return new EnrolOutcome.Refused(new Refusal(faults, null));
        }
        var hub = new Uri(address!);
        try
        {
            if (already is not null && await IsKnown(hub, already, cancel))
            {
                return new EnrolOutcome.Refused(Refusal.Of(Codes.AlreadyEnrolled, "agent", already.Device, "a machine that the hub does not know"));
            }
            // The key is kept before it is sent: an answer that is lost is asked for again with the same key.
            var signer = store.MakeDevice();
            var version = typeof(Enrol).Assembly.GetName().Version?.ToString(3) ?? "";
            var answer = await line.Enrol(hub, new EnrolRequest(code, Convert.ToBase64String(signer.PublicKey), version, already?.Site), cancel);
            EnrolCheck.Demand(answer);
            if (already is not null && (answer.Region, answer.Site) != (already.Region, already.Site))
            {
                return new EnrolOutcome.Refused(Refusal.Of(Codes.AlreadyEnrolled, "agent", already.Device, $"a code for {already.Site}"));
            }
            var site = new SiteFacts(
                answer.Region, answer.Site, answer.Device, answer.Institution, answer.InstitutionName, answer.InstitutionLevel, answer.InstitutionType,
                answer.TimeZone, answer.HubKey, hub, answer.Villages);
            await store.Enrolled(site, answer.Epoch, answer.HandKey);
            await store.Announce(version);
            return new EnrolOutcome.Enrolled(site);
        }
        catch (HubRefused refused) when (Texts.All.ContainsKey(refused.Code))
        {
            return new EnrolOutcome.Refused(Refusal.Of(refused.Code, "code", "", refused.Detail));
        }
        catch (HubRefused refused)
        {
            return new EnrolOutcome.Refused(Refusal.Of(Codes.EnrolmentCodeInvalid, "code", "", refused.Message));
        }
        catch (HubUnreachable down)
        {
            return new EnrolOutcome.Refused(Refusal.Of(Codes.HubUnreachable, "hub", hub.ToString(), down.Message));
        }
    }

    /// <exception cref="HubUnreachable">The line is down.</exception>
    private async Task<bool> IsKnown(Uri hub, SiteFacts already, CancellationToken cancel)
    {
        try
        {
            await line.Hello(hub, already.Device, cancel);
            return true;
        }
        catch (HubRefused refused) when (refused.Code is Codes.UnknownDevice or Codes.Revoked)
        {
            return false;
        }
    }
}
