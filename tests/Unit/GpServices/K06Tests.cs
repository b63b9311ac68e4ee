using System.Globalization;
using EdgeHub.Rules.Schemes.GpServices;

namespace EdgeHub.Tests.Unit.GpServices;

public sealed class K06Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("K06");

    [Theory, MemberData(nameof(Examples))]
    public void NetworksWith_Example_CountEachOnce(ExampleRow row)
    {
        TrainingEntry[] register = [.. row.Words("entries").Select(text => text.Split(':')).Select(parts => new TrainingEntry(parts[0], Enum.Parse<TrainingKind>(parts[1]), long.Parse(parts[2], CultureInfo.InvariantCulture)))];
        var share = GpServicesRules.NetworksWith(row.Word<TrainingKind>("kind"), register, row.Count("networks")).Value;
        Assert.Equal((row.Count("numerator"), row.DecimalOrNone("percent")), (share.Numerator, share.Percent(1)));
    }

    [Fact]
    public void CountTraining_Entries_SumByKind() => Assert.Equal(
        [(TrainingKind.Mentor, 5L), (TrainingKind.Placement, 1L)],
        GpServicesRules.CountTraining([new("A", TrainingKind.Placement, 1), new("A", TrainingKind.Mentor, 2), new("B", TrainingKind.Mentor, 3)]).Value);
}
