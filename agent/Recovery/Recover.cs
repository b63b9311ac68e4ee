using System.Globalization;
using System.Security.Cryptography;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Rules;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Sync.Stores;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Agent.Recovery;

/// <summary>Brings an agent back whose store is damaged or lost: a new store is built beside it out of what can still be proven of the old one;
/// the hub says what it has and gives a new epoch, in which everything that it lacks is sealed again. Reference data come with the
/// next round. The damaged files are set aside, never deleted.</summary>
public sealed class Recover(StateFolder folder, AgentOptions options, IHubLine line, IKeyVault vault, IKeyMaker maker, AgentClock clock, IEntropy entropy)
{
    private readonly RecoveryFolder _place = new(folder);

    /// <param name="giveUp">Lines that cannot be saved may be given up.</param>
    /// <param name="code">A one-time code, where not even the site is known any more.</param>
    public async Task<RecoveryOutcome> Run(bool giveUp, string? code, CancellationToken cancel)
    {
        if (_place.Plan() is { Aside: { } begun })
        {
            _place.Swap(begun);
        }
        if (IsSound())
        {
            return new RecoveryOutcome.NotNeeded();
        }
        using var keys = RecoveryKeys.Read(vault, maker, entropy);
        if (keys.Device is not { } device)
        {
            return new RecoveryOutcome.Refused(Refusal.Of(Codes.StoreDamaged, "keys/device", "", "the device's key: put the keys folder back from its backup; else revoke this device at the hub and enrol in an empty folder"));
        }
        try
        {
            _place.Begin();
            using var fresh = SqliteStore.Open(_place.Database);
            Migrations.Apply(fresh, typeof(AgentStore).Assembly, "Store/Migrations");
            return await Rebuild(fresh, keys, device, giveUp, code, cancel);
        }
        catch (HubRefused refused)
        {
            return new RecoveryOutcome.Refused(Refusal.Of(Texts.All.ContainsKey(refused.Code) ? refused.Code : Codes.UnknownDevice, "device", "", refused.Detail));
        }
        catch (HubUnreachable down)
        {
            return new RecoveryOutcome.Refused(Refusal.Of(Codes.HubUnreachable, "hub", "", down.Message));
        }
        finally
        {
            _place.Drop();
        }
    }

    private bool IsSound()
    {
        try
        {
            using var keys = AgentKeys.Open(vault, entropy, folder, maker);
            return File.Exists(folder.Database) && (Soundness.Of(folder.Database, keys, clock).Damage ?? Soundness.Deep(folder.Database, keys, clock)
                ?? Migrations.Altered(folder.Database, typeof(AgentStore).Assembly, "Store/Migrations")) is null;
        }
        catch (Exception unsound) when (unsound is StoreException or System.Data.Common.DbException)
        {
            return false;
        }
    }

    private async Task<RecoveryOutcome> Rebuild(SqliteStore fresh, RecoveryKeys keys, ISigner device, bool giveUp, string? code, CancellationToken cancel)
    {
        var journal = new JournalStore(keys.Cipher, clock);
        var found = SalvageStore.Into(fresh, journal, new RequestStore(keys.Cipher, journal), folder.Database);
        SalvageStore.Chained(fresh, journal, found.Seen.Keys);
        if (HeadMark.Read(folder.Database, keys.Cipher) is { } mark)
        {
            found.See(mark.Epoch, mark.Seq);
            found.EndKnown = true;
        }
        if ((SiteFile.Read(folder.Keys) ?? found.Site ?? await Asked(device, code, cancel)) is not { } site)
        {
            return new RecoveryOutcome.Refused(Refusal.Of(Codes.Missing, "Code", "", "the site is not known any more: revoke the device at the hub, print a new code for the site, and give it with --Code and --Hub"));
        }
        var hello = await line.Hello(site.Hub, site.Device, cancel);
        HelloCheck.Demand(hello, clock.Now);
        // One that was cut off behind the hub's new epoch: what the hub had is known from before.
        var plan = _place.Plan() is { } begun && begun.Epoch < hello.Epoch ? begun : new RecoveryPlan(hello.Epoch, hello.Seq, hello.Hash, null);
        var hub = HubHead(plan, found);
        if (fresh.Read(session => journal.HashAt(session, hub.Epoch, hub.Seq)) is { } here && hub.Seq > 0 && !here.AsSpan().SequenceEqual(hub.Hash.Span))
        {
            return new RecoveryOutcome.Refused(Refusal.Of(Codes.Fork, "seq", hub.Seq.ToString(CultureInfo.InvariantCulture), "the line that the hub holds there"));
        }
        var report = Counted(fresh, found, hub);
        if (!report.LosesNothing && !giveUp)
        {
            return new RecoveryOutcome.WouldLose(report);
        }
        _place.Keep(plan);
        var asked = new EpochRequest(site.Device, Math.Max(plan.Epoch, found.Seen.Count > 0 ? found.Seen.Keys.Max() : 0), 0, Chain.Text(SHA256.HashData("recovered"u8)), 0, []);
        var given = await line.NewEpoch(site.Hub, asked, Tickets.Header(site.Device, hello.Ticket, device), cancel);
        if (given.Epoch <= asked.Epoch)
        {
            return new RecoveryOutcome.Refused(Refusal.Of(Codes.HubRestored, "epoch", asked.Epoch.ToString(CultureInfo.InvariantCulture), given.Epoch.ToString(CultureInfo.InvariantCulture)));
        }
        Build(fresh, keys, device, site, journal, found, hub, report, given.Epoch, hello.HandKey);
        return new RecoveryOutcome.Done(Placed(fresh, keys, plan, report with { NewEpoch = given.Epoch }));
    }

    /// <summary>After this line everything that is here is unknown to the hub. A hub that has given an epoch that this device never took stands at
    /// its beginning: then the mark of the old store says what it had of the one before.</summary>
    private static ChainHead HubHead(RecoveryPlan plan, Salvaged found)
    {
        var last = found.Seen.Count > 0 ? found.Seen.Keys.Max() : plan.Epoch;
        return plan.Seq == 0 && last < plan.Epoch
            ? found.Acked is { } acked && acked.Epoch == last ? acked : new ChainHead(last, 0, Chain.Zero)
            : new ChainHead(plan.Epoch, plan.Seq, Convert.FromHexString(plan.Hash));
    }

    private static RecoveryReport Counted(SqliteStore fresh, Salvaged found, ChainHead hub) => fresh.Read(session =>
    {
        var (saved, lost, history) = (new List<LineRun>(), new List<LineRun>(), 0L);
        foreach (var (epoch, last) in found.Seen)
        {
            var after = epoch < hub.Epoch ? last : epoch == hub.Epoch ? hub.Seq : 0;
            history += SalvageStore.Runs(session, epoch, 0).Sum(run => Math.Max(0, Math.Min(run.Through, after) - run.From + 1));
            var next = after + 1;
            foreach (var (from, through) in SalvageStore.Runs(session, epoch, after))
            {
                if (from > next)
                {
                    lost.Add(new LineRun(epoch, next, from - 1));
                }
                saved.Add(new LineRun(epoch, from, through));
                next = through + 1;
            }
            if (last >= next)
            {
                lost.Add(new LineRun(epoch, next, last));
            }
        }
        return new RecoveryReport(hub, saved, lost, history, found.EndKnown, null, null);
    });

    /// <summary>Rows from all lines, at their old places, so that receipts keep their numbers; then what the hub lacks moves into the new epoch.</summary>
    private void Build(
        SqliteStore fresh, RecoveryKeys keys, ISigner device, SiteFacts site, JournalStore journal, Salvaged found, ChainHead hub, RecoveryReport report, long epoch, HandKey? hand)
    {
        if (TimeZoneInfo.TryFindSystemTimeZoneById(site.TimeZone, out var zone))
        {
            clock.Place(zone);
        }
        var replay = new ReplayStore(journal, new VisitStore(keys.Cipher), site);
        foreach (var (old, last) in found.Seen)
        {
            for (var seq = 0L; seq < last;)
            {
                var after = seq;
                var through = fresh.Write(session => replay.Replay(session, old, after));
                seq = through > after ? through : last;
            }
        }
        fresh.Write(session =>
        {
            foreach (var range in journal.CarryOver(session, epoch, hub, clock.Capture()).Reverse())
            {
                SettlementStore.Carried(session, range.Epoch, range.AfterSeq, epoch, range.Shift);
            }
            var words = string.Create(CultureInfo.InvariantCulture, $"recovered: {report.SavedLines} lines saved, {report.LostLines} lost");
            var lost = report.LostLines == 0 ? "" : $" ({RecoveryReport.Shown(report.Lost)})";
            journal.Append(session, Kinds.StoreChecked, new StoreChecked(words + lost + (report.EndKnown ? "" : "; the journal's end is not known"), hub.Seq, report.SavedLines), clock.Capture());
            MetaStore.KeepSite(session, site);
            MetaStore.KeepKeyCheck(session, keys.Cipher);
            if (hand is not null)
            {
                MetaStore.KeepHandKey(session, hand);
            }
            journal.Sign(session, device, site.Device);
            return true;
        });
    }

    private RecoveryReport Placed(SqliteStore fresh, RecoveryKeys keys, RecoveryPlan plan, RecoveryReport report)
    {
        var aside = Path.Combine(folder.Root, "damaged-" + clock.Now.ToString("yyyyMMdd-HHmmss", CultureInfo.InvariantCulture));
        if (!fresh.Checkpoint(truncate: true))
        {
            throw new StoreException(Codes.Busy, _place.Database, "another process reads the new store");
        }
        fresh.Dispose();
        OwnerFiles.Folder(aside);
        keys.Keep(vault, folder.Keys, aside);
        _place.Keep(plan with { Aside = aside });
        _place.Swap(aside);
        return report with { Aside = aside };
    }

    private async Task<SiteFacts?> Asked(ISigner device, string? code, CancellationToken cancel)
    {
        if (code is null || options.Hub is not { } hub)
        {
            return null;
        }
        var version = typeof(Recover).Assembly.GetName().Version?.ToString(3) ?? "";
        var answer = await line.Enrol(hub, new EnrolRequest(code, Convert.ToBase64String(device.PublicKey), version), cancel);
        EnrolCheck.Demand(answer);
        return new SiteFacts(
            answer.Region, answer.Site, answer.Device, answer.Institution, answer.InstitutionName, answer.InstitutionLevel, answer.InstitutionType, answer.TimeZone, answer.HubKey, hub, answer.Villages);
    }
}
