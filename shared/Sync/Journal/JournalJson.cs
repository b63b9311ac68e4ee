using System.Text.Json.Serialization;
using EdgeHub.Sync.Wire;

namespace EdgeHub.Sync.Journal;

/// <summary>The serialisers of every record that goes over the wire or into a journal line, made at build time: nothing is
/// looked up by reflection at the first settlement of the day.</summary>
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(DeviceStarted))]
[JsonSerializable(typeof(CheckedIn))]
[JsonSerializable(typeof(VisitSettled))]
[JsonSerializable(typeof(VisitReversed))]
[JsonSerializable(typeof(RefundPaid))]
[JsonSerializable(typeof(ContactRecorded))]
[JsonSerializable(typeof(OfflineRefused))]
[JsonSerializable(typeof(ClockJumped))]
[JsonSerializable(typeof(StoreChecked))]
[JsonSerializable(typeof(EvidenceKept))]
[JsonSerializable(typeof(CarriedFrom))]
[JsonSerializable(typeof(VisitPartlyRefunded))]
[JsonSerializable(typeof(ReimbursementClaimed))]
[JsonSerializable(typeof(PersonSeen))]
[JsonSerializable(typeof(AccessChanged))]
[JsonSerializable(typeof(ActionApproved))]
[JsonSerializable(typeof(DrawerCounted))]
[JsonSerializable(typeof(VisitUnsettled))]
[JsonSerializable(typeof(BatchHeader))]
[JsonSerializable(typeof(FeedHeader))]
[JsonSerializable(typeof(EnrolRequest))]
[JsonSerializable(typeof(EnrolAnswer))]
[JsonSerializable(typeof(HelloAnswer))]
[JsonSerializable(typeof(JournalAnswer))]
[JsonSerializable(typeof(EpochRequest))]
[JsonSerializable(typeof(EpochAnswer))]
[JsonSerializable(typeof(ByHand.JournalFileHeader))]
[JsonSerializable(typeof(ByHand.Acks))]
internal sealed partial class JournalJson : JsonSerializerContext;
