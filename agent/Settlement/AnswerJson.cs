using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHub.Agent.CheckIn;

namespace EdgeHub.Agent.Settlement;

/// <summary>The serialisers of every answer about money, made at build time: nothing is looked up by reflection at the first
/// settlement of the day.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web)]
[JsonSerializable(typeof(QuoteAnswer))]
[JsonSerializable(typeof(SettledAnswer))]
[JsonSerializable(typeof(ReversedAnswer))]
[JsonSerializable(typeof(PartRefundQuote))]
[JsonSerializable(typeof(PartRefundAnswer))]
[JsonSerializable(typeof(ReimbursementAnswer))]
[JsonSerializable(typeof(ReimbursementShown))]
[JsonSerializable(typeof(PaidAnswer))]
[JsonSerializable(typeof(SettlementShown))]
[JsonSerializable(typeof(DayTotalsAnswer))]
[JsonSerializable(typeof(VisitAnswer))]
[JsonSerializable(typeof(ContactAnswer))]
internal sealed partial class AnswerJson : JsonSerializerContext;
