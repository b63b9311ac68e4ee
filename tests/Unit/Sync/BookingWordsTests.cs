using EdgeHub.Rules.Schemes.PrimaryCareChoice;
using EdgeHub.Sync.Journal;

namespace EdgeHub.Tests.Unit.Sync;

public sealed class BookingWordsTests
{
    private static readonly BookingStepped Step = new("A1", "P1", "Booked", "CheckedIn", "kiosk", "kiosk-1", 7, "kiosk");

    [Fact]
    public void Steps_AreThoseOfTheRule() =>
        Assert.Equal(PrimaryCareChoiceStates.Visit.Steps.Select(step => ($"{step.From}", $"{step.To}")).Order(), BookingWords.Steps.Order());

    [Theory]
    [InlineData("Booked", "Called")]
    [InlineData("Done", "Called")]
    [InlineData("CheckedIn", "CheckedIn")]
    [InlineData("", "CheckedIn")]
    public void Wrong_AStepOutsideTheTable_IsNamed(string from, string to) => Assert.Equal("visit", BookingWords.Wrong(Step with { From = from, To = to })?.Field);

    [Fact]
    public void Wrong_ValuesAtAndOverTheirLimits_AreTakenAndNamed()
    {
        Assert.Null(BookingWords.Wrong(Step with { Booking = new string('a', 80), Place = new string('r', 60), Number = 99_999 }));
        Assert.Equal("booking", BookingWords.Wrong(Step with { Booking = new string('a', 81) })?.Field);
        Assert.Equal("place", BookingWords.Wrong(Step with { Place = new string('r', 61) })?.Field);
        Assert.Equal("number", BookingWords.Wrong(Step with { Number = 100_000 })?.Field);
        Assert.Equal("by", BookingWords.Wrong(Step with { By = "phone" })?.Field);
        var made = new BookingMade("desk-1", "k", "P1", DateTimeOffset.UnixEpoch, 1_440, "", "", "", "op");
        Assert.Null(BookingWords.Wrong(made));
        Assert.Equal("minutes", BookingWords.Wrong(made with { Minutes = 1_441 })?.Field);
        Assert.Equal("person", BookingWords.Wrong(made with { Person = "" })?.Field);
        Assert.Equal("booking", BookingWords.Wrong(new BookingCancelled("", "why", "op"))?.Field);
    }
}
