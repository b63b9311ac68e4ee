using EdgeHub.Rules;
using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O13Tests
{
    private static readonly DateOnly Measured = new(2025, 3, 12);
    private static readonly ContinuityTerms Terms = new(18, 5, 3, 4);

    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O13");

    [Theory, MemberData(nameof(Examples))]
    public void Recall_Example_NamesWhoWasNotSeen(ExampleRow row)
    {
        var facts = row.Words("patients").Select(text => text.Split(':')).ToList();
        var recall = PrimaryCareChoiceRules.Recall(
            "U1", Measured, [.. facts.Select(each => each[0])], [.. facts.Select(each => new DiagnosisFact(each[0], each[1], DateOnly.Parse(each[2])))],
            [.. facts.Select(each => new CareContact(each[0], "U1", DateOnly.Parse(each[3]), 0, Enum.Parse<Profession>(each[4]), "D1", Enum.Parse<Channel>(each[5]), Enum.Parse<ContactPurpose>(each[6])))],
            Terms).Value;
        Assert.Equal((row.Count("visited"), row.Count("all")), (recall.Visited, recall.Patients));
        Assert.Equal(row.Words("recall"), recall.Recall);
        Assert.Equal(row.DecimalOrNone("percent"), recall.Share is null ? null : new Fraction(recall.Share.Numerator * 100, recall.Share.Denominator).Rounded(2));
    }

    [Fact]
    public void Recall_WorkedExample_IsThePrintedShare()
    {
        string[] patients = [.. Enumerable.Range(0, 1240).Select(i => $"P{i:D4}")];
        var recall = PrimaryCareChoiceRules.Recall(
            "U1", Measured, patients, [.. patients.Select(each => new DiagnosisFact(each, "I50", Measured))],
            [.. patients.Take(1004).Select(each => new CareContact(each, "U1", Measured, 0, Profession.Doctor, "D1", Channel.Physical, ContactPurpose.ReturnVisit))], Terms).Value;
        Assert.Equal(80.97m, new Fraction(recall.Share!.Numerator * 100, recall.Share.Denominator).Rounded(2));
        Assert.Equal(patients[1004..], recall.Recall);
    }
}
