using EdgeHub.Agent.Sync;
using EdgeHub.Rules;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>Everything is mended: lines, disks, clocks; people do what only they can; rounds go on until nobody has news for anybody.</summary>
internal sealed class Rest(World world)
{
    private const int MostRounds = 120;
    private readonly Dictionary<SimAgent, SyncReport> _reports = [];

    /// <returns>False: something still moves after so many rounds.</returns>
    public bool Reach()
    {
        world.Quiet = true;
        world.HubIsOld = false;
        world.Hub.Disarm();
        (world.Hub.IsFull, world.Hub.Clock.Skew) = (false, TimeSpan.Zero);
        world.RiseHub();
        foreach (var agent in world.Agents)
        {
            (agent.IsCut, agent.Disk.IsFull, agent.Clock.Skew) = (false, false, TimeSpan.Zero);
            if (agent.Disk.IsDead)
            {
                agent.Rise();
            }
        }
        world.DeliverLate(all: true);
        world.Carrier.BringAgain();
        for (var round = 0; round < MostRounds; round++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(20));
            world.Hub.SettleAll();
            if (!Round(round) & !OneCopyTooMany())
            {
                return true;
            }
        }
        return false;
    }

    /// <returns>True: somebody had news.</returns>
    private bool Round(int round)
    {
        var news = false;
        foreach (var agent in world.Agents.ToList())
        {
            if (agent.Store.Site is null)
            {
                world.Clerk.Enrol(agent);
                news = true;
                continue;
            }
            var report = _reports[agent] = agent.Sync() ?? throw new InvalidOperationException($"{agent.Name} did not end its round.");
            news |= report.SentLines + report.FeedRows + report.Unacknowledged > 0 || report.Failure is not null;
            if (report.Failure is { } failure)
            {
                Help(agent, failure, round);
            }
        }
        return news | world.OtherVersions.Send() | world.Hub.Do("settle", hub => hub.Settlement.RunOnce());
    }

    /// <summary>What only people can do.</summary>
    private void Help(SimAgent agent, string failure, int round)
    {
        if (failure.Contains(Codes.UnknownDevice, StringComparison.Ordinal) || failure.Contains(Codes.Revoked, StringComparison.Ordinal))
        {
            world.Clerk.EnrolAgain(agent);
        }
        else if (failure.Contains(Codes.Fork, StringComparison.Ordinal) || (failure.Contains(Codes.Cloned, StringComparison.Ordinal) && (round % 8 == 7 || world.Agents.Count(each => each.Site == agent.Site) == 1)))
        {
            world.Clerk.Clear(agent.Site);
        }
    }

    /// <summary>Of two copies of a machine the one that has nothing left to say is taken away.</summary>
    private bool OneCopyTooMany()
    {
        foreach (var site in world.Agents.GroupBy(agent => agent.Site).Where(site => site.Count() > 1).ToList())
        {
            if (site.FirstOrDefault(agent => _reports.GetValueOrDefault(agent) is { Heard: true, Failure: null, Unacknowledged: 0 }) is { } done)
            {
                world.Note($"{done.Name} is taken away");
                done.Close();
                world.Agents.Remove(done);
                world.Clerk.Clear(site.Key);
                return true;
            }
        }
        return false;
    }
}
