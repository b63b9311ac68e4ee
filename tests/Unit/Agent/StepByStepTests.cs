using EdgeHub.Agent;
using EdgeHub.Agent.Access;
using EdgeHub.Agent.CheckIn;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Sync;
using EdgeHub.Sync.Journal;
using EdgeHub.Sync.Keys;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EdgeHub.Tests.Unit.Agent;

/// <summary>A simulator drives the agent on one thread: it alone calls the store's WriteOnce and the round's StepOnce. Time, randomness
/// and keys are its own, so a seed repeats every byte.</summary>
public sealed class StepByStepTests
{
    [Theory]
    [InlineData(3)]
    [InlineData(11)]
    public void Simulation_SameSeed_SameJournalByteForByte(int seed)
    {
        var (first, second) = (Simulate(seed), Simulate(seed));
        Assert.Equal(first.Settled, second.Settled);
        Assert.True(first.Settled > 5 && first.Cuts > 1, "the simulation settled, and the line was cut");
        Assert.Equal(first.Hash, second.Hash);
        Assert.Equal(first.Signature, second.Signature);
        Assert.NotEqual(first.Hash, Simulate(seed + 1).Hash);
    }

    [Fact]
    public void Signer_Repeatable_IsVerifiedByThePlatform()
    {
        var (signer, kept) = new RepeatableKeys(5).Make();
        byte[] data = [1, 2, 3];
        Assert.Equal(signer.Sign(data), new RepeatableKeys(5).Open(kept).Sign(data));
        Assert.True(EcdsaKeys.Verify(signer.PublicKey, data, signer.Sign(data)));
        Assert.False(EcdsaKeys.Verify(signer.PublicKey, [1, 2, 4], signer.Sign(data)));
    }

    private static Outcome Simulate(int seed)
    {
        var folder = Station.NewFolder();
        var clock = new SetClock(Station.Morning);
        var hub = new FakeHub(clock, Reference.Feeds());
        var chance = new Random(seed);
        var opening = EdgeHub.Agent.Agent.Open(
            new AgentOptions(folder, null, TimeSpan.Zero, true, TimeSpan.FromSeconds(5), null), clock, new SeededEntropy((ulong)seed), IStoreWatch.None,
            ownThread: false, new RepeatableKeys((ulong)seed));
        Assert.True(SpinWait.SpinUntil(() => opening.IsCompleted, TimeSpan.FromSeconds(60)), "opening needs nobody who writes");
        using var agent = opening.Result;
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.ClearProviders());
        agent.AddTo(services, hub);
        using var parts = services.BuildServiceProvider();
        var one = new OneThread(agent.Store.WriteOnce);
        var round = parts.GetRequiredService<SyncRound>();
        Assert.IsType<EnrolOutcome.Enrolled>(one.Run(() => parts.GetRequiredService<Enrol>().With(new EnrolAsked("http://hub.test", FakeHub.Code), default)));
        UntilEnded(one, round);

        var (settled, cuts) = (0, 0);
        for (var i = 0; i < 60; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(chance.Next(1, 120)));
            switch (chance.Next(4))
            {
                case 0:
                    hub.Up = !hub.Up;
                    cuts += hub.Up ? 0 : 1;
                    break;
                case 1:
                    settled += Settle(one, parts, chance, i) ? 1 : 0;
                    break;
                default:
                    one.Run(() => round.StepOnce(default));
                    break;
            }
        }
        hub.Up = true;
        round.Begin();
        Assert.Equal(0, UntilEnded(one, round).Unacknowledged);
        Assert.Equal(settled, hub.Entries().Count(entry => entry.Head.Kind == Kinds.VisitSettled));
        var signature = one.Run(() => agent.Store.Do(session => (byte[])session.Prepared("select signature from journal where signature is not null").Scalar()!));
        agent.Dispose();
        Directory.Delete(folder, recursive: true);
        return new Outcome(Chain.Text(hub.Hash), Convert.ToHexString(signature), settled, cuts);
    }

    private static bool Settle(OneThread one, IServiceProvider parts, Random chance, int number)
    {
        var person = chance.Next(1, 40);
        var opened = one.Run(() => parts.GetRequiredService<CheckIn>().Open(new CheckInRequest("13", new EvidenceGiven("idnumber", Reference.IdNumber(person), null), "op")));
        var visit = Assert.IsType<CheckInOutcome.Opened>(opened).Visit.Visit;
        var bill = new SettleRequest($"k{number}", null, ["J06.9"], null, null, false, [new LineGiven("A1", chance.Next(1, 60), 1m, null)], "op", null);
        bill = bill with { Lines = [bill.Lines![0] with { Amount = (long)(bill.Lines[0].Price!.Value * 100m) }] };
        return one.Run(() => parts.GetRequiredService<SettleVisit>().Settle(visit, bill, default)) is MoneyOutcome.Done;
    }

    private static SyncReport UntilEnded(OneThread one, SyncRound round)
    {
        for (var step = 0; step < 200; step++)
        {
            if (one.Run(() => round.StepOnce(default)) is SyncStep.Ended ended)
            {
                return ended.Report;
            }
        }
        throw new InvalidOperationException("The round did not end.");
    }

    private sealed record Outcome(string Hash, string Signature, int Settled, int Cuts);
}
