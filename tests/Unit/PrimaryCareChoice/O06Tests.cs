using EdgeHub.Rules.Schemes.PrimaryCareChoice;

namespace EdgeHub.Tests.Unit.PrimaryCareChoice;

public sealed class O06Tests
{
    public static TheoryData<ExampleRow> Examples => ExampleTable.Of("O06");

    [Theory, MemberData(nameof(Examples))]
    public void IsVisit_Example_IsMetInPersonOrByVideo(ExampleRow row) => Assert.Equal(row.Yes("is visit"), PrimaryCareChoiceRules.IsVisit(row.Word<Channel>("channel")).Value);

    [Fact]
    public void IsVisit_EveryChannel_HasItsRow() =>
        Assert.Equal(Enum.GetNames<Channel>().Order(), Examples.Cast<object[]>().Select(row => ((ExampleRow)row[0])["channel"]).Order());

    [Theory]
    [InlineData(Profession.Doctor, true)]
    [InlineData(Profession.Nurse, true)]
    [InlineData(Profession.Psychologist, true)]
    [InlineData(Profession.Physiotherapist, false)]
    [InlineData(Profession.Other, false)]
    public void AnswersChat_Profession_IsOneOfThree(Profession profession, bool answers) => Assert.Equal(answers, PrimaryCareChoiceRules.AnswersChat(profession).Value);

    [Fact]
    public void CountContacts_Contacts_CountEachOnce()
    {
        CareContact[] contacts = [Of(Channel.Chat, Profession.Nurse), Of(Channel.Video, Profession.Doctor), Of(Channel.Chat, Profession.Nurse), Of(Channel.Chat, Profession.Doctor)];
        Assert.Equal(
            [(Channel.Video, Profession.Doctor, 1), (Channel.Chat, Profession.Doctor, 1), (Channel.Chat, Profession.Nurse, 2)], PrimaryCareChoiceRules.CountContacts(contacts).Value);
    }

    private static CareContact Of(Channel channel, Profession profession) => new("P1", "U1", new DateOnly(2025, 3, 12), 0, profession, "D1", channel, ContactPurpose.Other);
}
