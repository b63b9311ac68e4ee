using EdgeHub.Agent.Access;
using EdgeHub.Agent.Devices;
using EdgeHub.Agent.LocalApi;
using EdgeHub.Agent.Settlement;
using EdgeHub.Agent.Store;
using EdgeHub.Agent.Sync;
using EdgeHub.Sync.Seams;

namespace EdgeHub.Agent;

/// <summary>One agent's parts over its state folder: what the service, its commands and the tests are put together from.</summary>
public sealed partial class Agent : IDisposable
{
    private readonly StateFolder _folder;

    private Agent(AgentOptions options, StateFolder folder, TimeProvider time, IEntropy entropy, IStoreWatch watch, bool ownThread, IKeyMaker keys)
    {
        (Options, _folder, Time, Entropy) = (options, folder, time, entropy);
        Clock = new AgentClock(time, (long)options.DemoOffset.TotalMilliseconds);
        Store = AgentStore.Open(folder, VaultOf(folder, entropy), entropy, Clock, watch, ownThread, keys);
        Contact = new HubContact(Clock, options.OfflineAfter);
        Readers = new CardReaders(time);
    }

    public AgentOptions Options { get; }
    public TimeProvider Time { get; }
    public IEntropy Entropy { get; }
    public AgentClock Clock { get; }
    public AgentStore Store { get; }
    public HubContact Contact { get; }
    public CardReaders Readers { get; }

    /// <param name="time">The machine's clock; a demonstration's offset is put on it here.</param>
    /// <exception cref="StateFolderInUse">Another process holds the state folder.</exception>
    /// <param name="ownThread">False: nothing is written but by <see cref="AgentStore.WriteOnce"/>, which a simulator calls.</param>
    /// <param name="keys">Makes the device's key; null: the platform.</param>
    public static async Task<Agent> Open(
        AgentOptions options, TimeProvider time, IEntropy entropy, IStoreWatch watch, bool ownThread = true, IKeyMaker? keys = null)
    {
        var clock = options.DemoOffset == TimeSpan.Zero ? time : new DemoClock(time, options.DemoOffset);
        var folder = StateFolder.Take(options.State);
        var agent = new Agent(options, folder, clock, entropy, watch, ownThread, keys ?? new PlatformKeys());
        if (agent.Store.Damage is null)
        {
            var asking = agent.Store.Do(session => (MetaStore.LastExchange(session), FeedStore.States(session)));
            if (!ownThread)
            {
                agent.Store.WriteOnce();
            }
            var (last, feeds) = await asking;
            agent.Contact.Remember(
                last, feeds.Values.Where(feed => feed.Age is not null).Select(feed => KeyValuePair.Create(feed.Feed, feed.Age!)));
        }
        return agent;
    }

    /// <summary>The vault of this platform.</summary>
    public static IKeyVault VaultOf(StateFolder folder, IEntropy entropy) =>
        OperatingSystem.IsWindows() ? new DpapiKeyVault(folder.Keys, entropy) : new FileKeyVault(folder.Keys);

    /// <summary>Where kiosks on other machines are answered; null: nowhere.</summary>
    public Kiosk.KioskLine? KioskLine() => Options.KioskListen is { } address ? Kiosk.KioskLine.Of(address, VaultOf(_folder, Entropy), Time.GetUtcNow()) : null;

    /// <summary>Registers every part; the line is HTTP unless one is given.</summary>
    public void AddTo(IServiceCollection services, IHubLine? line = null)
    {
        services.AddSingleton(Options).AddSingleton(Time).AddSingleton(Entropy).AddSingleton(Clock).AddSingleton(Store).AddSingleton(Contact).AddSingleton(Readers);
        services.AddSingleton(_ => VaultOf(_folder, Entropy));
        services.AddSingleton<IHubLine>(_ => line ?? new HttpHubLine());
        services.AddSingleton<ComputeBill>().AddSingleton<KeyedRequests>().AddSingleton<SettleVisit>().AddSingleton<ReverseVisit>().AddSingleton<RefundPart>().AddSingleton<ClaimReimbursement>().AddSingleton<PayOut>().AddSingleton<LookUps>();
        services.AddSingleton<CheckIn.Identification>().AddSingleton<CheckIn.Outsiders>().AddSingleton<CheckIn.CheckIn>().AddSingleton<CheckIn.RecordContact>().AddSingleton<CheckIn.SayUnsettled>().AddSingleton<CheckIn.Bookings>().AddSingleton<CheckIn.SelfCheckIn>().AddSingleton<Enrol>().AddSingleton<StatusReader>();
        services.AddSingleton<SignIn>().AddSingleton<Sessions>().AddSingleton<StaffChanges>().AddSingleton<ApiClients>().AddSingleton<SecondPerson>().AddSingleton<PersonLooks>().AddSingleton<Desk.Daily.Drawer>();
        services.AddSingleton(_ => new ListStore(_folder.Lists)).AddHostedService<Desk.ListsAtStart>();
        services.AddSingleton<SettledInFull>().AddSingleton<CheckIn.VisitQueue>().AddSingleton<CheckIn.LookAtPerson>().AddSingleton<Desk.BillDrafts>().AddSingleton<Desk.DeskSearch>();
        services.AddSingleton<HubDialogue>().AddSingleton<JournalSender>().AddSingleton<FeedPuller>().AddSingleton<SyncRound>().AddSingleton<SyncWorker>().AddSingleton<MoveByHand>();
        services.AddHostedService(provider => provider.GetRequiredService<SyncWorker>());
        services.AddSingleton<CheckIn.RefusedCardsKeeper>().AddHostedService(provider => provider.GetRequiredService<CheckIn.RefusedCardsKeeper>());
        services.AddHostedService<Memory.GiveBack>();
        services.AddHostedService<DailyLook>();
        if (Options.SimulatedReader)
        {
            services.AddSingleton(new SimulatedCardReader(_folder.SimulatedCard, Readers, Time));
        }
        services.AddDevices(Options.Devices, Readers, () => Store.Site?.Region, () => Clock.Today);
    }

    /// <summary>Says what the operator should know of how this agent stands here.</summary>
    public void Warn(ILogger logger)
    {
        if (_folder.WasOpenToOthers)
        {
            Log.OpenFolder(logger, _folder.Root);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(Level = LogLevel.Warning, Message = "The folder {Folder} was open to other users of this machine; it is its owner's alone now, unless everybody shares it")]
        public static partial void OpenFolder(ILogger logger, string folder);
    }

    public void Dispose()
    {
        Store.Dispose();
        _folder.Dispose();
    }
}
