using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization;
using EdgeHub.Agent.Settlement;
using EdgeHub.Sync.Journal;
using EdgeHub.Tests.Unit.Agent.Kit;

namespace EdgeHub.Tests.Unit.Agent;

public sealed class WrittenAnswersTests
{
    [Fact]
    public async Task Answer_OfASettlement_IsTheSameBytesAsTheSerialisersOwn()
    {
        await using var station = await Station.Start();
        var settled = await station.Treat(1, 160m);
        Assert.Equal(JsonSerializer.SerializeToUtf8Bytes(settled, RequestContent.Json), RequestContent.Written(settled));
    }

    /// <summary>A type that lost its code would be written thrice as slowly, and nobody would see it.</summary>
    [Theory]
    [InlineData(typeof(SettledAnswer), typeof(SettledAnswer), "EdgeHub.Agent.Settlement.AnswerJson")]
    [InlineData(typeof(VisitSettled), typeof(VisitSettled), "EdgeHub.Sync.Journal.JournalJson")]
    public void Code_OfWhatASettlementWrites_IsMadeAtBuildTime(Type type, Type home, string context)
    {
        var made = (JsonSerializerContext)home.Assembly.GetType(context, throwOnError: true)!.GetProperty("Default", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        var info = made.GetTypeInfo(type)!;
        Assert.NotNull(info.GetType().GetProperty("SerializeHandler")!.GetValue(info));
    }
}
