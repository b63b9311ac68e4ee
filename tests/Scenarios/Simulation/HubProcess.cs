using EdgeHub.Hub.Access;
using EdgeHub.Hub.Feeds;
using EdgeHub.Hub.Ingest;
using EdgeHub.Hub.Settlement;
using EdgeHub.Hub.Store;
using EdgeHub.Rules;
using EdgeHub.Sync.Seams;
using EdgeHub.Tests.Unit.Agent.Kit;
using Microsoft.Extensions.Logging.Abstractions;

namespace EdgeHub.Tests.Scenarios.Simulation;

/// <summary>One process that serves a hub: its parts over a store without a thread of its own. Several may serve one database.</summary>
internal sealed class HubProcess : IDisposable
{
    private readonly DeviceGate _gate;

    public HubProcess(string folder, TimeProvider clock, IEntropy entropy, FaultyDisk disk, string? words, bool restored)
    {
        (Folder, Disk) = (folder, disk);
        Store = HubStore.OpenOrMake(folder, new HubSettings(Reference.Region, "Asia/Shanghai", 0), clock, entropy, disk, serving: true, restored, words, ownThread: false);
        var segments = new SegmentReader();
        (Ingest, Epochs) = (new JournalIngest(Store, segments, NullLogger<JournalIngest>.Instance), new Epochs(Store, segments));
        (Pages, Persons, Enrolment, Greeting) = (new FeedPages(Store), new PersonFind(Store), new Enrolment(Store), new Greeting(Store));
        (Settlement, County, _gate) = (new SettlementStep(Store), new CountyIndexStep(Store), new DeviceGate(Store));
    }

    public string Folder { get; }
    public FaultyDisk Disk { get; }
    public HubStore Store { get; }
    public JournalIngest Ingest { get; }
    public Epochs Epochs { get; }
    public FeedPages Pages { get; }
    public PersonFind Persons { get; }
    public Enrolment Enrolment { get; }
    public Greeting Greeting { get; }
    public SettlementStep Settlement { get; }
    public CountyIndexStep County { get; }

    /// <summary>The device that a header speaks for.</summary>
    public Device Let(string authorization) => _gate.Check(authorization) is var (device, fault) && device is not null ? device : throw new FaultException(fault);

    public void Dispose() => Store.Dispose();
}
