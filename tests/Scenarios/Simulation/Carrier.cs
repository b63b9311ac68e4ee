using EdgeHub.Agent.Sync;
using EdgeHub.Hub.Ingest;
using EdgeHub.Rules;
using EdgeHub.Sync.ByHand;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Somebody with a stick: unsent lines of a clinic go to the hub as a file and its answer comes back, both twice, late, in any
/// order, to the wrong machine, or damaged on the way.</summary>
internal sealed class Carrier(World world)
{
    private const int MostKept = 30;
    private readonly List<(string Site, byte[] File)> _files = [];
    private readonly List<(string Site, byte[] File)> _unanswered = [];
    private readonly List<(string Site, byte[] Answer)> _answers = [];

    public void Act()
    {
        switch (world.Chance.Below(5))
        {
            case 0 or 1:
                Fetch(world.Chance.Of(world.Agents));
                break;
            case 2 or 3 when _unanswered.Count > 0 && !world.Hub.Disk.IsDead:
                TakeIn(_unanswered[0].Site, _unanswered[0].File);
                break;
            case 2 or 3 when _files.Count > 0 && !world.Hub.Disk.IsDead:
                Bring();
                break;
            default:
                TakeBack(world.Chance.Of(world.Agents));
                break;
        }
    }

    /// <summary>Who was told nothing brings his file again, and it is taken in or refused by name.</summary>
    public void BringAgain()
    {
        foreach (var (site, file) in _unanswered.ToList())
        {
            TakeIn(site, file);
        }
        world.Auditor.Check(1, _unanswered.Count == 0, () => $"{_unanswered.Count} files got no answer at a sound hub, the first of {_unanswered[0].Site}");
    }

    /// <summary>A clinic's file is brought and its answer taken back; a story's.</summary>
    public void Carry(SimAgent agent)
    {
        Fetch(agent);
        if (_files.Count > 0 && !world.Hub.Disk.IsDead)
        {
            TakeIn(_files[^1].Site, _files[^1].File);
            if (_unanswered.Count == 0 && !agent.Disk.IsDead)
            {
                TakeBack(agent, _answers[^1].Answer);
            }
        }
    }

    /// <summary>A clinic's file is written.</summary>
    public void Fetch(SimAgent agent)
    {
        if (agent.Disk.IsDead || agent.Store.Site is null)
        {
            return;
        }
        var (file, failure) = agent.Run("export", async () =>
        {
            if (await agent.Part<MoveByHand>().Export() is not ExportOutcome.Ready ready)
            {
                return null;
            }
            var written = new MemoryStream();
            await ready.File.WriteTo(written, CancellationToken.None);
            return written.ToArray();
        });
        world.Note($"{agent.Name} exports {file?.Length.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "nothing"} {failure}");
        world.Coverage.Hit("by hand export", failure.Length == 0 ? "none" : failure, agent.State);
        if (file is not null && _files.Count < MostKept)
        {
            _files.Add((agent.Site, file));
        }
    }

    /// <summary>A file is taken in at the hub; a damaged one only as far as it is sound.</summary>
    private void Bring()
    {
        var at = world.Chance.Below(_files.Count);
        var (site, file) = _files[at];
        if (world.Chance.OneIn(5))
        {
            file = [.. file];
            file[world.Chance.Below(file.Length)] ^= (byte)(1 << world.Chance.Below(8));
            world.Coverage.Hit("by hand import", "damaged", "up");
        }
        else if (world.Chance.OneIn(3))
        {
            world.Coverage.Hit("by hand import", "again later", "up");
        }
        else
        {
            _files.RemoveAt(at);
            world.Coverage.Hit("by hand import", "none", "up");
        }
        world.MayKillHub("by hand import");
        TakeIn(site, file);
        world.Hub.Disarm();
    }

    /// <summary>Where the hub dies over a file nobody is told what was taken: it is kept, and brought again.</summary>
    private void TakeIn(string site, byte[] file)
    {
        var before = world.Hub.Disk.Commits;
        _unanswered.RemoveAll(each => each.File == file);
        try
        {
            var report = world.Hub.DoInParts("import", hub => world.Thread.Run(() => Import(hub, file)));
            world.Note($"hub takes a file of {site} in: {report?.Taken} taken, {report?.Known} known, {report?.Refused?.Code}");
            if (report?.Acks is { } acks)
            {
                _answers.Add((site, AckFile.Write(acks, world.Hub.Store.Keys.Signer)));
            }
        }
        catch (Exception failed) when (world.Hub.Broke(failed))
        {
            world.Note($"hub died over a file of {site}, behind {world.Hub.Disk.Commits - before} commits");
            _unanswered.Add((site, file));
        }
        catch (EdgeHub.Sync.Stores.StoreException full) when (world.Hub.IsFull)
        {
            world.Note($"hub takes no file: {full.Code}");
            world.Coverage.Hit("by hand import", "disk full", "up");
            _unanswered.Add((site, file));
        }
    }

    /// <returns>Null: the file as a whole is refused.</returns>
    private static async Task<ImportReport?> Import(SimHub hub, byte[] file)
    {
        try
        {
            return await new JournalImport(hub.Store, hub.Ingest).From(new MemoryStream(file), CancellationToken.None);
        }
        catch (JournalFormatException damaged)
        {
            Assert.Contains(damaged.Code, (string[])[Codes.UnknownFormat, Codes.FileDamaged, Codes.FileOfAnother]);
            return null;
        }
    }

    /// <summary>An answer comes to a machine: of its site mostly.</summary>
    private void TakeBack(SimAgent agent)
    {
        if (_answers.Count == 0 || agent.Disk.IsDead || agent.Store.Site is null)
        {
            return;
        }
        var mine = _answers.Where(each => each.Site == agent.Site).ToList();
        var (_, answer) = mine.Count > 0 && !world.Chance.OneIn(6) ? world.Chance.Of(mine) : world.Chance.Of(_answers);
        if (world.Chance.OneIn(6))
        {
            answer = [.. answer];
            answer[world.Chance.Below(answer.Length)] ^= 1;
        }
        TakeBack(agent, answer);
    }

    private void TakeBack(SimAgent agent, byte[] answer)
    {
        var (outcome, failure) = agent.Run("answer", () => agent.Part<MoveByHand>().TakeAcks(answer));
        world.Note($"{agent.Name} takes an answer in: {outcome?.GetType().Name} {(outcome as AcksOutcome.Refused)?.Why.Code} {failure}");
        world.Coverage.Hit("by hand answer", (outcome as AcksOutcome.Refused)?.Why.Code ?? (failure.Length > 0 ? failure : "none"), agent.State);
        if (outcome is AcksOutcome.Taken)
        {
            world.Auditor.TakenByHand(agent);
        }
    }
}
