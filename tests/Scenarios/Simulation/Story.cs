namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>One short fixed story in which everything writes: two clinics, some days, a month's end. Whatever dies in it starts again at
/// once, and people do again what they got no answer to. It is played once for each point at which something can die.</summary>
internal sealed class Story(World world)
{
    private const int MostTries = 8;

    /// <summary>Whose model judges: prices and covers stand as they are.</summary>
    public const ulong Seed = 8;

    public const int Sites = 2;

    private SimAgent A => world.Agents[0];
    private SimAgent B => world.Agents[1];

    public void Play()
    {
        world.Quiet = true;
        Files();
        var (backupOfA, backupOfHub) = (world.Folder + "/backup-a", (HubBackup?)null);
        BothTreatTheSamePerson();
        Try("hub is backed up", () => backupOfHub = world.Hub.Backup());
        Try("a1 is backed up", () => Folders.Copy(A.Folder, Fresh(backupOfA)));
        DeedsOfEachKind();
        MachinePutBack(backupOfA);
        HubPutBack(backupOfHub!);
        MachineReplaced();
        MonthEnds();
    }

    private void Files()
    {
        Try("member", world.Clerk.LoadMember);
        Try("book ahead", () => world.Clerk.Books.Add(2, "0.65"));
        Rounds();
    }

    /// <summary>Neither knows of the other: the later one is adjusted, and something is owed. What one has is carried by hand, in two batches, for
    /// a batch ends where a file ended before; the rest comes over the line.</summary>
    private void BothTreatTheSamePerson()
    {
        B.IsCut = true;
        Visit(A, 3, 40_00, 75_50);
        Visit(A, 1, 210_01);
        Visit(B, 3, 90_00, 33_33);
        Try("a2 writes a file that is lost", () => world.Carrier.Fetch(B));
        Visit(B, 4, 80_00, 70_00);
        Try("a2 carries", () => world.Carrier.Carry(B));
        Visit(B, 6, 5_55);
        B.IsCut = false;
        Later(hours: 5);
        Rounds();
        // Somebody of another catchment: the hub is asked, and keeps the look.
        Visit(A, Clerk.Persons + 1, 60_00);
        Later(days: 2);
        Rounds();
    }

    private void DeedsOfEachKind()
    {
        foreach (var agent in world.Agents)
        {
            world.Desks[agent].DoEach();
            Answered(agent);
            Rounds();
            Try("pay out", () => world.Desks[agent].PayOut(number: 3));
            Answered(agent);
        }
        Try("other versions write", () => world.OtherVersions.WriteAndSend());
        Rounds();
        Try("by hand at the hub", world.Clerk.ByHand);
    }

    private void MachinePutBack(string backup)
    {
        world.Auditor.DiskLost(A);
        A.TakeOver(backup);
        Try("a1 starts", () => Start(A));
        world.Auditor.DiskFound(A);
        world.Desks[A].Forget();
        Visit(A, 2, 12_34);
        Rounds();
    }

    private void HubPutBack(HubBackup backup)
    {
        world.Auditor.HubPutBack(() => Try("hub is put back", () =>
        {
            if (!world.Hub.MissesOne)
            {
                world.Hub.PutBack(backup, Restored.Seen);
            }
        }));
        Try("loaded again", world.Clerk.HubWasPutBack);
        Rounds();
    }

    private void MachineReplaced()
    {
        world.Auditor.DiskLost(B);
        B.Wipe();
        Try("b starts", () => Start(B));
        Try("b is enrolled", () => world.Clerk.Enrol(B));
        world.Desks[B].Forget();
        Visit(B, 5, 99_99);
        Rounds();
    }

    private void MonthEnds()
    {
        Later(days: 4);
        Try("month", world.Clerk.CloseMonth);
        Try("other versions send again", () => world.OtherVersions.Send());
        Visit(A, 7, 180_00);
        Later(days: 1);
        Visit(B, 7, 44_00);
        Rounds();
        Try("book behind its day", () => world.Clerk.Books.Add(-2, "0.55"));
        Rounds();
        Try("by hand at the hub", world.Clerk.ByHand);
    }

    private void Visit(SimAgent agent, int number, params long[] fen)
    {
        var isAsked = false;
        Try($"{agent.Name} treats {number}", () => isAsked = isAsked || world.Desks[agent].Visit(number, fen));
        Answered(agent);
    }

    private void Answered(SimAgent agent) => Try($"{agent.Name} asks again", () => world.Desks[agent].AskAllAgain());

    private void Rounds()
    {
        foreach (var agent in world.Agents)
        {
            Try($"{agent.Name} has a round", () => agent.Sync());
        }
        Try("hub settles", world.Hub.SettleAll);
        foreach (var agent in world.Agents)
        {
            Try($"{agent.Name} hears", () => agent.Sync());
        }
    }

    private static void Start(SimAgent agent)
    {
        if (!agent.IsOpen)
        {
            agent.Open();
        }
    }

    private void Later(int days = 0, int hours = 0) => world.Time.Advance(new TimeSpan(days, hours, 7, 0));

    private static string Fresh(string folder)
    {
        if (Directory.Exists(folder))
        {
            Directory.Delete(folder, recursive: true);
        }
        return Directory.CreateDirectory(folder).FullName;
    }

    /// <summary>Does it, and where something died in it does it again once that has started.</summary>
    private void Try(string what, Action deed)
    {
        for (var tries = 1; tries <= MostTries; tries++)
        {
            world.Time.Advance(TimeSpan.FromMinutes(3));
            world.Note($"story: {what}{(tries > 1 ? ", again" : "")}");
            try
            {
                deed();
            }
            catch (Exception failed) when (SomethingDied)
            {
                world.Note($"died: {failed.Message}");
            }
            if (!SomethingDied)
            {
                return;
            }
            RiseAll();
        }
        throw new InvalidOperationException($"{what} was tried {MostTries} times and something died each time.");
    }

    private bool SomethingDied => world.Hub.MissesOne || world.Agents.Any(agent => agent.Disk.IsDead);

    private void RiseAll()
    {
        world.RiseHub();
        foreach (var agent in world.Agents.Where(each => each.Disk.IsDead))
        {
            agent.Rise();
        }
    }
}
