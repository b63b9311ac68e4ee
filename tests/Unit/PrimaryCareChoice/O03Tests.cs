using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O03Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O03");

    [Theory, MemberData(nameof(Examples))]
    public void PayVisits_Example_PaysVideoOnlyWhereItReplaces(ExampleRow row)
    {
        PaidVisit[] visits = [.. Of("physical", Channel.Physical, null), .. Of("replacing", Channel.Video, "V1"), .. Of("other", Channel.Video, " "), .. Of("telephone", Channel.Telephone, "V1")];
        var paid = PrimaryCareChoiceRules.PayVisits(visits, row.Kronor("rate"), new DateOnly(2020, 1, 1)).Value;
        Assert.Equal(new VisitPayment(row.Count("paid"), row.Count("unpaid"), row.Kronor("amount")), paid);
        Assert.Equal(paid, PrimaryCareChoiceRules.PayVisits([.. visits.Reverse()], row.Kronor("rate"), new DateOnly(2020, 1, 1)).Value);

        IEnumerable<PaidVisit> Of(string column, Channel channel, string? replaces) => Enumerable.Repeat(new PaidVisit(channel, row.Day("day"), replaces), row.Whole(column));
    }
}
