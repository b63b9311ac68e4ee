using EdgeHub.Hub.Feeds;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Hub.Lab;

namespace EdgeHub.Tests.Unit.Hub;

/// <summary>Whom staff had before them at their own desk, as hub looks --desk lists it.</summary>
public sealed class PersonSeenTests
{
    [Fact]
    public void Looks_AreReadOutOfTheJournals_NewestFirst()
    {
        using var lab = new SettlementLab();
        var site = lab.Site("530924100001", 1);
        site.Write(Kinds.PersonSeen, "2025-03-12", new PersonSeen("P1", "V1", "Visit", "02"));
        site.Write(Kinds.PersonSeen, "2025-03-13", new PersonSeen("P2", "", "Owed", "03"));
        site.Send();
        Assert.Equal(["P2", "P1"], Listed("", "").Select(row => row[3]));
        Assert.Equal(["530924100001", "1", "P1", "V1", "Visit", "02"], Assert.Single(Listed("P1", "")).Skip(1));
        Assert.Empty(Listed("", "530924100002"));
        Assert.Empty(lab.Store.Read(session => PersonSeenStore.Since(session, lab.Segments, SettlementLab.Region, long.MaxValue, "", "")));

        IReadOnlyList<IReadOnlyList<string>> Listed(string person, string at) =>
            lab.Store.Read(session => PersonSeenStore.Since(session, lab.Segments, SettlementLab.Region, 0, person, at));
    }
}
